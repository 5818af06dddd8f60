"""What the desk does. No request, no HTML; every service takes `by: Actor`, every list starts from visible_to()."""

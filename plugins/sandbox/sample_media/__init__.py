"""Makes the small pictures, sounds, videos and documents of the sample conversations."""

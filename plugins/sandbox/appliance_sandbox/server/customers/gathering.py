"""People come to a group and leave it, give it a name, pin a message, let messages vanish by themselves."""

from __future__ import annotations

from appliance_sandbox.server.customers.acts import Act, Json, act, deliver, find_message
from appliance_sandbox.server.sending import quoted

SHORTEST, LONGEST = 0, 365 * 86_400  # seconds messages may stay; 0 = for ever


@act("join")
def join_group(act: Act) -> Json:
    """A person comes to a group; ValueError where there is no bot to see it."""
    _check_group(act)
    return deliver(act, {"new_chat_members": [act.person]})


@act("leave")
def leave_group(act: Act) -> Json:
    _check_group(act)
    done = deliver(act, {"left_chat_member": act.person})
    act.sandbox.chats.part(act.chat["id"], act.person["id"])
    return done


@act("rename")
def rename_group(act: Act) -> Json:
    """A new `title`."""
    _check_group(act)
    title = act.fields.text("title").strip()
    if not title:
        raise ValueError("a title is not empty")
    renamed = Act(act.sandbox, act.bot, act.person, act.sandbox.chats.rename(act.chat["id"], title), act.fields)
    return deliver(renamed, {"new_chat_title": title})


@act("pin")
def pin_message(act: Act) -> Json:
    stored = find_message(act, act.fields.integer("message_id"))
    return deliver(act, {"pinned_message": quoted(stored.body)["reply_to_message"]})


@act("auto_delete")
def set_auto_delete(act: Act) -> Json:
    """Messages vanish `seconds` after they were sent; 0 = never. The sandbox only says so, it takes nothing away."""
    seconds = act.fields.integer("seconds")
    if not SHORTEST <= seconds <= LONGEST:
        raise ValueError("messages stay for a year at most")
    return deliver(act, {"message_auto_delete_timer_changed": {"message_auto_delete_time": seconds}})


def _check_group(act: Act) -> None:
    if act.chat["type"] == "private":
        raise ValueError("this is no group")

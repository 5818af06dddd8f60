"""Messages that Telegram writes into a chat by itself: a line of the timeline, not a bubble."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from appliance import Chat, Ignored, Incoming, IncomingState, Person, mark
from appliance_telegram.border import Raw, read_id, section, sections
from appliance_telegram.people import read_person_or

# Words after the author's name; without parameters, so that they are translated where they are shown.
_NOTES = {
    "new_chat_title": mark("renamed the group"),
    "new_chat_photo": mark("changed the group's picture"),
    "delete_chat_photo": mark("removed the group's picture"),
    "group_chat_created": mark("created the group"),
    "supergroup_chat_created": mark("created the group"),
    "message_auto_delete_timer_changed": mark("changed when messages delete themselves"),
    "pinned_message": mark("pinned a message"),
    "connected_website": mark("signed in on a website with Telegram"),
    "write_access_allowed": mark("allowed the bot to write"),
    "proximity_alert_triggered": mark("came close to a shared location"),
    "boost_added": mark("boosted the group"),
    "chat_background_set": mark("changed the chat's background"),
    "checklist_tasks_done": mark("ticked off tasks of a checklist"),
    "checklist_tasks_added": mark("added tasks to a checklist"),
    "forum_topic_created": mark("opened a topic"),
    "forum_topic_edited": mark("changed a topic"),
    "forum_topic_closed": mark("closed a topic"),
    "forum_topic_reopened": mark("opened a topic again"),
    "general_forum_topic_hidden": mark("hid the general topic"),
    "general_forum_topic_unhidden": mark("showed the general topic again"),
    "video_chat_scheduled": mark("scheduled a video chat"),
    "video_chat_started": mark("started a video chat"),
    "video_chat_ended": mark("ended the video chat"),
    "video_chat_participants_invited": mark("invited people to a video chat"),
    "chat_owner_left": mark("left the group, whose owner they were"),
    "chat_owner_changed": mark("gave the group to another owner"),
    "community_chat_added": mark("changed the group's community"),
    "community_chat_joined": mark("joined the group"),
    "community_chat_removed": mark("changed the group's community"),
    "paid_message_price_changed": mark("changed what a message costs"),
    "direct_message_price_changed": mark("changed what a message costs"),
    "poll_option_added": mark("changed a poll"),
    "poll_option_deleted": mark("changed a poll"),
    "giveaway_created": mark("started a giveaway"),
    "giveaway_completed": mark("ended a giveaway"),
}
JOINED = mark("joined the group")
LEFT = mark("left the group")
KEPT = mark("switched off that messages delete themselves")


def read_service(message: Raw, chat: Chat, author: Person, at: datetime, account_id: str) -> tuple[Incoming, ...]:
    """What a service message tells; () if this is none."""
    if moved_to := read_id(message, "migrate_to_chat_id"):
        return (IncomingState(chat, at, "moved", author, moved_to=moved_to),)
    if moved_from := read_id(message, "migrate_from_chat_id"):
        # Told in both groups: the old one's word may have come while nobody asked.
        return (IncomingState(replace(chat, external_id=moved_from), at, "moved", author, moved_to=chat.external_id),)
    if members := sections(message, "new_chat_members"):
        return tuple(_tell_member(chat, at, member, author, JOINED, account_id) for member in members)
    if member := section(message, "left_chat_member"):
        return (_tell_member(chat, at, member, author, LEFT, account_id),)
    for field, words in _NOTES.items():
        if field in message:
            told = section(message, field)
            who = read_person_or(author, section(told, "traveler"))
            kept = told.get("message_auto_delete_time") == 0
            return (IncomingState(chat, at, "note", who, text=KEPT if kept else words),)
    return ()


def _tell_member(chat: Chat, at: datetime, member: Raw, author: Person, words: str, account_id: str) -> Incoming:
    if account_id and read_id(member, "id") == account_id:
        return Ignored("the change of our own membership tells this")
    return IncomingState(chat, at, "note", read_person_or(author, member), text=words)

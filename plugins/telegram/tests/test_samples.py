"""Every sample update ends as a message, an edit, a change of state, or is left out for a reason."""

# ruff: noqa: E501  (a table reads best with one case a line)
from __future__ import annotations

from pathlib import Path

import pytest

from appliance_telegram.reader import read_update
from plugins.telegram.tests.outcomes import tell

SAMPLES = Path(__file__).parent / "updates"
BOT = "7000000001"
EXPECTED = {
    "02-text-link-preview-off": ("message 6557 by Anna: text 'hello there'",),
    "03-start-deeplink": ("start by Anton: order-48213_shop2",),
    "05-text-entities-after-emoji": ("message 123 by John Doe: text 'test bold underline 😆👍 look here'",),
    "07-text-4096": ("message 3103 by Olga: text 'Мой чайник течёт 💧 и пахнет. Мой чайник '",),
    "09-reply-to-edited": ("message 12 by FirstName: text 'And the answer'",),
    "13-photo-caption-entities": ("message 3460 by Crax | cats addict: photo <image/jpeg> 'www.example.com'",),
    "14-photo-caption-above": ("message 140 by Nightowl: photo <image/jpeg> 'El Psy Kongroo'",),
    "17-album-photos-1of2": ("message 2283 by Anton: photo <image/jpeg> 'Test media 1'",),
    "18-album-photos-2of2": ("message 2284 by Anton: photo <image/jpeg> 'Test media 2'",),
    "19-album-video-mixed": ("message 198283 by Денис Орлов: video <video/mp4>",),
    "23-video-note": ("message 123456 by Mario Bros: video_note <video/mp4>",),
    "27-audio-with-thumb": (
        "message 123456 by Mario Bros: audio <dsagfds.mp3> {'title': 'Worst Day', 'performer': 'afads'}",
    ),
    "32-document-hostile-name-html": ("message 3106 by Kassa: document <счёт gnp.exe> 'счёт'",),
    "34-sticker-animated-tgs": (
        "message 199787 by Денис Орлов: sticker <application/x-tgsticker> {'emoji': '😡', 'set': 'AdvenTimeAnim'}",
    ),
    "35-sticker-video-webm": ("message 3108 by Nightowl: sticker <video/webm> {'emoji': '😂', 'set': 'CursedEmojis'}",),
    "36-sticker-static-webp": ("message 123456 by Mario Bros: sticker <image/webp> {'emoji': '🤣', 'set': 'asas'}",),
    "37-animation-gif": ("message 123456 by Mario Bros: animation <lol.mp4>",),
    "38-location-group": ("message 6 by FirstName: location {'latitude': 0.004822, 'longitude': -0.004822}",),
    "40-live-location-start": (
        "message 9 by FirstName LastName: location {'latitude': 0.004822, 'longitude': -0.004822, 'live': True, 'period': 28800}",
    ),
    "41-live-location-start-2": (
        "message 7 by FirstName: location {'latitude': 0.004822, 'longitude': -0.004822, 'live': True, 'period': 28800}",
    ),
    "42-live-location-edit-1": (
        "position of 7: {'latitude': 0.004822, 'longitude': -0.004822, 'accuracy': 65.0, 'live': True, 'period': 28800}",
    ),
    "43-live-location-edit-2-heading": (
        "position of 8: {'latitude': 0.004822, 'longitude': -0.004822, 'accuracy': 65.0, 'heading': 80.0, 'live': True, 'period': 1800}",
    ),
    "46-proximity-alert": ("note by FirstName LastName: came close to a shared location",),
    "47-venue": (
        "message 123456 by Mario Bros: venue {'latitude': 41.899977, 'longitude': 12.501028, 'title': \"McDonald's\", 'address': 'Via Giolitti 65'}",
    ),
    "48-contact-own-shared": (
        "message 3109 by Anton: contact {'name': 'Anton', 'phone': '4915112345678', 'own': True}",
    ),
    "49-contact-foreign-vcard": (
        "message 5 by FirstName: contact {'name': 'FirstName LASNAME', 'phone': '618490765', 'own': False, 'vcard': 'BEGIN:VCARD \\\\nVERSION:3.0'}",
    ),
    "50-edited-text": ("edit 2163 by Anton: text 'test111'",),
    "52-edited-caption": ("edit 3460 by Crax | cats addict: photo <image/jpeg> 'www.example.com corrected'",),
    "53-forward-user": ("message 1234 by Telegram_Bots: text 'test'",),
    "54-forward-hidden-user": ("message 1234 by Telegram_Bots: text 'test'",),
    "55-forward-chat-anonymous-admin": ("message 1 by a (TITLE2): text 'text'",),
    "56-forward-channel": ("message 1234 by Telegram_Bots: text 'test'",),
    "57-story-forwarded": ("message 134545 by Werner: unknown 'Spin News' {'name': 'story'}",),
    "59-forum-topic-created": ("note by Анна: opened a topic",),
    "60-forum-topic-message": ("message 5 by Анна: text 'blah'",),
    "61-forum-topic-real-reply": ("message 72 by Mario Bros: text 'bbbb'",),
    "62-forum-topic-closed": ("note by Владислав: closed a topic",),
    "64-migrate-to-chat-id": ("moved by Tomas: -1002000000019",),
    "65-migrate-from-chat-id": ("moved by test: -1002000000019",),
    "66-new-chat-members-bot": ("note by Testing Telegram Bots: joined the group",),
    "67-left-chat-member-bot": ("note by Testing Telegram Bots: left the group",),
    "68-pinned-message": ("note by Pavel: pinned a message",),
    "69-auto-delete-timer": ("note by Mario Bros: changed when messages delete themselves",),
    "70-my-chat-member-blocked": ("blocked by Anton: ",),
    "71-my-chat-member-unblocked": ("unblocked by Anton: ",),
    "72-callback-query": ("button below 1867 by Anton: test_callback_1",),
    "74-message-reaction-group": ("reaction to 35 by Nightowl: 🌭",),
    "75-message-reaction-private-removed": ("reaction to 3111 by Anton: ",),
    "76-message-reaction-custom-emoji": ("reaction to 123 by Mario: ❤️🤡✨",),
    "78-message-reaction-count": ("ignored: anonymous reactions are only counted",),
    "79-poll-message": (
        "message 123456 by Mario Bros: poll {'question': \"What's your favorite color?\", 'options': ['Red', 'Blue']}",
    ),
    "80-dice": ("message 35410 by Pavel: dice {'emoji': '🎲', 'value': 2}",),
    "82-web-app-data": ("message 123456 by Mario Bros: unknown 'asdfsaasd\\nsadasdas' {'name': 'web_app_data'}",),
    "83-write-access-allowed": ("note by Alice Bob: allowed the bot to write",),
    "84-users-shared": ("message 664 by Mario Bros: unknown 'Luigi\\nPeach' {'name': 'users_shared'}",),
    "85-business-connection": ("ignored: the business account's settings changed; its messages carry what is needed",),
    "86-business-connection-legacy-can-reply": (
        "ignored: the business account's settings changed; its messages carry what is needed",
    ),
    "89-edited-business-message": ("edit 501 by Марина: text 'Здравствуйте, синий чайник ещё есть?'",),
    "90-deleted-business-messages": (
        "ignored: the customer deleted messages in the business account; what was received is kept",
    ),
    "91-checklist": (
        "message 123456 by Mario Bros: unknown 'Daily Tasks\\nApples\\nBananas\\nOranges' {'name': 'checklist'}",
    ),
    "92-rich-message-10_1": (
        "message 1234 by Test Bot: unknown \"it's me\\nmario\\nCodes\\nColors\\nEI136 EI136\\nr\" {'name': 'rich_message'}",
    ),
    "93-guest-message-10_0": ("ignored: the bot was mentioned in a chat it does not belong to",),
    "94-subscription-10_2": ("ignored: updates of the kind subscription are not used",),
    "95-unknown-update-kind": ("ignored: updates of the kind new_update_kind are not used",),
    "97-unknown-message-fields": (
        "message 3112 by Anton: unknown <> 'what is this?' {'name': 'brand_new_attachment'}",
    ),
    "99-spoiler-protected-anonymous-group": ("message 3114 by a (TITLE): photo <image/jpeg>",),
}


def test_every_sample_has_its_expectation() -> None:
    assert {path.stem for path in SAMPLES.glob("*.json")} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_it_reads_the_sample(name: str) -> None:
    values = read_update((SAMPLES / f"{name}.json").read_bytes(), BOT)
    assert tuple(map(tell, values)) == EXPECTED[name]

"""Recording in the composer: the button, and every text its scripts show."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext as _
from markupsafe import Markup


def render_recorder() -> Markup:
    """The menu among the composer's buttons. Needs a request, for the reader's language."""
    words = {**_kinds(), **_doing(), **_ended(), **_reasons(), **_instead(), **_player()}
    return Markup(render_template("media/_record.html", words=words))  # noqa: S704 - the template escapes what it is given


def _kinds() -> dict[str, str]:
    return {
        "voice": _("Voice message"),
        "video_note": _("Video message"),
        "video": _("Video"),
        "screen": _("Screen"),
    }


def _doing() -> dict[str, str]:
    return {
        "ask_voice": _("Allow the microphone: the browser asks for it."),
        "ask_video_note": _("Allow camera and microphone: the browser asks for them."),
        "ask_video": _("Allow camera and microphone: the browser asks for them."),
        "ask_screen": _("Choose what to show: the browser asks for it, and for the microphone after that."),
        "begun": _("Recording has begun: {what}."),
        "so_far": _("Recording, {time}"),
        "left": _("{time} left"),
        "paused": _("Paused, {time}"),
        "goes_on": _("Recording goes on, {time}"),
        "pause": _("Pause"),
        "go_on": _("Go on recording"),
        "size_of": _("{size} of {limit}"),
        "silent": _("Nothing is heard. Is the microphone muted?"),
        "no_copy": _("This browser keeps no copy: if the page goes, the recording goes."),
        "lacks_sound": _("Without sound: there is no microphone."),
        "lacks_voice": _("Without your voice: the microphone is not there or not allowed."),
        "discard_question": _("Discard the recording of {time}?"),
        "offered": _("A recording of {when} was not finished: {time}."),
    }


def _ended() -> dict[str, str]:
    return {
        "short": _("Too short: record for a second at least."),
        "recorded": _("Recorded, {time}. Play it before you attach it."),
        "discarded": _("Discarded."),
        "attached": _("Attached. It leaves with your message."),
        "ended_time": _("Stopped by itself: {time} is the most."),
        "ended_size": _("Stopped by itself: files up to {size} can be sent."),
        "ended_gone": _("Stopped: what was recorded from is no longer there."),
        "ended_failed": _("Stopped: the browser could not go on. What was recorded until then is here."),
        "not_shared": _("No screen was chosen."),
    }


def _reasons() -> dict[str, str]:
    """Of what stood in the way, in devices.js; where it matters, by the device."""
    return {
        "insecure": _(
            "Browsers let a page use microphone, camera and screen only if it came over HTTPS. "
            "This one came over plain HTTP."
        ),
        "unsupported": _("This browser cannot record. Another one, or a newer one, can."),
        "unsupported_screen": _("This browser cannot record the screen. On phones no browser can."),
        "denied": _("The microphone is forbidden to this page. Allow it: press the sign left of the page's address."),
        "denied_camera": _(
            "Camera or microphone are forbidden to this page. Allow them: press the sign left of the page's address."
        ),
        "missing": _("No microphone was found. Plug one in, or choose one in the system's settings."),
        "missing_camera": _("No camera was found. Plug one in, or choose one in the system's settings."),
        "busy": _("The microphone does not answer. Close other programs that use it."),
        "busy_camera": _("The camera does not answer. Close other programs that use it."),
        "busy_screen": _("The system does not let the browser see the screen. Its privacy settings may forbid it."),
        "failed": _("The browser could not begin and did not say why."),
    }


def _instead() -> dict[str, str]:
    return {
        "instead_phone_device": _("This phone can record it itself; you send the recording from here all the same."),
        "instead_phone_screen": _("Record the screen with the phone itself, then choose the recording here."),
        "instead_desk_device": _(
            "Record it with another program and choose the file here, or record it in your own Telegram, save it and "
            "choose it here. On a phone this page opens the phone's own recorder and camera."
        ),
        "instead_desk_screen": _("Record the screen with another program, then choose the file here."),
        "open_voice": _("Open the recorder"),
        "open_camera": _("Open the camera"),
        "choose_file": _("Choose a file"),
    }


def _player() -> dict[str, str]:
    return {
        "preview_of": _("What was recorded: {what}"),
        "play": _("Play what was recorded"),
        "slider": _("Position"),
        "position": _("{now} of {total}"),
        "speed": _("Speed {speed}"),
    }

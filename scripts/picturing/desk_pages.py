"""The desk itself: lists, a ticket, and what opens over them."""

from __future__ import annotations

from pathlib import Path

import appliance_sandbox
from scripts.picturing.pictures import NARROW, SMALL, WIDE, Picture
from scripts.picturing.steps import attach, click, click_last, hover, pause, press, see, see_last, tick, type_into

SAMPLES = Path(appliance_sandbox.__file__).parent / "samples"
LISTS = ("mine", "unclaimed", "all", "mentions", "drafts", "snoozed", "undelivered", "overdue", "done", "spam", "trash")
TICKET = "/t/{main}"
IN_MESSAGE = "#log-items .message-in [data-menu-of]"
LONE = (WIDE, SMALL)


def pictures() -> list[Picture]:
    return [*lists(), *over_lists(), *tickets(), *menus(), *dialogs(), *writing(), *everywhere()]


def lists() -> list[Picture]:
    inbox = Picture("inbox", "/inbox")
    return [inbox, *(Picture(f"inbox-{name}", f"/inbox?tab={name}") for name in LISTS)]


def over_lists() -> list[Picture]:
    return [
        Picture("inbox-agent", "/inbox", who="anna"),
        Picture("inbox-view", "/inbox?view={view}"),
        Picture("inbox-filtered", "/inbox?tab=all&assignee=me&due=today&stage=open&team={team}"),
        Picture("inbox-nothing", "/inbox?tab=all&priority=2&outcome=rejected"),
        Picture(
            "inbox-filter-dialog",
            "/inbox?tab=all",
            (click("#filter-button"), see("#filter-dialog fieldset, #filter-dialog details")),
        ),
        Picture("inbox-order", "/inbox", (click("#sort-menu > summary"),)),
        Picture("inbox-more-lists", "/inbox", (click("#lists-menu > summary"),)),
        Picture("inbox-selection", "/inbox", (click("#select-several"), tick("#rows .row-check input", 3))),
        Picture(
            "inbox-selection-more",
            "/inbox",
            (click("#select-several"), tick("#rows .row-check input", 2), click("#bulk-more > summary")),
        ),
        Picture(
            "inbox-selection-tag",
            "/inbox",
            (click("#select-several"), tick("#rows .row-check input", 2), click("#bulk-tag > summary"), pause(0.6)),
        ),
        Picture("inbox-save-view", "/inbox?tab=all&assignee=me", (click('[data-opens="view-dialog"]'),)),
        Picture("phone-menu", "/inbox", (click(".bottom-more > summary"),), widths=(NARROW,)),
    ]


def tickets() -> list[Picture]:
    card = "[data-card]:not(.card *)"
    return [
        Picture("ticket", TICKET),
        Picture("ticket-agent", TICKET, who="anna"),
        Picture("ticket-top", TICKET, (see("#log-items > li"),)),
        Picture("ticket-card", TICKET, (click(card), pause(0.3)), widths=(SMALL,)),
        Picture("ticket-card-phone", TICKET, (click(".chat-who"), pause(0.3)), widths=(NARROW,)),
        Picture(
            "ticket-card-foot",
            TICKET,
            (click(".chat-who"), see_last("#card section, .card section")),
            widths=(NARROW, SMALL),
        ),
        Picture("ticket-note", TICKET, (click('#composer [data-choose="note"]'),)),
        Picture("ticket-media", "/t/{till_does_not_print}", (see_last(".part-video, .part-photo"), pause(0.5))),
        Picture("ticket-album", "/t/{shop_fitting}", (see_last(".part-photo, .part-video_note"), pause(0.5))),
        Picture("ticket-voice", "/t/{voice_from_the_counter}"),
        Picture("ticket-place", "/t/{where_is_the_courier}", (see_last(".part-location"), pause(1))),
        Picture(
            "ticket-large-map",
            "/t/{where_is_the_courier}",
            (see_last(".part-location"), click_last(".maps-open"), pause(1.5)),
        ),
        Picture("ticket-live-place", "/t/{courier_on_the_way}", (see_last(".part-location"), pause(1))),
        Picture("ticket-document", "/t/{invoice}"),
        Picture("ticket-large-photo", "/t/{till_does_not_print}", (click_last(".media-photo"), pause(0.6))),
        Picture("ticket-draft", "/t/{order}"),
        Picture("ticket-undelivered", "/t/{undelivered}"),
        Picture("ticket-snoozed", "/t/{snoozed}"),
        Picture("ticket-done", "/t/{done}"),
        Picture("ticket-spam", "/t/{spam}"),
        Picture("ticket-trash", "/t/{trash}"),
        Picture("ticket-handed-over", "/t/{faded_receipt}"),
        Picture("ticket-offered", "/t/{offered}"),
        Picture("ticket-by-hand", "/t/{by_hand}"),
        Picture("subtask", "/t/{subtask}"),
        Picture("files", "/t/{main}/files"),
        Picture("files-documents", "/t/{invoice}/files"),
    ]


def menus() -> list[Picture]:
    return [
        Picture("menu-assign", TICKET, (click("#assign-menu > summary"), pause(0.6)), widths=LONE),
        Picture("menu-snooze", TICKET, (click("#snooze-menu > summary"),), widths=LONE),
        Picture("menu-outcome", TICKET, (click("#outcome-menu > summary"),), widths=LONE),
        Picture("menu-more", TICKET, (click("#more-menu > summary"),)),
        Picture("menu-message", TICKET, (hover("#log-items .message-in"), click_last(IN_MESSAGE))),
        Picture("menu-ask", TICKET, (click("#ask-menu > summary"),)),
        Picture("menu-add", TICKET, (click("#add-menu > summary"),)),
        Picture("menu-record", TICKET, (click("#record-menu > summary"),)),
        Picture("menu-send", TICKET, (click("#send-menu > summary"),)),
        Picture("menu-own", "/inbox", (click("#own-menu > summary"),), widths=LONE),
        Picture("menu-formatting", TICKET, (click("#show-format"),), widths=(NARROW,)),
    ]


def dialogs() -> list[Picture]:
    more = click("#more-menu > summary")
    return [
        Picture("dialog-handover", TICKET, (more, click("[data-hands-over]"), see("#handover-dialog form"))),
        Picture("dialog-subtask", TICKET, (more, click('#more-menu [data-arrange*="subtasks"]'), see("#subtask-what"))),
        Picture("dialog-merge", TICKET, (more, click('#more-menu [data-arrange*="merge"]'), see("#arrange-number"))),
        Picture("dialog-link", TICKET, (more, click('#more-menu [data-arrange*="links"]'), see("#link-number"))),
        Picture(
            "dialog-move",
            TICKET,
            (
                hover("#log-items .message-in"),
                click_last(IN_MESSAGE),
                click('[data-do="move"]'),
                see("#arrange-number"),
            ),
        ),
        Picture(
            "dialog-select",
            TICKET,
            (
                more,
                click("#more-menu [data-select]"),
                pause(0.3),
                click_last("#log-items .message-in input[type=checkbox]"),
            ),
        ),
        Picture("dialog-trash", TICKET, (more, click('[data-opens="trash-dialog"]'))),
        Picture("dialog-block", TICKET, (more, click('#more-menu [data-opens="bar-dialog"]'))),
        Picture("dialog-delete", "/t/{trash}", (more, click('[data-opens="delete-dialog"]'))),
        Picture("dialog-open-subtasks", TICKET, (click("#finish"), see("#arrange-dialog h2"))),
    ]


def writing() -> list[Picture]:
    return [
        Picture("dialog-place", TICKET, (click("#add-menu > summary"), click('[data-opens="place-dialog"]'), pause(1))),
        Picture("dialog-contact", TICKET, (click("#add-menu > summary"), click('[data-opens="contact-dialog"]'))),
        Picture("dialog-answers", TICKET, (click("#add-menu > summary"), click('[data-opens="answers-dialog"]'))),
        Picture("dialog-replies", TICKET, (click("#open-replies"), see(".reply-option"))),
        Picture(
            "dialog-unsend",
            TICKET,
            (
                hover("#log-items .message-mine"),
                click_last("#log-items .message-mine [data-menu-of][data-may*=delete]"),
                click('[data-do="delete"]'),
            ),
        ),
        Picture("composer-tray", TICKET, (attach("#attach", [SAMPLES / "shelf-1.jpg", SAMPLES / "invoice.pdf"]),)),
        Picture(
            "composer-edit",
            TICKET,
            (
                hover("#log-items .message-mine"),
                click_last("#log-items .message-mine [data-menu-of][data-may*=edit]"),
                click('[data-do="edit"]'),
            ),
        ),
    ]


def everywhere() -> list[Picture]:
    return [
        Picture("palette", "/inbox", (press("Control+k"), pause(0.4))),
        Picture("palette-found", "/inbox", (press("Control+k"), type_into("#palette-box", "6120"), pause(1))),
        Picture("keys", TICKET, (press("Shift+Slash"), pause(0.3))),
        Picture("bell", "/inbox", (click("#bell"), pause(0.8)), widths=LONE),
        Picture("notices", "/notices/"),
    ]

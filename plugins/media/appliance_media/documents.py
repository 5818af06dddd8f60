"""A file sent as a document: a film plays, a photo shows, a PDF and a text can be read; any other is just a file."""

from __future__ import annotations

from pathlib import Path

from appliance import Prepared, Workplace
from appliance_media import pdf
from appliance_media.reasons import Reason, Refused
from appliance_media.texts import read_text


def prepare_pdf(source: Path, workplace: Workplace) -> Prepared:
    """Page one and the words at once, further pages on the slow lane. One that is locked or broken is just a file."""
    try:
        pages = pdf.count_pages(source)
        if workplace.lane == "quick":
            made = [*pdf.draw_first_page(source, pages, workplace.folder), *pdf.read_words(source, workplace.folder)]
        else:
            made = list(pdf.draw_other_pages(source, pages, workplace.folder))
    except Refused as refused:
        if refused.reason is not Reason.UNREADABLE:
            raise
        return Prepared()
    return Prepared(tuple(made), unfinished=workplace.lane == "quick" and pages > 1)


def prepare_text(source: Path, workplace: Workplace) -> Prepared:
    """Its words, if it is a text."""
    return Prepared(tuple(read_text(source, workplace.folder)))

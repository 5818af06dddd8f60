"""Names of downloads: whatever a customer called a file, a server can say it."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from flask import Response

from appliance.web import downloads


def header(file_name: str) -> str:
    response = Response()
    downloads.name(response, file_name)
    return response.headers["Content-Disposition"]


def test_a_latin_name_stands_as_it_is() -> None:
    assert header("invoice.pdf") == "attachment; filename=invoice.pdf"
    assert header('the "last" one.pdf') == 'attachment; filename="the \\"last\\" one.pdf"'


@pytest.mark.parametrize("file_name", ["Накладная № 5.pdf", "Müller; Söhne.pdf", "领收书.jpg", "🙂", "a\u202eb.pdf"])
def test_another_alphabet_arrives_whole_and_leaves_the_header_plain(file_name: str) -> None:
    said = header(file_name)
    said.encode("ascii")
    assert unquote(said.partition("filename*=UTF-8''")[2]) == file_name


def test_something_is_left_for_who_knows_no_other_field() -> None:
    assert header("Накладная.pdf").startswith("attachment; filename=file.pdf; ")

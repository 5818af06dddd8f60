"""/status/: how the box is, in plain words, to be copied into a message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from appliance.services import status
from appliance.values import CheckResult
from appliance.web.form_errors import in_words, reader_language
from appliance.web.running import running
from appliance.web.security import only_for
from appliance.web.times import moment

blueprint = Blueprint("status", __name__, url_prefix="/status")


@dataclass(frozen=True)
class Line:
    state: str
    name: str
    text: str
    advice: str


@blueprint.get("/")
@only_for("owner", "manager")
def index() -> ResponseReturnValue:
    lines = [_line(check) for check in status.checks(running().config.data, reader_language())]
    report = "\n".join(f"[{line.state}] {line.name}: {line.text}" for line in lines)
    worst = next((state for state in ("fail", "warn") if any(line.state == state for line in lines)), "ok")
    return render_template("status/index.html", lines=lines, report=report, worst=worst)


def _line(check: CheckResult) -> Line:
    params = {name: _shown(value) for name, value in check.params.items()}
    return Line(
        check.state, in_words(check.name, **params), in_words(check.text, **params), in_words(check.advice, **params)
    )


def _shown(value: object) -> object:
    return moment(value, "short") if isinstance(value, datetime) else value

"""A translation that comes home at the desk: taken in, checked, and what to look at told."""

from __future__ import annotations

from base64 import b64encode
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import Response

from passerelle.desk import line_checks
from passerelle.desk.front import entry_of, most_uploaded, posted, say_in, show


async def bring_home(request: Request, brief_id: str) -> Response:
    """Take in the translator's file of a brief."""
    form = await posted(request, most_uploaded())
    entry = entry_of(brief_id)
    say, back = say_in(request), f"/desk/drafts/{quote(entry.brief_id)}?again=1"
    if not form["files"]:
        lines = [say("translation.no_file")]
        return show(
            request, "told.html", 422, heading=say("translation.title"), lines=lines, back=back
        )
    file = form["files"][0]
    lines, report, ready = await line_checks.ask(
        "pages", line_checks.bring_home, await file.read(), file.filename or "", brief_id
    )
    return show(
        request,
        "translation.html",
        lines=lines,
        ready=ready,
        back=back,
        name=f"{brief_id}-again.xlf",
        report=b64encode(report.encode()).decode(),
    )

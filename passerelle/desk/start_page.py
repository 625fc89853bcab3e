"""Something new to draft: files taken up, and how far their drafting is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from corpus.document import LANGUAGES
from corpus.readers import SUFFIXES, most_bytes
from corpus.sources import within
from passerelle.desk import starting
from passerelle.desk.front import (
    most_uploaded,
    posted,
    say_in,
    show,
)
from passerelle.settings import settings
from pipelines.brief import AUDIENCES, Audience


def start(
    request: Request, problem: str = "", status: int = 200, chosen: Sequence[str] = ()
) -> Response:
    """What can be drafted; what was taken up beside a file that wasn't is chosen."""
    return show(
        request,
        "start.html",
        status,
        files=starting.inbox(),
        suffixes=sorted(SUFFIXES),
        most=most_bytes() >> 20,
        audiences=AUDIENCES,
        problem=problem,
        chosen=chosen or request.query_params.getlist("chosen"),
    )


async def begin(request: Request) -> Response:
    """Take files in, and have them and what was chosen drafted."""
    form = await posted(request, most_uploaded())
    audience: Audience = next((a for a in AUDIENCES if a == form.get("audience")), "staff")
    language = next((one for one in LANGUAGES if one == form.get("reader")), None)
    problems, names = [], list(dict.fromkeys(form["chosen"]))
    for file in form["files"]:
        try:
            names.append(await starting.keep_upload(file.filename or "", _parts_of(file)))
        except starting.NotTakenUpError as error:
            problems.append(say_in(request)(f"start.{error.why}", **error.values))
    if not names or problems:
        said = " ".join(problems) or say_in(request)("start.nothing")
        return await run_in_threadpool(start, request, said, 422, names)
    for name in names:
        await run_in_threadpool(within, name, settings().roots[:1])
    ids = [await starting.begin(name, audience, language) for name in names]
    return RedirectResponse(f"/desk/start/{','.join(ids)}", 303)


async def _parts_of(file: UploadFile) -> AsyncIterator[bytes]:
    while part := await file.read(2**20):
        yield part


async def how_far(request: Request, runs: str) -> Response:
    """How far the drafting of some sources is."""
    ids = runs.split(",")[:50]
    found = [(one, await starting.progress(one)) for one in ids]
    found = [(one, replace(run, source=Path(run.source).name)) for one, run in found]
    still = any(run.state in ("waiting", "working") for _, run in found)
    return show(request, "progress.html", runs=found, open=still)

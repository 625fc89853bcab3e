"""The desk's application: which address does what.

Each route is a short function of its page's own module; what all of them go through is in
``front``.
"""

from __future__ import annotations

from functools import partial
from importlib import resources

from fastapi import FastAPI, HTTPException
from fastapi.staticfiles import StaticFiles

from corpus.errors import PasserelleError
from corpus.store import OperationalError
from passerelle.desk import (
    decided_page,
    door_page,
    draft_page,
    outcome_page,
    queue_page,
    start_page,
    translation_page,
)
from passerelle.desk.front import explain, gate


def desk() -> FastAPI:
    """The application, with its routes below ``/desk``."""
    app = FastAPI(title="Passerelle", docs_url=None, redoc_url=None, openapi_url=None)
    app.middleware("http")(gate)
    app.exception_handler(PasserelleError)(explain)
    app.exception_handler(OperationalError)(explain)
    app.exception_handler(HTTPException)(explain)
    app.exception_handler(404)(explain)
    folder = str(resources.files("passerelle.desk").joinpath("static"))
    app.mount("/desk/static", StaticFiles(directory=folder), name="static")
    get, post = (
        partial(app.add_api_route, methods=["GET"]),
        partial(app.add_api_route, methods=["POST"]),
    )
    get("/desk", queue_page.queue)
    post("/desk/queue", queue_page.several)
    get("/desk/sign-in", door_page.door)
    post("/desk/sign-in", door_page.come_in)
    post("/desk/sign-out", door_page.go_out)
    get("/desk/drafts/{brief_id}", draft_page.draft)
    post("/desk/drafts/{brief_id}/typed", draft_page.save)
    post("/desk/drafts/{brief_id}/check", draft_page.check)
    post("/desk/drafts/{brief_id}/here", draft_page.here)
    get("/desk/drafts/{brief_id}/history", draft_page.history)
    get("/desk/drafts/{brief_id}/candidates", draft_page.candidates)
    get("/desk/drafts/{brief_id}/preview", draft_page.preview)
    post("/desk/drafts/{brief_id}/decision", draft_page.decision)
    post("/desk/drafts/{brief_id}/assign", draft_page.give)
    get("/desk/decided", decided_page.decided)
    get("/desk/briefs/{brief_id}", outcome_page.outcome)
    post("/desk/briefs/{brief_id}/unpublish", outcome_page.unpublish)
    post("/desk/briefs/{brief_id}/translation", translation_page.bring_home)
    get("/desk/briefs/{brief_id}/page", outcome_page.published_page)
    get("/desk/briefs/{brief_id}/files/{form}", outcome_page.published_file)
    get("/desk/documents/{document_id}/original", outcome_page.original)
    get("/desk/start", start_page.start)
    post("/desk/start", start_page.begin)
    get("/desk/start/{runs}", start_page.how_far)
    return app

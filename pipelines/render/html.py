"""The brief as one self-contained HTML page: side by side or in one language, evidence in place.

No script, no address to load, nothing that a document's text could switch on: the template
escapes every value, and a content security policy forbids what isn't in the page. How it looks,
on a screen, a telephone and paper, is in ``templates/brief.html`` and ``brief.css``.
"""

from __future__ import annotations

from functools import partial
from math import ceil

from markupsafe import Markup

from corpus.document import Language
from pipelines.brief import Brief
from pipelines.language.reasons import told
from pipelines.language.typography import format_number, quoted
from pipelines.render import layout
from pipelines.render.page_templates import page_template
from pipelines.render.pictures import grades_picture, strengths_picture

#: Height in points of a printed page less its margins: Letter's, which is lower than A4's.
_PAPER = 792.0 - 51.0
#: How the print rules of ``brief.css`` set a page, in points: a line of text and how many
#: characters it holds, what a section adds, head and foot, and the pictures.
_LINE, _CHARACTERS, _SECTION, _FRAME, _PICTURES = 9.9, 56, 15.0, 115.0, 215.0


def render(brief: Brief, only: Language | None = None) -> str:
    """The brief as a page, its own language first; in one language alone where it is named."""
    languages = layout.languages(brief, only)
    return page_template("brief.html").render(
        brief=brief,
        languages=languages,
        layout=layout,
        text=partial(layout.label, "text"),
        quoted=quoted,
        told=told,
        score=_score,
        pictures=_pictures(brief, only),
        density=_density(brief, languages),
        document_language={document.id: document.language for document in brief.documents},
    )


def _score(value: float | None, language: Language) -> str:
    return "–" if value is None else format_number(value, language, 1)


def _pictures(brief: Brief, only: Language | None) -> dict[str, Markup]:
    """The pictures that there are, under their labels' names; their texts are escaped already."""
    drawn = {
        "grades": grades_picture(brief, only),
        "strengths": strengths_picture(brief, only),
    }
    return {name: Markup(svg) for name, svg in drawn.items() if svg}


def _density(brief: Brief, languages: tuple[Language, ...]) -> str:
    """How tightly the brief must be set to fill one printed page, and not more.

    ``roomy`` where the pictures fit as well, ``dense`` where small print is needed, else empty.
    """
    texts = [(s.text, s.target.text or "") for s in brief.segments]
    characters = _CHARACTERS * (3 - len(languages))  # one language has both columns' room
    lines = sum(ceil(max(map(len, pair)) / characters) for pair in texts)
    height = lines * _LINE + len(layout.sections(brief)) * _SECTION + _FRAME
    if height + _PICTURES <= _PAPER:
        return "roomy"
    return "dense" if height > _PAPER else ""

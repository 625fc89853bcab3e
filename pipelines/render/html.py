"""The brief as one self-contained HTML page: both languages side by side, evidence in place.

No script, no address to load, nothing that a document's text could switch on: the template
escapes every value, and a content security policy forbids what isn't in the page. How it looks,
on a screen, a telephone and paper, is in ``templates/brief.html`` and ``brief.css``.
"""

from __future__ import annotations

from functools import cache, partial
from math import ceil

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from corpus.document import Language, other
from pipelines.brief import Brief
from pipelines.render import layout
from pipelines.render.pictures import grades_picture, strengths_picture
from pipelines.typography import format_number, one_line, quoted

#: Height in points of what a printed page holds: of A4 and Letter the lower, less its margins.
_PAPER = 730.0
#: How the print rules of ``brief.css`` set a page, in points, on the high side: a line of text and
#: how many characters it holds, what a section adds, and head, foot and pictures.
_LINE, _LINE_CHARACTERS, _SECTION, _FRAME, _PICTURES = 10.5, 52, 16.0, 130.0, 190.0


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("pipelines.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["line"] = one_line
    return environment.get_template("brief.html")


def render(brief: Brief) -> str:
    """The brief as a page, the brief's own language first."""
    languages = (brief.language, other(brief.language))
    return _template().render(
        brief=brief,
        languages=languages,
        layout=layout,
        text=partial(layout.label, "text"),
        quoted=quoted,
        score=_score,
        pictures=_pictures(brief),
        roomy=_paper_height(brief) <= _PAPER,
        document_language={document.id: document.language for document in brief.documents},
    )


def _score(value: float | None, language: Language) -> str:
    return "–" if value is None else format_number(value, language, 1)


def _pictures(brief: Brief) -> dict[str, Markup]:
    """The pictures that there are, under their labels' names; their texts are escaped already."""
    drawn = {"grades": grades_picture(brief), "strengths": strengths_picture(brief)}
    return {name: Markup(svg) for name, svg in drawn.items() if svg}


def _paper_height(brief: Brief) -> float:
    """About how many points of paper the brief takes with its pictures."""
    texts = [(s.text, s.target.text or "") for s in brief.segments]
    lines = sum(ceil(max(map(len, pair)) / _LINE_CHARACTERS) for pair in texts)
    return lines * _LINE + len(layout.sections(brief)) * _SECTION + _FRAME + _PICTURES

"""The brief as one self-contained HTML page: both languages side by side, evidence in place.

No script, no address to load, nothing that a document's text could switch on: the template
escapes every value, and a content security policy forbids what isn't in the page. How it looks,
on a screen, a telephone and paper, is in ``templates/brief.html`` and ``brief.css``.
"""

from __future__ import annotations

from functools import cache, partial

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from corpus.document import Language, other
from pipelines.brief import Brief
from pipelines.render import layout
from pipelines.typography import format_number, one_line, quoted


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
        document_language={document.id: document.language for document in brief.documents},
    )


def _score(value: float | None, language: Language) -> str:
    return "–" if value is None else format_number(value, language, 1)

"""What stands in the place of a brief that was taken back: that it was, by whom, when and why.

In: the brief that was published, and a ``Notice``. Out: a Markdown file or an HTML page in both
languages, the brief's own first. Nothing of what the brief said stands in it but its title.
"""

from __future__ import annotations

from dataclasses import dataclass

from corpus.document import Language, other
from pipelines.brief import Brief
from pipelines.language.typography import one_line
from pipelines.render.layout import brief_title, label
from pipelines.render.markdown import escape
from pipelines.render.page_templates import page_template

#: The forms in which a notice is written, as file endings.
FORMS = ("md", "html")


@dataclass(frozen=True, slots=True)
class Notice:
    """Who took a brief back."""

    by: str
    on: str
    """When, as both languages write it."""
    why: str = ""


def render_notice(brief: Brief, notice: Notice, form: str) -> str:
    """The notice as a file of one of ``FORMS``; the same values give the same text."""
    lines = {code: _lines(notice, code) for code in (brief.language, other(brief.language))}
    if form == "html":
        return page_template("notice.html").render(
            brief=brief, title=brief_title(brief), lines=lines, label=label
        )
    parts = [f"# {escape(brief_title(brief))}"]
    for first, *more in lines.values():
        parts += [f"**{escape(first)}**", *(f"{escape(line)}" for line in more)]
    return "\n\n".join([*parts, escape(brief.id)]) + "\n"


def _lines(notice: Notice, language: Language) -> list[str]:
    told = [label("notice", "taken_back", language, by=one_line(notice.by), on=notice.on)]
    if why := one_line(notice.why):
        told.append(label("notice", "why", language, why=why))
    return [*told, label("notice", "use", language)]

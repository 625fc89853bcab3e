"""The brief on a terminal, 80 to 120 columns wide, in the brief's own language.

In: a brief and a Rich console. The other language, the quotes and the reasons are in the files;
here one line says how much is still to translate, one how the checks went, one how plain it is.
"""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from pipelines.brief import Brief, Segment
from pipelines.language.typography import format_number, one_line
from pipelines.render.layout import (
    audience,
    badge,
    brief_title,
    checks_summary,
    formulas,
    kind,
    label,
    open_label,
    sections,
    short_place,
    status,
    text_in,
    translation_summary,
)

#: How many formulas fit one line; they come in the order of their use.
_FORMULAS = 2
#: Longer lines are hard to read, however wide the window.
_WIDTH = 100


def print_brief(brief: Brief, console: Console) -> None:
    """Print the brief; nothing in a document's text is taken for markup or a control sequence."""
    width = min(console.width, _WIDTH)
    language = brief.language
    facts = [
        label("brief", kind(brief), language),
        status(brief, language),
        audience(brief, language),
    ]
    console.print(Text(brief_title(brief), style="bold"), width=width)
    console.print(Text(" · ".join(facts), style="dim"), width=width)
    for section, segments in sections(brief):
        console.print()
        console.print(Text(label("section", section, language), style="bold cyan"))
        for segment in segments:
            style = "bold" if section == "bottom_line" else ""
            for line in _line(segment, brief, style).wrap(console, width - 2):
                line.rstrip()
                console.print(Text("  ").append_text(line))
            if stands := badge(segment, language):
                console.print(Text(f"  ⚠ {stands}", style="bold yellow"), width=width)
    console.print()
    for summary in (translation_summary(brief, language), _checks(brief), _readability(brief)):
        if summary:
            console.print(Text(summary, style="dim"), width=width)


def _line(segment: Segment, brief: Brief, style: str) -> Text:
    line = Text(one_line(text_in(segment, brief.language) or segment.text), style=style)
    places = dict.fromkeys(short_place(item, brief.language) for item in segment.evidence)
    shown = ", ".join(place for place in places if place)
    return line.append(f"  {shown}", style="not bold dim") if shown else line


def _checks(brief: Brief) -> str:
    failed = [check.name for check in brief.checks if check.refuses]
    unsure = [check.name for check in brief.checks if not check.passed and not check.refuses]
    summary = checks_summary(brief, brief.language)
    for sign, found in (("✗", failed), ("?", unsure)):
        if found:
            names = ", ".join(open_label("check", name, brief.language) for name in found)
            summary = f"{summary} {sign} {names}"
    return summary


def _readability(brief: Brief) -> str:
    scores = [
        f"{open_label('formula', name, brief.language)} "
        f"{format_number(before, brief.language, 1)} → {format_number(after, brief.language, 1)}"
        for name, before, after in formulas(brief)
        if before is not None and after is not None and not name.endswith(("_low", "_high"))
    ]
    return " · ".join(scores[:_FORMULAS])

"""The brief on a terminal, 80 to 120 columns wide, in the brief's own language.

In: a brief and a Rich console. ``print_brief`` leaves the other language, the quotes and the
reasons to the files; ``print_evidence`` shows them, for whoever decides on a draft. At the end one
line says how much is still to translate, one how the checks went, one how plain it is.
"""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from corpus.document import other
from pipelines.brief import Brief, Section, Segment
from pipelines.language.reasons import told
from pipelines.language.typography import format_number, one_line, quoted
from pipelines.render.layout import (
    audience,
    badge,
    brief_title,
    check_label,
    checks_summary,
    formulas,
    kind,
    label,
    open_label,
    place,
    sections,
    short_place,
    status,
    text_in,
    translation_summary,
    untranslated,
)

#: How many formulas fit one line; they come in the order of their use.
_FORMULAS = 2
#: Longer lines are hard to read, however wide the window.
_WIDTH = 100


def print_brief(brief: Brief, console: Console) -> None:
    """Print the brief; nothing in a document's text is taken for markup or a control sequence."""
    width = min(console.width, _WIDTH)
    _print_head(brief, console, width)
    for section, segments in sections(brief):
        _print_heading(section, brief, console)
        for segment in segments:
            style = "bold" if section == "bottom_line" else ""
            _print_line(_line(segment, brief, style), console, width)
            _print_badge(segment, brief, console, width)
    _print_summaries(brief, console, width)


def print_evidence(brief: Brief, console: Console) -> None:
    """Print what a reviewer decides on: each line's mark, both languages, quotes and verdict."""
    width = min(console.width, _WIDTH)
    _print_head(brief, console, width)
    for section, segments in sections(brief):
        _print_heading(section, brief, console)
        for segment in segments:
            _print_evidence(segment, brief, console, width)
    _print_summaries(brief, console, width)


def _print_evidence(segment: Segment, brief: Brief, console: Console, width: int) -> None:
    mark = "" if segment.origin == "template" else f"[{segment.id}] "
    for code in (brief.language, other(brief.language)):
        text = one_line(text_in(segment, code) or "")
        if segment.language != code and untranslated(segment):
            text = f"{text} ({label('text', 'to_translate', code)})".strip()
        _print_line(Text(f"{mark}{text}"), console, width)
        mark = " " * len(mark)
    for item in segment.evidence:
        shown = f"{quoted(one_line(item.quote), segment.language)}  {place(item, brief.language)}"
        _print_line(Text(f"{mark}{shown}", style="dim"), console, width)
    if segment.verdict != "kept":
        reasons = "; ".join(told(reason, brief.language) for reason in segment.reasons)
        verdict = label("verdict", segment.verdict, brief.language)
        _print_line(Text(f"{mark}{verdict}: {reasons}", style="bold yellow"), console, width)
    _print_badge(segment, brief, console, width)


def _print_head(brief: Brief, console: Console, width: int) -> None:
    language = brief.language
    facts = [
        label("brief", kind(brief), language),
        status(brief, language),
        audience(brief, language),
    ]
    console.print(Text(brief_title(brief), style="bold"), width=width)
    console.print(Text(" · ".join(facts), style="dim"), width=width)


def _print_heading(section: Section, brief: Brief, console: Console) -> None:
    console.print()
    console.print(Text(label("section", section, brief.language), style="bold cyan"))


def _print_line(text: Text, console: Console, width: int) -> None:
    for line in text.wrap(console, width - 2):
        line.rstrip()
        console.print(Text("  ").append_text(line))


def _print_badge(segment: Segment, brief: Brief, console: Console, width: int) -> None:
    if stands := badge(segment, brief.language):
        _print_line(Text(f"⚠ {stands}", style="bold yellow"), console, width)


def _print_summaries(brief: Brief, console: Console, width: int) -> None:
    console.print()
    translation = translation_summary(brief, brief.language)
    for summary in (translation, _checks(brief), _readability(brief)):
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
            names = ", ".join(check_label(brief, name, brief.language) for name in found)
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

"""The brief as GitHub-flavoured Markdown: each section a table with English beside French.

Also what the review page shows, which keeps tables and ``<details>`` and drops styles. Text that
comes from a document is shown to the letter and can do nothing: no link, picture, heading, code
block, table cell or HTML of its own.
"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.document import LANGUAGES, Language
from pipelines.brief import Brief, Evidence, Segment
from pipelines.language.reasons import told
from pipelines.language.typography import NO_BREAK, format_number, one_line, quoted
from pipelines.reading.speakers import without_label
from pipelines.render.layout import (
    LEDGER,
    assessed,
    audience,
    badge,
    brief_title,
    by_when,
    checks_summary,
    formulas,
    grades,
    hard_lines,
    hardness,
    is_standing,
    kept,
    kind,
    label,
    open_label,
    open_mark,
    place,
    sections,
    short_place,
    shown_checks,
    status,
    target,
    text_in,
    title,
    translation_summary,
    untranslated,
    who,
)

#: What viewers turn into links by themselves; inside a code span they don't. Bounded,
#: so that a page-long word costs no time.
_ADDRESS = re.compile(
    r"(?:(?:[A-Za-z][A-Za-z0-9+.-]{0,30}://|www\.|mailto:|xmpp:)[^\s`|<>\\]+)"
    r"|[^\s`|<>\\@]{1,64}@[^\s`|<>\\]+",
    re.IGNORECASE,
)
#: Marks, and what a viewer might take for a link without ``http``: example.com, //example.com.
_MARKUP = re.compile(r"([\\`*_\[\]<>|~&#$]|(?<=\w)\.(?=[^\W\d_]{2})|(?<=/)/)")
_DIVIDER = "| :--- | :--- |"
_LEDGER_DIVIDER = "| :--- | :--- | :--- | :--- | :--- |"


def escape(text: str) -> str:
    """Text as Markdown that shows exactly this text, on one line, in a paragraph or a table cell.

    It must not stand first on its line: list marks and the like are not escaped.
    """
    line = one_line(text)
    parts: list[str] = []
    position = 0
    for match in _ADDRESS.finditer(line):
        parts += [_MARKUP.sub(r"\\\1", line[position : match.start()]), f"`{match[0]}`"]
        position = match.end()
    parts.append(_MARKUP.sub(r"\\\1", line[position:]))
    return "".join(parts)


def both(group: str, name: str) -> str:
    """A label in both languages, once where they are the same."""
    return " · ".join(dict.fromkeys(escape(open_label(group, name, code)) for code in LANGUAGES))


def render(brief: Brief) -> str:
    """The brief as Markdown, ending in one new line."""
    parts = [_head(brief)]
    parts += [_section(section, segments) for section, segments in sections(brief)]
    parts += [_checks(brief), _readability(brief), _documents(brief)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(brief: Brief) -> str:
    lines = [f"# {escape(brief_title(brief))}", "", *_header_row()]
    lines.append(_row(*(label("brief", kind(brief), code) for code in LANGUAGES)))
    bold = "**" if is_standing(brief) else ""
    lines.append(_row(*(f"{bold}{status(brief, code)}{bold}" for code in LANGUAGES)))
    lines.append(_row(*(audience(brief, code) for code in LANGUAGES)))
    lines.append(_row(*(translation_summary(brief, code) for code in LANGUAGES)))
    return "\n".join(lines)


def _header_row() -> list[str]:
    return [_row(*(label("endonym", code, code) for code in LANGUAGES)), _DIVIDER]


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _section(section: str, segments: list[Segment]) -> str:
    ledger = section in LEDGER and any(segment.evidence for segment in segments)
    rows = (
        _ledger(segments)
        if ledger
        else [
            *_header_row(),
            *(_row(*(_cell(segment, code) for code in LANGUAGES)) for segment in segments),
        ]
    )
    evidence = [line for segment in segments for line in _evidence(segment)]
    lines = [f"## {both('section', section)}", "", *rows]
    if evidence:
        summary = f"<summary>{both('text', 'evidence')}</summary>"
        lines += ["", "<details>", summary, "", *evidence, "", "</details>"]
    return "\n".join(lines)


def _ledger(segments: list[Segment]) -> list[str]:
    """Who, what in both languages, by when, and at what time it was said."""
    heads = (both("text", "who"), *(label("endonym", code, code) for code in LANGUAGES))
    rows = [_row(*heads, both("text", "by_when"), both("text", "said_at")), _LEDGER_DIVIDER]
    for one in segments:
        spoken = " · ".join(dict.fromkeys(who(one, code) for code in LANGUAGES))
        what = (_cell(_unlabelled(one), code) for code in LANGUAGES)
        place = short_place(one.evidence[0], one.language) if one.evidence else ""
        rows.append(_row(escape(spoken), *what, escape(by_when(one)), escape(place)))
    return rows


def _unlabelled(segment: Segment) -> Segment:
    """The same line without who says it, in both languages."""
    target = segment.target
    text = target.text and without_label(target.text, target.language)
    return replace(
        segment,
        text=without_label(segment.text, segment.language),
        target=replace(target, text=text),
    )


def _cell(segment: Segment, language: Language) -> str:
    text, stands = _text(segment, language), badge(segment, language)
    return f"{text} — **⚠ {escape(stands)}**" if stands else text


def _text(segment: Segment, language: Language) -> str:
    text = text_in(segment, language)
    if segment.language == language:
        return f"{escape(segment.text)}{_mark(segment)}"
    if not untranslated(segment):
        return escape(text or "")
    marker = f"*{open_mark(segment, language)}*"
    if text is not None:
        return f"{escape(text)} {marker}"
    numbers = " · ".join(escape(number) for number in kept(segment))
    return f"{marker} ({label('text', 'keep', language, items=numbers)})" if numbers else marker


def _mark(segment: Segment) -> str:
    """The segment's id, which its evidence and failed checks refer to; fixed text has none."""
    return "" if segment.origin == "template" else f"{NO_BREAK}[{escape(segment.id)}]"


def _evidence(segment: Segment) -> list[str]:
    if not segment.evidence:
        return []
    lines = [f"- [{escape(segment.id)}] {_quote(item, segment)}" for item in segment.evidence]
    about = []
    if assessed(segment):
        about.append(f"{both('text', 'strength')}: {both('strength', segment.strength)}")
    if segment.certainty:
        about.append(f"{both('text', 'certainty')}: {both('certainty', segment.certainty)}")
    if segment.steps:
        steps = "; ".join(both("step", step) for step in segment.steps)
        about.append(f"{both('text', 'steps')}: {steps}")
    return lines + [f"  - {item}" for item in about]


def _quote(evidence: Evidence, segment: Segment) -> str:
    places = dict.fromkeys(place(evidence, code) for code in LANGUAGES)
    return f"{quoted(escape(evidence.quote), segment.language)} — {escape(' · '.join(places))}"


def _checks(brief: Brief) -> str:
    summary = dict.fromkeys(checks_summary(brief, code) for code in LANGUAGES)
    lines = [f"## {both('text', 'checks')}", "", " · ".join(summary), ""]
    for check in shown_checks(brief):
        sign = "✓" if check.passed else "✗" if check.refuses else "?"
        lines.append(f"- {sign} {both('check', check.name)}")
        for failure in check.failures:
            reasons = dict.fromkeys(escape(told(failure.reason, code)) for code in LANGUAGES)
            lines.append(f"  - [{escape(failure.segment)}] {' · '.join(reasons)}")
    return "\n".join(lines).rstrip()


def _readability(brief: Brief) -> str:
    parts = [_formulas(brief), _hard_lines(brief)]
    if not any(parts):
        return ""
    return "\n\n".join([f"## {both('text', 'readability')}", *filter(None, parts)])


def _formulas(brief: Brief) -> str:
    scores = formulas(brief)
    if not scores:
        return ""
    header = _row(*(both("text", name) for name in ("formula", "before", "after")))
    lines = [header, "| :--- | ---: | ---: |"]
    for name, *pair in scores:
        cells = (_score(value, brief.language) for value in pair)
        lines.append(_row(both("formula", name), *cells))
    return "\n".join(lines)


def _hard_lines(brief: Brief) -> str:
    """Which lines are still above the target, and why; that there is none, where all are graded."""
    if not grades(brief):
        return ""
    hard = hard_lines(brief)
    name = "hard_lines" if hard else "no_hard_lines"
    lines = [" · ".join(label("text", name, code, grade=target(code)) for code in LANGUAGES)]
    if hard:
        lines.append("")
    for segment, grade in hard:
        told = " · ".join(escape(hardness(grade, code)) for code in LANGUAGES)
        lines.append(f"- [{escape(segment.id)}] {told}")
    return "\n".join(lines)


def _score(value: float | None, language: Language) -> str:
    return "–" if value is None else format_number(value, language, 1)


def _documents(brief: Brief) -> str:
    header = _row(*(both("text", name) for name in ("title", "file", "fingerprint")))
    lines = [f"## {both('text', 'documents')}", "", header, "| :--- | :--- | :--- |"]
    for document in brief.documents:
        cells = (escape(title(document)), escape(document.source), f"`{document.sha256[:12]}`")
        lines.append(_row(*cells))
    lines += ["", f"{both('text', 'brief_id')}: {escape(brief.id)}"]
    return "\n".join(lines)

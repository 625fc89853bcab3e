"""The brief as GitHub-flavoured Markdown: each section a table of both languages, or a list in one.

The brief's own language stands first. Also what the review page shows, which keeps tables and
``<details>`` and drops styles. Text that comes from a document is shown to the letter and can do
nothing: no link, picture, heading, code block, table cell or HTML of its own.
"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.document import Language
from pipelines.brief import Brief, Evidence, Segment
from pipelines.language.reasons import told
from pipelines.language.typography import COLON, NO_BREAK, format_number, one_line, quoted
from pipelines.reading.speakers import without_label
from pipelines.render.layout import (
    LEDGER,
    alone_in,
    assessed,
    audience,
    badge,
    brief_title,
    by_when,
    check_label,
    checks_summary,
    formulas,
    grades,
    hard_lines,
    hardness,
    is_standing,
    kept,
    kind,
    label,
    languages,
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
    waits_for,
    who,
)

#: What viewers turn into links by themselves; inside a code span they don't. Bounded,
#: so that a page-long word costs no time.
_ADDRESS = re.compile(
    r"(?:(?:[A-Za-z][A-Za-z0-9+.-]{0,30}://|www\.|mailto:|xmpp:)[^\s`|<>\\]+)"
    r"|[^\s`|<>\\@]{1,64}@[^\s`|<>\\]+",
    re.IGNORECASE,
)
#: What ends a sentence or a part of it, and isn't an address's though it follows one.
_AFTER = ".,;:!?»”’"

#: Marks, and what a viewer might take for a link without ``http``: example.com, //example.com.
_MARKUP = re.compile(r"([\\`*_\[\]<>|~&#$]|(?<=\w)\.(?=[^\W\d_]{2})|(?<=/)/)")
_DIVIDER = "| :--- | :--- |"


def escape(text: str) -> str:
    """Text as Markdown that shows exactly this text, on one line, in a paragraph or a table cell.

    It must not stand first on its line: list marks and the like are not escaped.
    """
    line = one_line(text)
    parts: list[str] = []
    position = 0
    for match in _ADDRESS.finditer(line):
        address = match[0].rstrip(_AFTER)
        parts += [_MARKUP.sub(r"\\\1", line[position : match.start()]), f"`{address}`"]
        position = match.start() + len(address)
    parts.append(_MARKUP.sub(r"\\\1", line[position:]))
    return "".join(parts)


Codes = tuple[Language, ...]
"""The languages shown, first the one that leads."""


def in_each(group: str, name: str, codes: Codes) -> str:
    """A label in each language, once where they are the same."""
    return " · ".join(dict.fromkeys(escape(open_label(group, name, code)) for code in codes))


def render(brief: Brief, only: Language | None = None) -> str:
    """The brief as Markdown, ending in one new line; in one language alone where it is named."""
    codes = languages(brief, only)
    parts = [_head(brief, codes)]
    parts += [_section(section, segments, codes) for section, segments in sections(brief)]
    parts += [_checks(brief, codes), _readability(brief, codes), _documents(brief, codes)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(brief: Brief, codes: Codes) -> str:
    bold = "**" if is_standing(brief) else ""
    told = [
        [label("brief", kind(brief), code) for code in codes],
        [f"{bold}{status(brief, code)}{bold}" for code in codes],
        [audience(brief, code) for code in codes],
        [translation_summary(brief, code) for code in codes],
    ]
    title = f"# {escape(brief_title(brief))}"
    if len(codes) == 1:
        told = told if waits_for(brief, codes[0]) else told[:-1]
        return "\n".join([title, "", *(f"- {line}" for (line,) in told)])
    return "\n".join([title, "", *_header_row(codes), *(_row(*cells) for cells in told)])


def _header_row(codes: Codes) -> list[str]:
    return [_row(*(label("endonym", code, code) for code in codes)), _DIVIDER]


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _section(section: str, segments: list[Segment], codes: Codes) -> str:
    if section in LEDGER and any(segment.evidence for segment in segments):
        rows = _ledger(segments, codes)
    elif len(codes) == 1:
        rows = [f"- {_cell(segment, codes)[0]}" for segment in segments]
    else:
        rows = [*_header_row(codes), *(_row(*_cell(segment, codes)) for segment in segments)]
    evidence = [line for segment in segments for line in _evidence(segment, codes)]
    lines = [f"## {in_each('section', section, codes)}", "", *rows]
    if evidence:
        summary = f"<summary>{in_each('text', 'evidence', codes)}</summary>"
        lines += ["", "<details>", summary, "", *evidence, "", "</details>"]
    return "\n".join(lines)


def _ledger(segments: list[Segment], codes: Codes) -> list[str]:
    """Who, what in each language, by when, and at what time it was said."""
    what = [label("endonym", code, code) for code in codes]
    if len(codes) == 1:
        what = [label("text", "what", codes[0])]
    heads = [in_each("text", name, codes) for name in ("who", "by_when", "said_at")]
    rows = [_row(heads[0], *what, *heads[1:]), _row(*[":---"] * (len(codes) + 3))]
    for one in segments:
        spoken = " · ".join(dict.fromkeys(who(one, code) for code in codes))
        cells = _cell(_unlabelled(one), codes)
        place = short_place(one.evidence[0], one.language) if one.evidence else ""
        rows.append(_row(escape(spoken), *cells, escape(by_when(one)), escape(place)))
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


def _cell(segment: Segment, codes: Codes) -> list[str]:
    """What stands of a segment in each language."""
    alone = len(codes) == 1
    cells = []
    for code in codes:
        text = _alone(segment, code) if alone else _text(segment, code)
        stands = badge(segment, code)
        cells.append(f"{text} — **⚠ {escape(stands)}**" if stands else text)
    return cells


def _alone(segment: Segment, language: Language) -> str:
    text, spoken = alone_in(segment, language)
    waits = "" if spoken == language else f" *{open_mark(segment, language)}*"
    return f"{escape(text)}{_mark(segment)}{waits}"


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


def _evidence(segment: Segment, codes: Codes) -> list[str]:
    if not segment.evidence:
        return []
    lines = [
        f"- [{escape(segment.id)}] {_quote(item, segment, codes)}" for item in segment.evidence
    ]
    about = []
    if assessed(segment):
        about.append(("strength", in_each("strength", segment.strength, codes)))
    if segment.certainty:
        about.append(("certainty", in_each("certainty", segment.certainty, codes)))
    if segment.steps:
        about.append(("steps", "; ".join(in_each("step", step, codes) for step in segment.steps)))
    colon = COLON[codes[0]]
    return lines + [f"  - {in_each('text', name, codes)}{colon}{item}" for name, item in about]


def _quote(evidence: Evidence, segment: Segment, codes: Codes) -> str:
    places = dict.fromkeys(place(evidence, code) for code in codes)
    return f"{quoted(escape(evidence.quote), segment.language)} — {escape(' · '.join(places))}"


def _checks(brief: Brief, codes: Codes) -> str:
    summary = dict.fromkeys(checks_summary(brief, code) for code in codes)
    lines = [f"## {in_each('text', 'checks', codes)}", "", " · ".join(summary), ""]
    for check in shown_checks(brief):
        sign = "✓" if check.passed else "✗" if check.refuses else "?"
        labels = dict.fromkeys(escape(check_label(brief, check.name, code)) for code in codes)
        lines.append(f"- {sign} {' · '.join(labels)}")
        for failure in check.failures:
            reasons = dict.fromkeys(escape(told(failure.reason, code)) for code in codes)
            lines.append(f"  - [{escape(failure.segment)}] {' · '.join(reasons)}")
    return "\n".join(lines).rstrip()


def _readability(brief: Brief, codes: Codes) -> str:
    parts = [_formulas(brief, codes), _hard_lines(brief, codes)]
    if not any(parts):
        return ""
    return "\n\n".join([f"## {in_each('text', 'readability', codes)}", *filter(None, parts)])


def _formulas(brief: Brief, codes: Codes) -> str:
    scores = formulas(brief)
    if not scores:
        return ""
    header = _row(*(in_each("text", name, codes) for name in ("formula", "before", "after")))
    lines = [header, "| :--- | ---: | ---: |"]
    for name, *pair in scores:
        cells = (_score(value, codes[0]) for value in pair)
        lines.append(_row(in_each("formula", name, codes), *cells))
    return "\n".join(lines)


def _hard_lines(brief: Brief, codes: Codes) -> str:
    """Which lines are still above the target, and why; that there is none, where all are graded."""
    if not grades(brief):
        return ""
    hard = hard_lines(brief)
    name = "hard_lines" if hard else "no_hard_lines"
    lines = [" · ".join(label("text", name, code, grade=target(code)) for code in codes)]
    if hard:
        lines.append("")
    for segment, grade in hard:
        told = " · ".join(escape(hardness(grade, code)) for code in codes)
        lines.append(f"- [{escape(segment.id)}] {told}")
    return "\n".join(lines)


def _score(value: float | None, language: Language) -> str:
    return "–" if value is None else format_number(value, language, 1)


def _documents(brief: Brief, codes: Codes) -> str:
    header = _row(*(in_each("text", name, codes) for name in ("title", "file", "fingerprint")))
    lines = [f"## {in_each('text', 'documents', codes)}", "", header, "| :--- | :--- | :--- |"]
    for document in brief.documents:
        cells = (escape(title(document)), escape(document.source), f"`{document.sha256[:12]}`")
        lines.append(_row(*cells))
    lines += ["", f"{in_each('text', 'brief_id', codes)}{COLON[codes[0]]}{escape(brief.id)}"]
    return "\n".join(lines)

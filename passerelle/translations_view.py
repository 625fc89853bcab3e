"""What people are told of translations that came home: in lines, as JSON, as a page.

In: ``translations.Received``. Out: plain text in English and French, or plain values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from corpus.document import LANGUAGES
from passerelle.translations import Received
from pipelines.language import reasons
from pipelines.render.markdown import escape
from pipelines.translation.homecoming import HomeLine


def why(line: HomeLine) -> str:
    """What is wrong with a line, in both languages."""
    return _in_both(line.reasons)


def _in_both(found: Iterable[str]) -> str:
    return "; ".join(
        " · ".join(dict.fromkeys(reasons.told(reason, code) for code in LANGUAGES))
        for reason in found
    )


def typography(received: Received) -> Iterator[str]:
    """What a file's lines set otherwise than French sets it: advice, line by line."""
    for line in received.home.lines if received.home else ():
        if line.typography:
            yield f"{line.segment}: typography · typographie: {_in_both(line.typography)}"


def line_told(line: HomeLine) -> str:
    """A line that came home: what is wrong with it, and its words, each in both languages."""
    words = f"“{line.source}”" + (f" → “{line.target}”" if line.target else "")
    return f"{line.segment}: {why(line)}: {words}"


def open_lines(received: Iterable[Received]) -> list[tuple[str, str]]:
    """Each line to look at: its file, and what is to be told of it."""
    return [
        (one.name, line_told(line))
        for one in received
        if one.home is not None
        for line in one.home.open_lines
    ]


def told(received: Iterable[Received]) -> Iterator[str]:
    """What was taken over, line by line."""
    for one in received:
        if one.home is None:
            yield f"{one.name}: {one.pairs} pairs, {one.new} of them new to the memory"
            continue
        taken, same = one.home.of("translated"), one.home.of("unchanged")
        known = f", {len(same)} known already" if same else ""
        yield f"{one.home.brief}: {len(taken)} lines taken over{known}"
        for line in taken:
            if line.before:
                yield f"  {line.segment}: in place of “{line.before}”"
            if line.reasons:
                yield f"  {line_told(line)}"
        yield from (f"  {words}" for words in typography(one))
        if one.ready:
            yield f"  every line is there: passerelle review {one.home.brief} --approve"


def value(one: Received) -> dict[str, Any]:
    """A file's result as plain values."""
    if one.home is None:
        return {"file": one.name, "sha256": one.sha256, "pairs": one.pairs, "new": one.new}
    states = dict.fromkeys(line.state for line in one.home.lines)
    return {
        "file": one.name,
        "sha256": one.sha256,
        "brief": one.home.brief,
        "language": one.home.language,
        "ready": one.ready,
        "counts": {state: len(one.home.of(state)) for state in states},
        "lines": [_line_value(line) for line in one.home.lines],
    }


def _line_value(line: HomeLine) -> dict[str, Any]:
    return {
        "segment": line.segment,
        "state": line.state,
        "source": line.source,
        "target": line.target or None,
        "before": line.before or None,
        "reasons": [
            {code: reasons.told(reason, code) for code in LANGUAGES} for reason in line.reasons
        ],
        "typography": [
            {code: reasons.told(reason, code) for code in LANGUAGES} for reason in line.typography
        ],
        "remarks": line.remarks,
    }


def page(received: Iterable[Received], failures: Iterable[tuple[str, str]]) -> str:
    """The results as Markdown, for the pages: what was taken over, and what to look at."""
    lines = ["# Translations · Traductions", ""]
    for one in received:
        lines += [f"- {escape(words.strip())}" for words in told([one])]
        if one.home is not None and one.home.open_lines:
            lines += ["", "| | To look at · À revoir | |", "| :--- | :--- | :--- |"]
            lines += [
                f"| {escape(line.segment)} | {escape(why(line))} "
                f"| {escape(line.source)} → {escape(line.target) or '–'} |"
                for line in one.home.open_lines
            ]
    lines += [f"- {escape(reason)}" for _, reason in failures]
    return "\n".join(lines) + "\n"

"""By when something is to be done, in English and French sentences.

``deadline(text, language)`` gives the words that say so, whole, with their date, period or event:
"by the end of June", "for the next call", « dès la première année »; None where none do. What is
counted from a time in the past ("since", « depuis ») or only supposed ("if in two years …") is no
deadline. Whether somebody takes something on is left to others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.document import Language
from models.components import table
from models.components.dates import Date, dates
from models.components.typed import flattened

_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Patterns:
    """A language's ``deadlines.toml``."""

    whole: re.Pattern[str]
    ahead: re.Pattern[str]
    """What is a deadline only behind what is going to be done."""
    lead: re.Pattern[str]
    """What opens a deadline right before a date."""
    ahead_lead: re.Pattern[str]
    """The same, only behind what is going to be done."""
    before: re.Pattern[str]
    behind: re.Pattern[str]
    link: re.Pattern[str]


@cache
def _patterns(language: Language) -> _Patterns:
    lists = table("deadlines")[language]
    articles = rf"(?: (?:{_any(lists['date_articles'])}))?(?: |-|)$"
    return _Patterns(
        _pattern(rf"(?<!\w)(?:{_any(lists['wholes'])})(?!\w)", lists),
        _pattern(rf"(?<!\w)(?:{_any(lists['ahead'])})(?!\w)", lists),
        _pattern(rf"(?<!\w)(?:{_any(lists['date_leads'])}){articles}", lists),
        _pattern(rf"(?<!\w)(?:{_any(lists['ahead_leads'])}){articles}", lists),
        _pattern(rf"(?<!\w)(?:{_any(lists['never_before'])}) $", lists),
        _pattern(rf" (?:{_any(lists['never_behind'])})(?!\w)", lists),
        _pattern(rf",? ?(?:{_any(lists['links'])})? ?", lists),
    )


def _any(words: Sequence[str]) -> str:
    return "|".join(words)


def _pattern(cue: str, lists: dict[str, list[str]]) -> re.Pattern[str]:
    filled = re.sub(r"\{([a-z_]+)\}", lambda match: f"(?:{_any(lists[match[1]])})", cue)
    loose = filled.replace("'", "['’]").replace(" ", "[ \u00a0]")
    return re.compile(loose, re.IGNORECASE)


def deadline(text: str, language: Language, ahead: re.Pattern[str] | None = None) -> str | None:
    """The first words of a sentence that say by when: "by the end of June"; None where none do.

    ``ahead`` is what tells that something is going to be done: behind it the first day named is
    its deadline, whatever stands before it: "I'll bring it on April 9" by "April 9".
    """
    named = dates(flattened(text, language), language)
    spans = sorted(_found(text, language, named, ahead), key=lambda span: (span[0], -span[1]))
    return next((text[start:end] for start, end in spans), None)


def _found(
    text: str, language: Language, named: Sequence[Date], ahead: re.Pattern[str] | None
) -> Iterator[_Span]:
    patterns = _patterns(language)
    done = ahead.search(text) if ahead else None
    for match in patterns.whole.finditer(text):
        if _stands(text, *match.span(), language):
            yield match.start(), _with_date(text, match.end(), named, language)
    for date in named:
        behind = done is not None and date.start > done.start()
        leads = (patterns.lead, patterns.ahead_lead) if behind else (patterns.lead,)
        found = (one.search(text, 0, date.start) for one in leads)
        lead = next(filter(None, found), None)
        if lead and _stands(text, lead.start(), date.end, language):
            yield lead.start(), _with_date(text, date.end, named, language)
        elif behind and date.unit == "day":
            yield date.start, date.end
    if done and (later := patterns.ahead.search(text, done.start())):
        yield later.span()


def _stands(text: str, start: int, end: int, language: Language) -> bool:
    """Whether nothing beside it makes it a time in the past, or one that is only supposed."""
    patterns = _patterns(language)
    return not (patterns.before.search(text, 0, start) or patterns.behind.match(text, end))


def _with_date(text: str, end: int, named: Sequence[Date], language: Language) -> int:
    """Where a deadline ends with the date that goes on from it: "by Friday, March 3"."""
    link = _patterns(language).link
    for date in named:
        if date.start < end < date.end or (
            date.start >= end and link.fullmatch(text, end, date.start)
        ):
            end = max(end, date.end)
    return end

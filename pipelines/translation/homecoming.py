"""What becomes of each line that came home: taken over, or not, and why, in both languages.

In: a brief as it stands, and what a translator's file of it holds. Out: a ``Homecoming``: every
line that the file is about with its state and reasons, the edits that take over what passed, and,
for the translator, the file with what is wrong. The rules are those that ``verify`` asks of any
translation (``verify.of_translation``); added here is only what a file can have wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from corpus.document import LANGUAGES, Language, other
from corpus.errors import PasserelleError
from pipelines import verify
from pipelines.brief import Brief, Edit, Segment, Target
from pipelines.language.reasons import Reason, is_doubt, reason, told
from pipelines.language.typography import as_typed
from pipelines.language.words import words_of
from pipelines.render.layout import text_in, untranslated
from pipelines.render.xliff import Version, render
from pipelines.render.xliff_units import FREE, LONGER, Match, find_stretches, fingerprint
from pipelines.translation.matching import (
    Pairing,
    difference,
    missing,
    paired,
    source_language,
)
from pipelines.translation.returned import Returned
from pipelines.translation.typographic import typography

#: Who made a translation that came home.
TRANSLATOR = "translator"

LineState = Literal[
    "translated",  # passed, and taken over
    "unchanged",  # as the brief has it already
    "refused",  # a check names a difference
    "missing",  # nothing, or only a part, came home
    "doubled",  # two different translations
    "changed",  # the source is another one now
    "unknown",  # of no line of the brief
    "fixed",  # of fixed text, which nobody translates
    "unfinished",  # marked so in the file
    "kept",  # a person has worded it since; their words stand
]
#: States of what a translator or an analyst has to look at.
OPEN: tuple[LineState, ...] = (
    "refused", "missing", "doubled", "changed", "unknown", "fixed", "unfinished", "kept",
)  # fmt: skip
#: States of 1.2 by which a tool says that a translation isn't done.
_UNFINISHED = ("needs-translation", "needs-adaptation", "needs-l10n")
#: States by which a person says that it is, whatever it looks like.
_FINISHED = ("translated", "reviewed", "final", "signed-off")
#: Up to how many words a line may be the same in both languages: a name, a title.
_NAME_WORDS = 3


@dataclass(frozen=True, slots=True)
class HomeLine:
    """One line of a brief, or a unit of no line, after a file came home."""

    segment: str
    """Id of the segment; of a unit that is of none, the unit's."""
    state: LineState
    source: str
    target: str
    """The translation as it came home; empty where none did."""
    fingerprint: str
    """Of the source that it is a translation of."""
    reasons: tuple[str, ...] = ()
    """What is wrong or doubtful, in English; ``pipelines.language.reasons.told`` knows the rest."""
    remarks: tuple[str, ...] = ()
    """What the translator wrote about it."""
    before: str = ""
    """The translation that this one takes the place of."""
    typography: tuple[str, ...] = ()
    """What is set otherwise than French sets it, in English; advice that keeps nothing back."""

    @property
    def is_open(self) -> bool:
        """Whether somebody has to look at it."""
        return self.state in OPEN


@dataclass(frozen=True, slots=True)
class Homecoming:
    """What became of one file of one brief."""

    name: str
    brief: str
    language: Language
    """That the translator wrote."""
    lines: tuple[HomeLine, ...]

    def of(self, *states: LineState) -> tuple[HomeLine, ...]:
        """The lines in these states."""
        return tuple(line for line in self.lines if line.state in states)

    @property
    def open_lines(self) -> tuple[HomeLine, ...]:
        """The lines that somebody has to look at."""
        return self.of(*OPEN)


def homecoming(
    brief: Brief, returned: Returned, replacing: bool = False, overruled: bool = False
) -> Homecoming:
    """Match, check and judge a file's units.

    ``replacing`` lets the file's words take the place of a person's, ``overruled`` lets stand what
    checks name. Raises ``PasserelleError`` where the file is of other languages than the brief.
    """
    language = source_language(brief)
    target = other(language)
    _check_languages(returned, language, target)
    pairings = paired(brief, returned)
    grouped: dict[str, list[Pairing]] = {}
    for number, one in enumerate(pairings):
        key = one.segment.id if one.segment is not None else f"\0{number}"
        grouped.setdefault(key, []).append(one)
    lines = [
        line
        for together in grouped.values()
        if (line := _line(together, language, replacing, overruled)) is not None
    ]
    for segment in missing(brief, pairings):
        source = text_in(segment, language) or ""
        lines.append(
            HomeLine(
                segment.id, "missing", source, "", fingerprint(source), (reason("home_missing"),)
            )
        )
    order = {segment.id: number for number, segment in enumerate(brief.segments)}
    if target == "fr":
        lines = [
            replace(line, typography=tuple(typography(line.source, line.target))) for line in lines
        ]
    lines.sort(key=lambda line: order.get(line.segment, len(order)))
    return Homecoming(returned.name, brief.id, target, tuple(lines))


def _check_languages(returned: Returned, source: Language, target: Language) -> None:
    for found, wanted in ((returned.source, source), (returned.target, target)):
        if found and re.split("[-_]", found)[0].lower() != wanted:
            raise PasserelleError(
                f"{returned.name}: goes from {returned.source} to {returned.target or '?'}, but "
                f"the brief goes from {source} to {target}; send back the file that went out"
            )


# -- one line ------------------------------------------------------------------------------------


def _line(
    together: Sequence[Pairing], language: Language, replacing: bool, overruled: bool
) -> HomeLine | None:
    """What becomes of the units of one line; None where nothing is to be said of them."""
    filled = [one for one in together if as_typed(one.unit.target)] or [together[0]]
    texts = list(dict.fromkeys(as_typed(one.unit.target) for one in filled))
    first = filled[0]
    if first.segment is None:
        return _of_no_line(first) if texts[0] else None
    segment, target = first.segment, texts[0]
    source = text_in(segment, language) or ""
    line = HomeLine(
        segment.id,
        "translated",
        source,
        target,
        fingerprint(source),
        remarks=tuple(dict.fromkeys(remark for one in filled for remark in one.unit.remarks)),
    )
    if _is_fixed(segment, language):
        same = not target or _alike(target, text_in(segment, other(language)) or "")
        there = reason("home_fixed", text=text_in(segment, other(language)) or "")
        return None if same else replace(line, state="fixed", reasons=(there,))
    if not target:
        if not untranslated(segment):
            return None
        return replace(line, state="missing", reasons=(reason("home_missing"),))
    if len(texts) > 1:
        twice = reason("home_doubled", one=texts[0], two=texts[1])
        return replace(line, state="doubled", reasons=(twice,))
    if first.changed:
        was, now = difference(as_typed(first.unit.source), as_typed(source))
        changed = reason("home_changed", was=was, now=now)
        mark = first.unit.fingerprint or fingerprint(first.unit.source)
        return replace(line, state="changed", fingerprint=mark, reasons=(changed,))
    if not untranslated(segment) and _alike(target, segment.target.text or ""):
        return replace(line, state="unchanged")
    if (undone := _undone(first, source, target)) is not None:
        state, why = undone
        return replace(line, state=state, reasons=(why,))
    return _checked(line, segment, replacing, overruled)


def _of_no_line(one: Pairing) -> HomeLine:
    unit = one.unit
    mark = unit.fingerprint or fingerprint(unit.source)
    source, target = as_typed(unit.source), as_typed(unit.target)
    why = (reason("home_unknown"),)
    return HomeLine(as_typed(unit.id), "unknown", source, target, mark, why, unit.remarks)


def _is_fixed(segment: Segment, language: Language) -> bool:
    """Whether a line's other language is nobody's to write: fixed text, a citation, own words."""
    made = segment.target.known and segment.target.text is not None
    return segment.origin == "template" or made or segment.language != language


def _undone(one: Pairing, source: str, target: str) -> tuple[LineState, Reason] | None:
    """State and reason of a translation that isn't one yet; None where it is one."""
    unit = one.unit
    if unit.parts_done < unit.parts:
        return "missing", reason("home_part", done=unit.parts_done, parts=unit.parts)
    if unit.state in _UNFINISHED:
        return "unfinished", reason("home_unfinished", state=unit.state)
    few = len(list(words_of(source))) <= _NAME_WORDS
    if _alike(source, target) and not few and unit.state not in _FINISHED:
        return "missing", reason("home_same")
    return None


def _checked(line: HomeLine, segment: Segment, replacing: bool, overruled: bool) -> HomeLine:
    """A translation by the rules, and beside what stands already."""
    target = segment.target
    there = target.text if not untranslated(segment) else None
    if there is not None and target.origin != TRANSLATOR and not replacing:
        why = reason("home_kept", text=there)
        return replace(line, state="kept", reasons=(why,))
    made = Target(target.language, line.target, "translated", TRANSLATOR)
    reasons = [*failing(replace(segment, target=made)), *_too_long(line)]
    against = [why for why in reasons if not is_doubt(why)]
    state: LineState = "refused" if against and not overruled else "translated"
    return replace(line, state=state, reasons=tuple(dict.fromkeys(reasons)), before=there or "")


def failing(segment: Segment) -> Iterator[Reason]:
    """What rules name in a line's translation, and what it must keep and doesn't."""
    for _, why in verify.of_translation(segment, {}):
        yield why
    written = _plain(segment.target.text or "")
    for stretch in find_stretches(segment.text, segment.language):
        if stretch.kind in ("link", "code") and _plain(stretch.target) not in written:
            yield reason("home_lost", word=stretch.target)


def _too_long(line: HomeLine) -> Iterator[Reason]:
    most = max(LONGER * len(line.source), len(line.source) + FREE)
    if len(line.target) > most:
        yield reason("home_long", count=len(line.target), most=int(most))


def _alike(one: str, two: str) -> bool:
    return _plain(one) == _plain(two)


def _plain(text: str) -> str:
    """A text whatever its spaces, hyphens, quotation marks and apostrophes."""
    text = re.sub(r"«\s*|\s*»|[“”„‟″]", '"', as_typed(text).replace("…", "..."))
    text = re.sub(r"[‘’‛ʼ′`]", "'", text)
    return "".join(re.sub(r"[\u2010\u2011]", "-", text).split())


# -- what follows --------------------------------------------------------------------------------


def report(brief: Brief, home: Homecoming, version: Version = "2.1") -> str:
    """The lines to look at again as a file for the translator, with notes in both languages.

    Their own words are in the targets; where the source has changed since, they stand beside it
    as a match. Only lines of the brief can be in it. Raises ``PasserelleError`` where none is.
    """
    wanted = {line.segment: line for line in home.open_lines if line.state not in _NOT_SENT}
    if not wanted:
        raise PasserelleError(f"{home.name}: nothing to send back")
    matches = {
        id: (Match("", line.target, 99, TRANSLATOR),)
        for id, line in wanted.items()
        if line.state == "changed"
    }
    segments = tuple(_sent_back(one, wanted.get(one.id), home.language) for one in brief.segments)
    remarks = {
        id: [_in_both(why) for why in (*line.reasons, *line.typography)]
        for id, line in wanted.items()
    }
    return render(replace(brief, segments=segments), version, matches, remarks, set(wanted))


#: Lines that a translator can do nothing about.
_NOT_SENT: tuple[LineState, ...] = ("unknown", "fixed")


def _sent_back(segment: Segment, line: HomeLine | None, language: Language) -> Segment:
    if line is None:
        return segment
    text = line.target if line.state != "changed" else ""
    return replace(segment, target=Target(language, text or None, "initial", TRANSLATOR))


def _in_both(why: str) -> str:
    return " · ".join(dict.fromkeys(told(why, code) for code in LANGUAGES))


def edits(
    brief: Brief, kept: Iterable[tuple[str, str, str, str]], language: Language
) -> tuple[Edit, ...]:
    """Translations that were kept as edits of a brief, where its words are still theirs.

    ``kept`` are segment id, fingerprint of the source, text, and why it stands although a check
    names something (or nothing); of several for one line the last holds.
    """
    by_place: dict[tuple[str, str], tuple[str, str]] = {}
    by_print: dict[str, tuple[str, str]] = {}
    for segment, mark, text, why in kept:
        by_place[segment, mark] = by_print[mark] = (text, why)
    found = []
    for line in brief.segments:
        mark = fingerprint(line.text)
        there = by_place.get((line.id, mark)) or by_print.get(mark)
        if there is not None and not _is_fixed(line, other(language)):
            text, why = there
            found.append(Edit(line.id, language, text, overruled=why, origin=TRANSLATOR))
    return tuple(found)

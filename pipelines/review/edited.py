"""A person's wording of a draft: the texts of a form, what was changed in them, and the result.

In: a brief and, for each section, one text in each language as a person left it: a line a segment,
each beginning with the segment's mark (``[s3] Streets with …``). Out: ``Edit``s and the
``Problem``s of lines that can't be placed; the edited brief with its checks and grades anew; the
edits that a check refuses. Nothing is guessed: what could be meant in two ways is a problem that
says what to do. Nobody's form, no store and no clock is known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpus.document import LANGUAGES, Document, Language, other
from corpus.errors import PasserelleError
from corpus.text import ends_sentence
from pipelines import verify
from pipelines.brief import (
    Brief,
    Check,
    Edit,
    Overruled,
    ReadabilityPair,
    Section,
    Segment,
    Target,
)
from pipelines.claims.strength import strength
from pipelines.language.lexicon import table
from pipelines.language.reasons import Reason, is_doubt, reason
from pipelines.language.typography import as_typed, one_line
from pipelines.reading.reading import Reading, readings_of
from pipelines.render import layout
from pipelines.rewrite.certainty_word import certainty_word
from pipelines.scoring.grades import grades, told_scores
from pipelines.verification.pair import cut

#: The step that marks a segment as worded by a person.
EDITED = "edited"
#: Who made a translation that a person typed.
REVIEWER = "reviewer"


@dataclass(frozen=True, slots=True)
class Problem:
    """A text of the form that can't be read as edits."""

    section: Section
    language: Language
    reason: Reason
    """Which line, what is wrong with it and what to do, in one line."""


@dataclass(frozen=True, slots=True)
class Refused:
    """An edit that a check doesn't let stand."""

    segment: str
    """Id of the segment."""
    language: Language
    text: str
    rule: str
    reason: str
    """Which words, against which evidence, and what to do."""

    @property
    def unsure(self) -> bool:
        """Whether a confirmation is enough: nothing decides whether the words mean the same."""
        return is_doubt(self.reason)


# -- the form's texts ----------------------------------------------------------------------------


def section_texts(brief: Brief) -> dict[Section, dict[Language, str]]:
    """The text of each section's area in each language, for sections with lines to edit.

    A line that is still to translate is its mark alone. Fixed text is nobody's to edit.
    """
    return {
        section: {language: _area(segments, language) for language in LANGUAGES}
        for section, segments in _editable(brief)
    }


def untranslated(brief: Brief) -> tuple[Segment, ...]:
    """The segments that still lack the other language."""
    return tuple(segment for segment in brief.segments if layout.untranslated(segment))


def _editable(brief: Brief) -> list[tuple[Section, list[Segment]]]:
    found = [
        (section, [segment for segment in segments if segment.evidence])
        for section, segments in layout.sections(brief)
    ]
    return [(section, segments) for section, segments in found if segments]


def _area(segments: Iterable[Segment], language: Language) -> str:
    return "\n".join(f"[{s.id}] {_present(s, language)}".rstrip() for s in segments)


def _present(segment: Segment, language: Language) -> str:
    """The segment's text in a language on one line; empty where it is still to translate.

    What the memory or a machine offers isn't in the form: leaving it there would agree to it.
    """
    if segment.language != language and segment.target.suggested:
        return ""
    return one_line(layout.text_in(segment, language) or "")


# -- and back ------------------------------------------------------------------------------------


def edits_from(
    brief: Brief, texts: Mapping[Section, Mapping[Language, str]]
) -> tuple[tuple[Edit, ...], tuple[Problem, ...]]:
    """What a person changed in the form's texts, and what can't be read as a change.

    A section or language that is absent is as it was. A line that is gone leaves its segment
    out, or takes its translation back. Edits come in the brief's order; where there is a
    problem, only those of the areas without one.
    """
    edits: list[Edit] = []
    problems: list[Problem] = []
    for section, segments in _editable(brief):
        for language in LANGUAGES:
            text = texts.get(section, {}).get(language)
            if text is None:
                continue
            area = _Area(brief, section, segments, language)
            read, reasons = area.read(text)
            problems += [Problem(section, language, why) for why in reasons]
            edits += [] if reasons else area.changes(read)
    problems += _left_out_alone(brief, edits)
    return tuple(edits), tuple(problems)


def _left_out_alone(brief: Brief, edits: Sequence[Edit]) -> Iterator[Problem]:
    """Segments that are left out, but were given words in the other language."""
    own = {segment.id: segment for segment in brief.segments}
    out = {e.segment for e in edits if not e.text and e.language == own[e.segment].language}
    for edit in edits:
        if edit.segment in out and edit.text:
            yield Problem(
                own[edit.segment].section,
                edit.language,
                reason("left_out_in_one", mark=edit.segment, language=_NAMES[other(edit.language)]),
            )


_NAMES: dict[Language, str] = {"en": "English", "fr": "French"}

#: Typed before a mark: a bullet, a backslash of Markdown; after it: a colon, a full stop, a dash.
_MARK = re.compile(
    r"[-*•·>\\\s]*(?P<open>[\[({])?\s*(?P<mark>[^\W\d_]{0,3}\s?\d+|[\w.:-]+?)\s*\\?"
    r"(?P<close>[\])}])?\s*(?::|[.,;)–—-](?=\s|$))?(?:\s+|$|(?<=[\])}:]))"
)


@dataclass
class _Read:
    """The lines of an area, put together by segment."""

    texts: dict[str, str] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)


@dataclass(frozen=True)
class _Area:
    """One section in one language, as the form had it."""

    brief: Brief
    section: Section
    segments: Sequence[Segment]
    language: Language

    def read(self, text: str) -> tuple[dict[str, str], list[Reason]]:
        """The words of each segment whose line is there, and what is wrong with the area."""
        lines = [line for line in map(as_typed, text.splitlines()) if line]
        marks = [self._mark(line) for line in lines]
        if lines and not any(mark for mark, _ in marks):
            return self._by_order(lines)
        found = _Read()
        last = ""
        for line, (mark, words) in zip(lines, marks, strict=True):
            if mark:
                last = self._begin(mark, words, line, found)
            else:
                self._go_on(last, line, found)
        found.reasons += self._run_together(found.texts) + self._emptied(found)
        return found.texts, found.reasons

    def changes(self, read: Mapping[str, str]) -> list[Edit]:
        """The segments whose words differ from the brief's in more than their typography."""
        told = [(segment, read.get(segment.id, "")) for segment in self.segments]
        return [
            Edit(segment.id, self.language, text)
            for segment, text in told
            if not _same(text, _present(segment, self.language))
        ]

    def _mark(self, line: str) -> tuple[str, str]:
        """The mark that a line begins with and what follows it; no mark, and the whole line."""
        match = _MARK.match(line)
        if match is None:
            return "", line
        written = "".join(match["mark"].split()).lower()
        bracketed = bool(match["open"] or match["close"])
        known = {segment.id.lower(): segment.id for segment in self.brief.segments}
        if (match["open"], match["close"]) == ("[", "]") and f"s{written}" in known:
            written = f"s{written}"  # [3], but not a wrapped "(3 of them)"
        if re.fullmatch(r"s\d+", written) or (bracketed and written in known):
            return known.get(written, written), line[match.end() :]
        return "", line

    def _by_order(self, lines: Sequence[str]) -> tuple[dict[str, str], list[Reason]]:
        """The words by the order of their lines, where every mark was lost."""
        if len(lines) != len(self.segments):
            counts = {"lines": len(lines), "sentences": len(self.segments)}
            return {}, [reason("marks_lost", **counts, marks=_marks(self.segments))]
        return {s.id: line for s, line in zip(self.segments, lines, strict=True)}, []

    def _begin(self, mark: str, words: str, line: str, found: _Read) -> str:
        """Take a line that begins with a mark; returns the segment that it belongs to."""
        section = {segment.id: segment.section for segment in self.brief.segments}
        here = [segment.id for segment in self.segments]
        if mark in found.texts:
            found.reasons.append(reason("two_lines", mark=mark))
        elif mark in here:
            found.texts[mark] = words
            return mark
        elif mark in section:
            home = layout.label("section", section[mark], "en")
            found.reasons.append(
                reason("of_another_section", mark=mark, section=home, line=cut(line))
            )
        else:
            found.reasons.append(reason("unknown_mark", line=cut(line), mark=mark, example=here[0]))
        return mark

    def _go_on(self, last: str, line: str, found: _Read) -> None:
        """Take a line without a mark: the rest of the line above, or one that has no place."""
        if last and last not in found.texts:
            return  # of a line that is a problem already
        above = found.texts.get(last, "")
        joined = f"{above} {line}".strip()
        present = {s.id: _plain(_present(s, self.language)) for s in self.segments}
        wrapped = bool(last) and (
            not above
            or not ends_sentence(above)
            or line[:1].islower()
            or present[last].startswith(_plain(joined))
        )
        if wrapped:
            found.texts[last] = joined
        else:
            example = last or self.segments[0].id
            found.reasons.append(reason("no_mark", line=cut(line), example=example))

    def _run_together(self, texts: Mapping[str, str]) -> list[Reason]:
        """Marks inside a line, where the end of the line above was lost."""
        marks = "|".join(re.escape(segment.id) for segment in self.brief.segments)
        inner = rf"(?i)\[\s*({marks})\s*\]"
        return [
            reason("mark_inside", inner=match[1], mark=mark)
            for mark, words in texts.items()
            if (match := re.search(inner, words))
        ]

    def _emptied(self, found: _Read) -> list[Reason]:
        """An area whose lines are all gone, or the whole bottom line."""
        own = [segment for segment in self.segments if segment.language == self.language]
        if not own or found.reasons or any(found.texts.get(segment.id) for segment in own):
            return []
        if self.section == "bottom_line":
            return [reason("bottom_line_empty")]
        if not found.texts:
            return [reason("nothing_left", marks=_marks(own))]
        return []


def _marks(segments: Iterable[Segment]) -> str:
    """The segments' marks in a row, as their lines begin."""
    return " ".join(f"[{segment.id}]" for segment in segments)


def _same(one: str, two: str) -> bool:
    """Whether two texts differ in nothing but spaces, quotation marks and apostrophes."""
    return _plain(one) == _plain(two)


def _plain(text: str) -> str:
    text = as_typed(text).replace("…", "...")
    text = re.sub(r"«\s*|\s*»|[“”„‟″]", '"', text)
    text = re.sub(r"[‘’‛ʼ′`]", "'", text)
    return " ".join(text.split())


# -- the edited brief ----------------------------------------------------------------------------


def edited(
    brief: Brief, edits: Iterable[Edit], documents: Mapping[str, Document], by: str = ""
) -> Brief:
    """The brief in the reviewer's words, graded and checked anew; ids stay as they are.

    Of two edits of the same segment and language the later holds. What a check says of an edit
    that was overruled stays among its failures, with the reviewer's reason, and so does what one
    was confirmed against; the line itself says so too, with who it was (``by``).

    Raises ``PasserelleError`` for an edit of a segment that the brief lacks, or of fixed text.
    """
    chosen = _by_place(brief, edits)
    segments = _without_false_notes(brief, _applied(brief, chosen))
    changed = replace(brief, segments=segments)
    if segments != brief.segments:
        changed = replace(changed, readability=_regraded(brief, segments))
    readings = readings_of(documents.values())
    changed = verify.judged(changed, readings)
    blamed = _blamed(changed, chosen, readings)
    told = (_with_reasons(check, blamed) for check in changed.checks)
    marked = (_marked(segment, blamed, by) for segment in changed.segments)
    return replace(changed, checks=tuple(told), segments=tuple(marked))


_ByPlace = dict[tuple[str, Language], Edit]


def _by_place(brief: Brief, edits: Iterable[Edit]) -> _ByPlace:
    known = {segment.id: segment for segment in brief.segments}
    for edit in (chosen := {(edit.segment, edit.language): edit for edit in edits}).values():
        if edit.segment not in known:
            raise PasserelleError(
                f"brief {brief.id}: has no line [{edit.segment}]; edit one that it has"
            )
        if known[edit.segment].origin == "template":
            raise PasserelleError(
                f"brief {brief.id}: [{edit.segment}] is fixed text, which nobody edits"
            )
    return chosen


def worded(brief: Brief, edits: Iterable[Edit]) -> Brief:
    """The brief in the words of edits, neither checked nor graded anew.

    Raises ``PasserelleError`` as ``edited`` does.
    """
    return replace(brief, segments=_applied(brief, _by_place(brief, edits)))


def _applied(brief: Brief, edits: _ByPlace) -> tuple[Segment, ...]:
    told = (_worded(segment, edits) for segment in brief.segments)
    return tuple(segment for segment in told if segment is not None)


def _worded(segment: Segment, edits: _ByPlace) -> Segment | None:
    """The segment in the reviewer's words; None where it is left out."""
    own = edits.get((segment.id, segment.language))
    if own is not None and not _same(own.text, segment.text):
        if not (text := as_typed(own.text)):
            return None
        segment = _reworded(segment, text)
    there = edits.get((segment.id, other(segment.language)))
    if there is not None and not _same(there.text, _present(segment, there.language)):
        text = as_typed(there.text)
        made = Target(there.language, text, "translated", there.origin or REVIEWER)
        segment = replace(segment, target=made if text else Target(there.language))
    return segment


def _reworded(segment: Segment, text: str) -> Segment:
    """A segment with new words of its own; a translation of the old ones is no longer final."""
    target = segment.target
    if target.origin == "source" and target.text is not None:
        target = replace(target, text=text)  # a citation is the same in both languages
    elif target.origin == "composed":
        target = Target(target.language)
    elif target.text is not None and target.state != "initial":
        target = replace(target, state="translated")
    claims = segment.section not in ("terms", "sources")
    return replace(
        segment,
        text=text,
        strength=strength(text, segment.language) if claims else segment.strength,
        steps=(*(step for step in segment.steps if step != EDITED), EDITED),
        target=target,
    )


def _without_false_notes(brief: Brief, segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """The segments without the note on a word of certainty that the reviewer took out."""
    before = [s for s in brief.segments if "certainty_word" in s.steps]
    if not before or any(
        "certainty_word" in s.steps and certainty_word(s.text, s.language, s.certainty) == s.text
        for s in segments
    ):
        return tuple(segments)
    notes = table("templates")["certainty_note"]
    added = {t for key in ("probably", "may", "uncertain") for t in notes[key].values()}
    return tuple(s for s in segments if not (s.origin == "template" and s.text in added))


def _regraded(brief: Brief, segments: Sequence[Segment]) -> ReadabilityPair:
    """Scores of the draft anew, and the grades of the segments whose words are new."""
    before = {segment.id: segment.text for segment in brief.segments}
    kept = {grade.segment: grade for grade in brief.readability.sentences}
    anew = {g.segment: g for g in grades([s for s in segments if before[s.id] != s.text])}
    known = kept | anew
    language = brief.documents[0].language if brief.documents else brief.language
    return replace(
        brief.readability,
        draft=told_scores(segments, language),
        sentences=tuple(known[s.id] for s in segments if s.id in known),
    )


#: Check, segment and reason of a failure to the edit that it is about.
_Blamed = dict[tuple[str, str, str], Edit]


def _blamed(brief: Brief, edits: _ByPlace, readings: Mapping[str, Reading]) -> _Blamed:
    """The edits that a person let stand, by what the checks say of them."""
    segments = {segment.id: segment for segment in brief.segments}
    found: _Blamed = {}
    for check in brief.checks:
        for failure in check.failures:
            line = segments[failure.segment]
            edit = _to_blame(line, check.name, failure.reason, edits, readings)
            if edit is not None and (edit.overruled or _is_confirmed(edit, failure.verdict)):
                found[check.name, failure.segment, failure.reason] = edit
    return found


def _is_confirmed(edit: Edit, verdict: str) -> bool:
    return edit.confirmed and verdict == "unsure"


def _with_reasons(check: Check, blamed: _Blamed) -> Check:
    """The check with, after each failure of an edit, why the reviewer let it stand."""
    failures = []
    for failure in check.failures:
        edit = blamed.get((check.name, failure.segment, failure.reason))
        if edit is not None and edit.overruled:
            why = as_typed(edit.overruled)
            failure = replace(failure, reason=reason("overruled", reason=failure.reason, why=why))
        elif edit is not None:
            failure = replace(failure, reason=reason("confirmed", reason=failure.reason))
        failures.append(failure)
    return replace(check, failures=tuple(failures))


def _marked(segment: Segment, blamed: _Blamed, by: str) -> Segment:
    """The segment with who let it stand, and why."""
    edits = [edit for (_, line, _), edit in blamed.items() if line == segment.id]
    whys = dict.fromkeys(as_typed(edit.overruled) for edit in edits if edit.overruled)
    if whys:
        return replace(segment, overruled=Overruled(by, " ".join(whys)))
    return replace(segment, confirmed=by) if edits else segment


def _to_blame(
    segment: Segment,
    rule: str,
    why: str,
    edits: _ByPlace,
    readings: Mapping[str, Reading],
) -> Edit | None:
    """The edit that a failure is about; None where nobody edited what it is about.

    What is wrong with a translation may come of new words on either side.
    """
    own = edits.get((segment.id, segment.language))
    if (rule, why) not in verify.of_translation(segment, readings):
        return own
    return edits.get((segment.id, other(segment.language))) or own


# -- what checks say of it -----------------------------------------------------------------------


def refused(
    brief: Brief, edits: Iterable[Edit], documents: Mapping[str, Document]
) -> tuple[Refused, ...]:
    """What the checks say against each edit that nobody let stand; empty where all may.

    An edit of a segment's own words answers to every rule, as the judge weighs what it names, one
    of its translation to the rules across languages. Raises ``PasserelleError`` as ``edited`` does.
    """
    chosen, readings = _by_place(brief, edits), readings_of(documents.values())
    found = []
    for segment in brief.segments:
        worded = _worded(segment, chosen)
        if worded is None or worded == segment:
            continue
        for rule, why in verify.weighed(worded, readings):
            edit = _to_blame(worded, rule, why, chosen, readings)
            if edit is None or edit.overruled or (edit.confirmed and is_doubt(why)):
                continue
            found.append(Refused(segment.id, edit.language, as_typed(edit.text), rule, why))
    return tuple(found)


def approved(
    brief: Brief,
    edits: Iterable[Edit],
    languages: Sequence[Language],
    documents: Mapping[str, Document],
    by: str = "",
) -> Brief:
    """The edited brief with status ``approved``; its translations final, where it holds in both.

    ``by`` is the reviewer, whom a line names that they let stand against a check.

    Raises ``PasserelleError`` where a check refuses an edit that nobody overruled, or where a
    line lacks one of the languages.
    """
    edits = tuple(edits)
    for one in refused(brief, edits, documents):
        raise PasserelleError(
            f"brief {brief.id}: [{one.segment}] {one.reason}; word it as its evidence has it, or "
            + ("confirm that it says the same" if one.unsure else "say why it stands")
        )
    result = replace(edited(brief, edits, documents, by), status="approved")
    result = replace(result, segments=tuple(_let_stand(one, by) for one in result.segments))
    if set(languages) != set(LANGUAGES):
        return replace(result, segments=tuple(map(_without_offer, result.segments)))
    if lacking := untranslated(result):
        marks = _marks(lacking)
        raise PasserelleError(
            f"brief {brief.id}: still to translate: {marks}; translate them, or approve it in "
            f"{_NAMES[brief.language]} alone"
        )
    segments = (replace(s, target=replace(s.target, state="final")) for s in result.segments)
    return replace(result, segments=tuple(segments))


def _without_offer(segment: Segment) -> Segment:
    """The segment without a translation that nobody has agreed to."""
    if not segment.target.suggested:
        return segment
    return replace(segment, target=Target(segment.target.language))


def _let_stand(segment: Segment, by: str) -> Segment:
    """A line that no check decides on, with who approved it all the same, edited or not."""
    unsure = segment.verdict == "unsure" and segment.overruled is None
    return replace(segment, confirmed=by) if unsure else segment


def carried(edits: Iterable[Edit], before: Brief, after: Brief) -> tuple[Edit, ...]:
    """The edits of an earlier draft that apply to a later one, with its segments' ids.

    One applies where both drafts have the same words from the same evidence, in both languages.
    """
    ids = {_identity(segment): segment.id for segment in reversed(after.segments)}
    earlier = {segment.id: segment for segment in before.segments}
    found = []
    for edit in edits:
        segment = earlier.get(edit.segment)
        if segment is not None and (there := ids.get(_identity(segment))):
            found.append(replace(edit, segment=there))
    return tuple(found)


def _identity(segment: Segment) -> tuple[object, ...]:
    """What makes a segment the same in two drafts."""
    spans = tuple((item.document, item.start, item.end) for item in segment.evidence)
    return segment.language, segment.text, segment.target.text, spans

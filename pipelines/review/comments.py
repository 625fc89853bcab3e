"""``instructions(comment, brief, document)``: what a reviewer's comment asks of the next draft.

In: a comment in English or French, the brief that it is about, and that brief's document. Out:
``Asked``: the ``Instructions`` that ``draft`` can follow (audience, length, what to leave out,
what to bring in), part by part, and every other part of the comment with the reason why it isn't
followed. A line is named by its mark, by its words, or by its place ("the second finding"). Only
sentences of the document are ever brought in, and only where one fits clearly. ``unmet`` tells
afterwards what a finished brief could not do. Cue words are data (``instructions.toml``).
Carrying instructions out is left to ``plan``, ``lines`` and ``draft``.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from corpus.document import LANGUAGES, Document, Language
from corpus.text import ALPHANUMERIC, cue_pattern
from models import encoder
from pipelines.brief import AUDIENCES, Brief, Finding, Point, Segment
from pipelines.language.lexicon import entries, table
from pipelines.language.typography import QUOTATION
from pipelines.reading.reading import Reading
from pipelines.render.layout import sections
from pipelines.selecting.coverage import SAME
from pipelines.selecting.findings import findings
from pipelines.selecting.instructions import NONE, Instructions, Span, meets, merged, tells
from pipelines.selecting.points import points

#: "Shorter" without a number: so much of the words that the brief has.
SHORTER = 0.8


@dataclass(frozen=True, slots=True)
class NotFollowed:
    """A part of what a person asked for, and why it isn't done."""

    words: str
    """The person's own, or the sentence that they asked for."""
    reason: str
    """A key of ``reasons`` in ``instructions.toml``."""

    def why(self, language: Language) -> str:
        """The reason, as a sentence for the person."""
        return str(table("instructions")["reasons"][self.reason][language])


@dataclass(frozen=True, slots=True)
class Understood:
    """A part of what a person asked for that a draft can follow."""

    words: str
    """The person's own."""
    instructions: Instructions
    """What it asks for by itself."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a comment asks for: what can be followed, and what can't."""

    instructions: Instructions = NONE
    not_followed: tuple[NotFollowed, ...] = ()
    followed: tuple[Understood, ...] = ()
    """The parts that ``instructions`` are made of, in the comment's order."""


def unmet(instructions: Instructions, brief: Brief, document: Document) -> tuple[NotFollowed, ...]:
    """What a brief that was made with these instructions does not do all the same."""
    missing = [
        NotFollowed(document.text[slice(*span)], "not_verified")
        for span in instructions.bring_in
        if not any(tells(segment, span) for segment in brief.segments)
    ]
    words = _length(brief)
    if instructions.most_words and words > instructions.most_words:
        missing.append(NotFollowed(f"{instructions.most_words} → {words}", "too_long"))
    return tuple(missing)


def _length(brief: Brief) -> int:
    return sum(len(segment.text.split()) for segment in brief.segments)


# -- reading the comment -----------------------------------------------------------------------


def instructions(comment: str, brief: Brief, document: Document) -> Asked:
    """What a comment asks of the next draft of a brief; a later part overrules an earlier one.

    Raises ``ModelMissingError``.
    """
    parts = [part for clause in _clauses(comment) for part in _parts(clause)]
    named = any(part.kind in _NAMING for part in parts)
    source = _Source(brief, document, Reading(document) if named else None)
    asked = Instructions()
    refused: list[NotFollowed] = []
    followed: list[Understood] = []
    for part in parts:
        wanted, not_followed = _understood(part, source)
        asked = merged(asked, wanted)
        refused.extend(not_followed)
        if wanted != Instructions():
            followed.append(Understood(_unjoined(part.words), wanted))
    return Asked(asked, tuple(refused), tuple(followed))


_CLAUSE_ENDS = re.compile(r"\n+|;|(?<=[.!?…])\s+")
#: What is said of one line, behind its mark: "s3: leave this out".
_OF_A_LINE = re.compile(r"\s*(s\d+)\s*:\s*", re.IGNORECASE)
_LINES = re.compile(r"\bs(\d+)(?:\s*(?:-|–|to|through|[aà])\s*s(\d+))?\b", re.IGNORECASE)
#: Instructions that name lines, and all kinds, those that are read first before the others.
_NAMING = ("leave_out", "bring_in")
_KINDS = ("longer", "most_words", "shorter", *AUDIENCES, *_NAMING)


@dataclass(frozen=True, slots=True)
class _Part:
    """One instruction of a comment, or words between two."""

    kind: str
    """One of ``_KINDS``, or nothing."""
    lead: str
    """What stands before its cue, and belongs to it."""
    cue: str
    rest: str
    """What stands after its cue: what is to be left out or brought in."""

    @property
    def words(self) -> str:
        return _trimmed(self.lead + self.cue + self.rest)


def _folded(text: str) -> str:
    """Lower case without accents, with typewriter apostrophes: as many characters as before."""
    plain = (unicodedata.normalize("NFKD", character)[0] for character in text)
    return "".join(" " if one.isspace() else one.lower()[0] for one in plain).replace("’", "'")


def _trimmed(text: str) -> str:
    return text.strip(" \t\u00a0,;:.!-–•*")


@cache
def _cue(*keys: str) -> re.Pattern[str]:
    """The cues under these keys in both languages as one pattern of whole words."""
    cues = [cue for key in keys for language in LANGUAGES for cue in _listed(language, key)]
    return cue_pattern(cues, after=r"(?:(?<=')|(?!\w))")


def _listed(language: Language, key: str) -> list[str]:
    cues = entries("instructions", language)
    if key not in AUDIENCES:
        return list(cues[key])
    return [rf"(?:{'|'.join(cues['opening'])}) (?:{'|'.join(cues['audience'][key])})"]


def _unjoined(words: str) -> str:
    """An instruction without the "and" that joins it to the one before or after."""
    folded = _folded(words)
    joints = [match.span() for match in _cue("joints").finditer(folded)]
    start = max([end for begin, end in joints if begin == 0], default=0)
    stop = min([begin for begin, end in joints if end == len(words)], default=len(words))
    return _trimmed(words[start:stop])


def _clauses(comment: str) -> Iterator[str]:
    """The sentences and lines of a comment; quotations stay whole."""
    quoted = [match.span() for match in QUOTATION.finditer(comment)]
    position = 0
    for match in _CLAUSE_ENDS.finditer(comment):
        if not any(start < match.start() < end for start, end in quoted):
            yield comment[position : match.start()]
            position = match.end()
    yield comment[position:]


def _parts(clause: str) -> Iterator[_Part]:
    """The instructions of a clause in their order; what asks a question is none."""
    text = _folded(QUOTATION.sub(lambda quote: "\0" * len(quote.group()), clause))
    if text.rstrip().endswith("?") and not _cue("polite").search(text):
        yield _Part("", "", "", clause)
        return
    kind, cue, position, lead = "", (0, 0), 0, 0
    for start, end, other in _cues(text):
        whole = kind in _NAMING and text[cue[1] :].lstrip().startswith(":")
        joined = _joint_end(text, position, start)
        own = joined or position
        before = text[own:start]
        if kind in _NAMING and (whole or not joined or not _said_nothing(before, "never")):
            continue  # "add the finding on streets without trees"
        if kind or _trimmed(text[position:own]):
            yield _Part(kind, clause[lead : cue[0]], clause[slice(*cue)], clause[position:own])
        kind, cue, position, lead = other, (start, end), end, own
    yield _Part(kind, clause[lead : cue[0]], clause[slice(*cue)], clause[position:])


def _joint_end(text: str, start: int, end: int) -> int:
    """The end of the last comma, semicolon or "and" of a stretch; 0 where it has none."""
    marks = (text.rfind(mark, start, end) + 1 for mark in ",;")
    words = (match.end() for match in _cue("joints").finditer(text, start, end))
    return max([*marks, *words])


def _cues(text: str) -> list[tuple[int, int, str]]:
    """Start, end and kind of the cues in a folded text; none within another."""
    found: list[tuple[int, int, str]] = []
    for kind in _KINDS:
        for match in _cue(kind).finditer(text):
            if not meets(match.span(), [(start, end) for start, end, _ in found]):
                found.append((*match.span(), kind))
    return sorted(found)


def _said_nothing(text: str, *keys: str) -> bool:
    """Whether a folded text has only words that ask for nothing by themselves."""
    text = _cue("because").split(text)[0]
    return not re.search(r"[\w\0]", _cue("filler", "polite", *keys).sub(" ", text))


def _left_over(*texts: str) -> list[NotFollowed]:
    """What is said besides an instruction."""
    said = [text for text in texts if not _said_nothing(_folded(text), "generic")]
    return [NotFollowed(_trimmed(text), "not_understood") for text in said]


def _understood(said: _Part, source: _Source) -> tuple[Instructions, list[NotFollowed]]:
    """What a part asks for, and what of it can't be followed."""
    line = _OF_A_LINE.fullmatch(said.lead) if said.kind == "leave_out" else None
    if line and _said_nothing(_folded(said.rest), "generic"):
        said = replace(said, lead="", rest=f" {line[1]}")
    lead, rest = (with_marks(text, source.brief) for text in (said.lead, said.rest))
    wanted, refused = _with_marks_understood(replace(said, lead=lead, rest=rest), source)
    if (lead, rest) != (said.lead, said.rest):
        refused = [replace(item, words=said.words) for item in refused]  # as the person said it
    return wanted, refused


def _with_marks_understood(part: _Part, source: _Source) -> tuple[Instructions, list[NotFollowed]]:
    none = Instructions()
    if _cue("never").search(_folded(part.lead)):
        return none, [NotFollowed(part.words, "not_understood")]
    if part.kind in _NAMING:
        return _named(part, source)
    if part.kind == "longer":
        return none, [NotFollowed(part.words, "one_page")]
    if part.kind in ("shorter", "most_words") and _LINES.search(_folded(part.lead + part.rest)):
        return none, [NotFollowed(part.words, "one_line")]
    besides = _left_over(part.lead, part.rest)
    if part.kind == "shorter":
        return Instructions(most_words=int(SHORTER * _length(source.brief))), besides
    if part.kind == "most_words":
        (number,) = re.findall(r"\d+", part.cue)
        return Instructions(most_words=int(number)), besides
    for audience in AUDIENCES:
        if part.kind == audience:
            return Instructions(audience=audience), besides
    return none, besides


# -- which line is meant by its place ----------------------------------------------------------


def with_marks(text: str, brief: Brief) -> str:
    """A text with the marks of lines in the place of "the second finding" and the like.

    Lines are counted as a person sees them in a section; fixed text isn't counted. A place that
    the brief doesn't have becomes the mark of no line. "Line 5" is the line marked s5.
    """
    folded = _folded(QUOTATION.sub(lambda quote: "\0" * len(quote.group()), text))
    found: list[tuple[int, int, str]] = []
    for pattern, numbers in _PLACES:
        for match in pattern().finditer(folded):
            if not meets(match.span(), [(start, end) for start, end, _ in found]):
                marks = ", ".join(_marks_at(match, numbers(match), brief))
                found.append((*match.span(), marks))
    for start, end, marks in sorted(found, reverse=True):
        text = f"{text[:start]}{marks}{text[end:]}"
    return text


def _marks_at(match: re.Match[str], places: Sequence[int], brief: Brief) -> Iterator[str]:
    """The marks of the lines at these places (from 1; from the end below 0) of what is named."""
    section = next(name for name, noun in match.groupdict().items() if noun and name != "n")
    told = [one for _, lines in sections(brief) for one in lines if one.evidence]
    lines = [one for one in told if section in (_ANY, one.section)]
    by_mark = section == _ANY and match.re is _numbered_places()
    for place in places:
        index = place - 1 if place > 0 else len(lines) + place
        if by_mark:
            yield f"s{place}"
        else:
            yield lines[index].id if 0 <= index < len(lines) and place else NO_LINE


#: The group of the nouns that name a line of any section.
_ANY = "any"
#: The mark of no line.
NO_LINE = "s0"


@cache
def _nouns() -> str:
    """What lines are called, a group for each section."""
    names: dict[str, list[str]] = {}
    for language in LANGUAGES:
        for section, nouns in _places_of(language)["nouns"].items():
            names.setdefault(section, []).extend(nouns)
    groups = (f"(?P<{name}>{'|'.join(nouns)})" for name, nouns in names.items())
    return rf"(?:{'|'.join(groups)})\b"


@cache
def _ordinals() -> tuple[tuple[re.Pattern[str], int], ...]:
    """Each ordinal and its place; those from the end below 0."""
    found: list[tuple[re.Pattern[str], int]] = []
    for language in LANGUAGES:
        for signed, key in ((-1, "from_end"), (1, "from_start")):
            for number, words in enumerate(_places_of(language)[key], start=1):
                found.append((re.compile(rf"\b(?:{'|'.join(words)})\b"), signed * number))
    return tuple(found)


def _any_of(*keys: str) -> str:
    """The words of these lists in both languages, in either place, as one pattern."""
    words: list[str] = []
    for language in LANGUAGES:
        for key in keys:
            words += [word for entry in _places_of(language)[key] for word in entry]
    return rf"(?:{'|'.join(sorted(words, key=len, reverse=True))})"


#: Between two places: "first and third", « 2 à 4 » is told apart where it is counted.
_BETWEEN = r"(?:\s*(?:,|;|&|\band\b|\bet\b|\bor\b|\bou\b)\s*(?:the |les? |la )?)+"


@cache
def _ordinal_places() -> re.Pattern[str]:
    """ "the first and third findings"."""
    one = _any_of("from_end", "from_start")
    return re.compile(rf"\b(?P<n>{one}(?:{_BETWEEN}{one})*)\s+{_nouns()}")


@cache
def _counted_places() -> re.Pattern[str]:
    """ "the first two findings", « les deux derniers constats »."""
    end, many = _any_of("ends"), _any_of("counts")
    return re.compile(rf"\b(?P<n>{end}\s+{many}|{many}\s+{end})\s+{_nouns()}")


@cache
def _numbered_places() -> re.Pattern[str]:
    """ "finding 2", « constats n° 2 et 3 », "findings 2 to 4"."""
    sign = r"(?:n[o°]s?\.?|no\.|numbers?|numeros?|#)?\s*"
    more = rf"(?:(?:{_BETWEEN}|\s*(?:-|–|\bto\b|\ba\b)\s*)\d{{1,2}})*"
    return re.compile(rf"\b{_nouns()}\s*{sign}(?P<n>\d{{1,2}}{more})\b(?!\s*%)")


def _from_ordinals(match: re.Match[str]) -> list[int]:
    words = re.findall(_any_of("from_end", "from_start"), match["n"])
    return [
        next(place for pattern, place in _ordinals() if pattern.fullmatch(word)) for word in words
    ]


def _from_counts(match: re.Match[str]) -> list[int]:
    last = [_places_of(code)["ends"][1] for code in LANGUAGES]
    number = next(
        place
        for code in LANGUAGES
        for place, words in enumerate(_places_of(code)["counts"], start=2)
        if re.search(rf"\b(?:{'|'.join(words)})\b", match["n"])
    )
    from_end = any(re.search(rf"\b{word}\b", match["n"]) for words in last for word in words)
    return list(range(-number, 0)) if from_end else list(range(1, number + 1))


def _from_numbers(match: re.Match[str]) -> list[int]:
    numbers: list[int] = []
    between = False
    for part in re.findall(r"\d+|-|–|\bto\b|\ba\b", match["n"]):
        if not part.isdigit():
            between = True
            continue
        numbers.extend(range(numbers[-1] + 1 if between else int(part), int(part) + 1))
        between = False
    return numbers


def _places_of(language: Language) -> dict[str, Any]:
    places: dict[str, Any] = entries("instructions", language)["places"]
    return places


#: How a line is named by its place: the pattern, and the places that a match names.
_PLACES: tuple[
    tuple[Callable[[], re.Pattern[str]], Callable[[re.Match[str]], Sequence[int]]], ...
] = (
    (_counted_places, _from_counts),
    (_ordinal_places, _from_ordinals),
    (_numbered_places, _from_numbers),
)

# -- which sentence is meant -------------------------------------------------------------------

#: So much of what the words say (by how rare they are) must be in the sentence that is meant…
FITS = 0.6
#: …and so much more than in the next best one that says something else.
CLEARLY = 0.1
#: What the cosine of sentence vectors adds to that: it decides among sentences with the words.
NEARNESS = 0.5


@dataclass(frozen=True, slots=True)
class _Source:
    """What a comment may name: the brief's lines, and what its document could tell."""

    brief: Brief
    document: Document
    reading: Reading | None
    """None where the comment names nothing."""

    def lines(self) -> list[Segment]:
        return [segment for segment in self.brief.segments if segment.evidence]

    def candidates(self) -> Sequence[Finding | Point]:
        assert self.reading is not None  # the comment names something
        if self.document.kind == "paper":
            return findings(self.reading)
        return points(self.reading)


def _named(part: _Part, source: _Source) -> tuple[Instructions, list[NotFollowed]]:
    """The lines, quotations or descriptions that a part names."""
    find, line = _FIND[part.kind]
    rest = _reasonless(part.rest)
    if _of_a_part(part.lead, rest):
        return Instructions(), [NotFollowed(part.words, "not_understood")]
    if _LINES.search(part.lead + rest):
        numbers = [number for text in (part.lead, rest) for number in _numbers(text)]
        found = [line(number, source) for number in numbers]
        besides = _left_over(_LINES.sub(" ", part.lead), _LINES.sub(" ", rest))
    elif quotes := QUOTATION.findall(rest):
        found = [find(quote, source) for quote in quotes]
        besides = _left_over(part.lead, QUOTATION.sub(" ", rest))
    elif _content(rest):
        found = [find(_trimmed(rest), source)]
        besides = _left_over(part.lead)
    else:
        found, besides = [find(_trimmed(part.lead), source)], []
    spans = tuple(span for item in found if isinstance(item, tuple) for span in item)
    refused = [
        replace(item, words=item.words or part.words)
        for item in found
        if isinstance(item, NotFollowed)
    ]
    if part.kind == "leave_out":
        return Instructions(leave_out=spans), [*refused, *besides]
    return Instructions(bring_in=spans), [*refused, *besides]


def _of_a_part(lead: str, rest: str) -> bool:
    """Whether words within a line are named: "remove “clearly” from s5", "s5: drop the date"."""
    if rest.lstrip().startswith(":"):
        return False  # "bring in: nobody said a word about water"
    if _cue("wording").search(_folded(QUOTATION.sub(" ", rest))):
        return True
    if any(_letters(quote).count(" ") < 2 for quote in QUOTATION.findall(rest)):
        return True
    line = _LINES.search(rest)
    named = rest[: line.start()] if line else rest
    within = line or _LINES.search(lead)
    return bool(within) and not _said_nothing(_folded(named), "generic")


def _reasonless(text: str) -> str:
    """What is said before "because"."""
    reason = _cue("because").search(_folded(text))
    return text[: reason.start()] if reason else text


def _numbers(text: str) -> Iterator[int]:
    """The numbers of lines in a text: "s5", "s5–s7"."""
    for first, last in _LINES.findall(text):
        yield from range(int(first), int(last or first) + 1)


def _line_left_out(number: int, source: _Source) -> Found:
    """What a line of the brief stands on, and what says the same and would take its place."""
    named = [segment for segment in source.brief.segments if segment.id == f"s{number}"]
    if not named:
        return NotFollowed(f"s{number}", "no_such_line" if number else "no_such_place")
    if named[0].section == "terms":
        return NotFollowed(f"s{number}", "term")
    if not named[0].evidence:
        return NotFollowed(f"s{number}", "fixed_text")
    own = _own(named[0], source)
    return (*own, *_same(own, source))


def _own(line: Segment, source: _Source) -> tuple[Span, ...]:
    """What a line tells; where another sentence writes an abbreviation out is not told."""
    first, *others = [(item.start, item.end) for item in line.evidence]
    assert source.reading is not None  # the comment names something
    elsewhere = [
        (sentence.start, sentence.end)
        for sentence in source.reading.sentences
        if not meets(first, [(sentence.start, sentence.end)])
    ]
    return (first, *(span for span in others if span in elsewhere or not meets(span, elsewhere)))


def _same(spans: Sequence[Span], source: _Source) -> list[Span]:
    """The sentences that say the same as these; none that stands in the brief by itself.

    That one the person saw, and did not name.
    """
    reading = source.reading
    if reading is None or reading.vectors is None:  # an exchange has none
        return []
    places = [(sentence.start, sentence.end) for sentence in reading.sentences]
    own = [place for place, span in enumerate(places) if meets(span, spans)]
    if not own:
        return []
    near = (reading.vectors @ reading.vectors[own].T).max(axis=1) >= SAME
    told = [(item.start, item.end) for line in source.lines() for item in line.evidence]
    return [span for span, same in zip(places, near, strict=True) if same and not meets(span, told)]


def _line_brought_in(number: int, source: _Source) -> Found:
    """The finding or point that a line of the brief tells: it is told in any case."""
    found = _line_left_out(number, source)
    if isinstance(found, NotFollowed):
        return found
    spans = [(one.start, one.end) for one in source.candidates()]
    own = tuple(span for span in spans if meets(span, found))
    return own or NotFollowed(f"s{number}", "fixed_text")


def _described_line(words: str, source: _Source) -> Found:
    """The line of the brief that fits these words."""
    lines = source.lines()
    texts = [" ".join([line.text, *(item.quote for item in line.evidence)]) for line in lines]
    best = _best(words, texts)
    if isinstance(best, NotFollowed):
        return best
    return _line_left_out(int(lines[best].id.removeprefix("s")), source)


def _described_candidate(words: str, source: _Source) -> Found:
    """The finding or point of the document that fits these words."""
    document, candidates = source.document, source.candidates()
    texts = [document.text[one.start : one.end] for one in candidates]
    if _quotes(words, document.text) and not any(_quotes(words, text) for text in texts):
        return NotFollowed(words, "cannot_stand_alone")
    best = _best(words, texts)
    if isinstance(best, NotFollowed):
        return best
    return ((candidates[best].start, candidates[best].end),)


Found = tuple[Span, ...] | NotFollowed
#: How what is named is found: by words, and by the number of a line.
_FIND: dict[str, tuple[Callable[[str, _Source], Found], Callable[[int, _Source], Found]]] = {
    "leave_out": (_described_line, _line_left_out),
    "bring_in": (_described_candidate, _line_brought_in),
}


def _quotes(words: str, text: str) -> bool:
    """Whether a text has these words in a row; fewer than three quote nothing."""
    letters = _letters(words)
    return letters.count(" ") >= 2 and f" {letters} " in f" {_letters(text)} "


def _best(words: str, texts: Sequence[str]) -> int | NotFollowed:
    """Which text is clearly meant: the one that has the words to the letter, or most of them."""
    holding = [place for place, text in enumerate(texts) if _quotes(words, text)]
    if len(holding) == 1:
        return holding[0]
    wanted = _content(words)
    if not wanted or not texts:
        return NotFollowed(words, "no_match")
    contents = [_content(text) for text in texts]
    known = Counter(word for content in contents for word in content)
    rarity = {word: math.log(1 + len(texts) / (known[word] + 0.5)) for word in wanted}
    shares = [
        sum(rarity[word] for word in wanted & content) / sum(rarity.values())
        for content in contents
    ]
    vectors = encoder.encode([words, *texts])
    scores = [
        share + NEARNESS * float(vectors[0] @ vector)
        for share, vector in zip(shares, vectors[1:], strict=True)
    ]
    best = max(range(len(texts)), key=lambda place: (scores[place], -place))
    rivals = [
        score
        for score, vector in zip(scores, vectors[1:], strict=True)
        if float(vector @ vectors[1 + best]) < SAME
    ]
    if shares[best] < FITS:
        return NotFollowed(words, "no_match")
    if max(rivals, default=0.0) > scores[best] - CLEARLY:
        return NotFollowed(words, "several")
    return best


def _letters(text: str) -> str:
    """A text as its words alone."""
    return " ".join(ALPHANUMERIC.findall(_folded(text)))


@cache
def _small_words() -> frozenset[str]:
    from spacy.util import get_lang_class  # heavy, and seldom needed

    return frozenset(
        _folded(word)
        for language in LANGUAGES
        for word in get_lang_class(language).Defaults.stop_words
    )


def _content(text: str) -> frozenset[str]:
    """The stems of the words that say what a text is about: their first five letters."""
    words = ALPHANUMERIC.findall(_cue("generic", "filler").sub(" ", _folded(text)))
    return frozenset(
        word if word.isdigit() else (word[:-1] if word.endswith(("s", "x")) else word)[:5]
        for word in words
        if word not in _small_words() and (len(word) > 1 or word.isdigit())
    )

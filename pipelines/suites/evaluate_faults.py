"""The suite ``faults``: how many planted faults verification catches, and how often it cries wolf.

``path`` is any folder of documents (or one). Each is drafted, and one fault of each kind is
planted into each segment that passes, as often as the kind has somewhere to stand: into the
segment as it is, and into a wording of the same meaning. A fault is caught where any rule fails.
False alarms are counted on the untouched segments and on sentences of the document, each checked
as its own evidence. What is planted is data (``faults.toml``); nothing is random.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.document import BODY_KINDS, Document, other
from corpus.errors import PasserelleError
from corpus.readers import read
from models.components.places import places
from models.parsing import parse
from pipelines.brief import Brief, Segment, Target
from pipelines.claims.strength import strength
from pipelines.draft import draft
from pipelines.language.lexicon import entries, pattern, rows
from pipelines.language.numbers import numbers
from pipelines.language.words import base, words_of
from pipelines.reading.reading import readings_of
from pipelines.rewrite.lines import evidence
from pipelines.rewrite.steps import tidy
from pipelines.verification.support import words
from pipelines.verify import failures

KINDS = (
    "number",
    "unit",
    "sign",
    "negation",
    "hedge",
    "entity",
    "scope",
    "strength",
    "derived",
    "swapped_citation",
)
#: How many faults of one kind a segment is given at most.
MOST = 3
#: Untouched sentences of a document that are checked as their own evidence.
OWN_SENTENCES = 30
_NOT_TOLD = ("sources", "terms")


@dataclass(frozen=True, slots=True)
class Planted:
    """A segment with one fault."""

    kind: str
    segment: Segment


@dataclass(frozen=True, slots=True)
class PlantedFaults:
    """What became of the faults planted into one document's draft."""

    planted: tuple[tuple[Planted, bool], ...]
    """Each fault, and whether it was caught."""
    untouched: int
    alarms: tuple[Segment, ...]


def evaluate(path: Path, drafted: Callable[[Document], Brief] = draft) -> dict[str, float]:
    """Catch rate over all and by kind, and the false alarm rate, as fractions; both counts.

    Raises ``ValueError`` where the folder holds no document that can be drafted.
    """
    outcomes = [outcome(document, drafted) for document in documents_in(path)]
    if not outcomes:
        raise ValueError("no document that can be read; give a folder of papers or transcripts")
    caught = Counter(p.kind for o in outcomes for p, found in o.planted if found)
    all_of = Counter(p.kind for o in outcomes for p, _ in o.planted)
    untouched = sum(o.untouched for o in outcomes)
    alarms = sum(len(o.alarms) for o in outcomes)
    figures = {"catch_rate": caught.total() / max(all_of.total(), 1)}
    figures |= {f"catch_rate_{kind}": caught[kind] / all_of[kind] for kind in KINDS if all_of[kind]}
    figures["false_alarm_rate"] = alarms / max(untouched, 1)
    rounded = {name: round(value, 4) for name, value in figures.items()}
    return {**rounded, "faults": all_of.total(), "untouched": untouched}


def documents_in(path: Path) -> Iterator[Document]:
    """Every document of a folder, by name; what can't be read is passed over."""
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    for file in files:
        if not file.is_file():
            continue
        try:
            yield read(file)
        except PasserelleError:
            continue


def outcome(document: Document, drafted: Callable[[Document], Brief] = draft) -> PlantedFaults:
    """Plant faults into the draft of one document, and check everything."""
    readings = readings_of([document])
    told = [s for s in drafted(document).segments if s.evidence and s.section not in _NOT_TOLD]
    own = list(_own_sentences(document))
    alarms = [segment for segment in (*told, *own) if failures(segment, readings)]
    good = [segment for segment in told if segment not in alarms]
    planted = []
    for segment in good:
        for fault in plant(segment, document, good):
            planted.append((fault, bool(failures(fault.segment, readings))))
    return PlantedFaults(tuple(planted), len(told) + len(own), tuple(alarms))


def _own_sentences(document: Document) -> Iterator[Segment]:
    """Sentences spread over the document, each with itself as evidence."""
    spans = []
    for block in document.blocks:
        if block.kind not in BODY_KINDS:
            continue
        text = document.text[block.start : block.end]
        spans += [
            (block.start + sentence.start_char, block.start + sentence.end_char)
            for sentence in parse(text, document.language).sents
            if len(sentence.text.split()) >= 5
        ]
    step = max(1, len(spans) // OWN_SENTENCES)
    for start, end in spans[::step][:OWN_SENTENCES]:
        span = evidence(document, start, end)
        language = document.language
        yield Segment(
            "own", "findings", span.quote, language, Target(other(language)),
            strength(span.quote, language), evidence=(span,),
        )  # fmt: skip


# -- planting ------------------------------------------------------------------------------------


def plant(segment: Segment, document: Document, good: Sequence[Segment]) -> Iterator[Planted]:
    """Every fault that a segment has room for, in its own words and in others of their meaning."""
    readings = readings_of([document])
    wordings = [segment.text]
    reworded = _same_meaning(segment)
    if reworded != segment.text and not failures(replace(segment, text=reworded), readings):
        wordings.append(reworded)
    for text in wordings:
        for kind in KINDS:
            if kind == "swapped_citation":
                continue
            made = [m for m in _PLANTERS[kind](text, segment, document) if m != text]
            for wrong in list(dict.fromkeys(made))[:MOST]:
                yield Planted(kind, replace(segment, text=wrong))
    yield from _swapped(segment, good)


def _swapped(segment: Segment, good: Sequence[Segment]) -> Iterator[Planted]:
    """The evidence of the next segment that shares no characters with this one's."""
    at = good.index(segment)
    for other_one in (*good[at + 1 :], *good[:at]):
        apart = all(
            one.end <= two.start or two.end <= one.start
            for one in segment.evidence
            for two in other_one.evidence
        )
        if apart:
            yield Planted("swapped_citation", replace(segment, evidence=other_one.evidence))
            return


def _same_meaning(segment: Segment) -> str:
    text = segment.text
    for cue, instead in entries("faults", segment.language)["same"]:
        text = next(_replaced(text, cue, instead), text)
    return text


def _replaced(text: str, cue: str, instead: str) -> Iterator[str]:
    """The text with one match of ``cue`` replaced, match by match, capitals kept."""
    bounded = rf"(?<![\w-]){cue}" + ("" if cue.endswith((" ", ")")) else r"(?![\w-])")
    for match in re.finditer(bounded, text, re.IGNORECASE):
        new = match.expand(instead)
        if match.group()[:1].isupper():
            new = new[:1].upper() + new[1:]
        yield tidy(text[: match.start()] + new + text[match.end() :])


def _from_list(key: str) -> Callable[[str, Segment, Document], Iterator[str]]:
    def planted(text: str, segment: Segment, document: Document) -> Iterator[str]:
        for cue, instead in entries("faults", segment.language)[key]:
            yield from _replaced(text, cue, instead)

    return planted


def _number(text: str, segment: Segment, document: Document) -> Iterator[str]:
    quoted = " ".join(item.quote for item in segment.evidence)
    known = {item.value for item in numbers(quoted, segment.language)}
    for item in (one for one in numbers(text, segment.language) if one.in_digits):
        at = next(n for n in range(item.start, item.end) if text[n].isdigit())
        for step in range(1, 9):
            digit = str((int(text[at]) - 1 + step) % 9 + 1)
            wrong = text[:at] + digit + text[at + 1 :]
            if {q.value for q in numbers(wrong, segment.language)} - known:
                yield wrong
                break
    names = entries("faults", segment.language)["numbers"]
    for name, following in zip(names, [*names[1:], names[0]], strict=True):
        if not re.search(rf"\b{following}\b", quoted, re.IGNORECASE):
            yield from _replaced(text, name, following)


def _unit(text: str, segment: Segment, document: Document) -> Iterator[str]:
    units = entries("faults", segment.language)["units"]
    for item in numbers(text, segment.language):
        for unit, instead in units.items():
            after = re.match(rf"[\s\u00a0-]?{re.escape(unit)}(?!\w)", text[item.end :])
            if after:
                gap = "" if instead.startswith(" ") else after.group()[: -len(unit)]
                yield text[: item.end] + gap + instead + text[item.end + after.end() :]


def _sign(text: str, segment: Segment, document: Document) -> Iterator[str]:
    yield from _from_list("sign")(text, segment, document)
    for item in numbers(text, segment.language):
        if item.written[:1] in "−-–":
            yield text[: item.start] + text[item.start + 1 :]


def _negation(text: str, segment: Segment, document: Document) -> Iterator[str]:
    denied = list(_from_list("affirm")(text, segment, document))
    yield from denied
    if not denied:
        yield from _from_list("negate")(text, segment, document)


def _entity(text: str, segment: Segment, document: Document) -> Iterator[str]:
    """A noun or name replaced by another of the same document and the same number."""
    quoted = {k for e in segment.evidence for w in words(e.quote, segment.language) for k in w.keys}
    for alike in entries("faults", segment.language)["one_thing"]:
        keys = {base(word, segment.language) for word in alike}
        quoted |= keys if keys & quoted else set()
    nouns = [
        token
        for token in parse(text, segment.language)
        if token.pos_ in ("NOUN", "PROPN") and token.text.isalpha() and len(token.text) > 3
        and base(token.text, segment.language) in quoted
    ]  # fmt: skip
    for n, token in enumerate((nouns[:1] + nouns[-1:] + nouns[1:2])[:MOST]):
        plural = token.morph.get("Number", [])
        others = [
            word
            for word, number, name in _entities(document)
            if number == plural and name == (token.pos_ == "PROPN")
            and base(word, segment.language) not in quoted
        ]  # fmt: skip
        if not others:
            continue
        seed = hashlib.sha256(f"{text}{n}".encode()).digest()
        instead = others[int.from_bytes(seed[:4], "big") % len(others)]
        if token.text[:1].isupper():
            instead = instead[:1].upper() + instead[1:]
        yield text[: token.idx] + instead + text[token.idx + len(token.text) :]


#: Nouns and names by document: read once for all of its segments.
_FOUND: dict[str, list[tuple[str, list[str], bool]]] = {}


def _entities(document: Document) -> list[tuple[str, list[str], bool]]:
    """Nouns and names that a document has at least twice, with their number."""
    if document.id in _FOUND:
        return _FOUND[document.id]
    seen: Counter[tuple[str, str, bool]] = Counter()
    for block in document.blocks:
        if block.kind not in BODY_KINDS:
            continue
        for token in parse(document.text[block.start : block.end], document.language):
            if token.pos_ in ("NOUN", "PROPN") and token.text.isalpha() and len(token.text) > 3:
                number = "".join(token.morph.get("Number", []))
                name = token.pos_ == "PROPN"
                seen[token.text if name else token.text.lower(), number, name] += 1
    found = [
        (word, [number] if number else [], name)
        for (word, number, name), count in sorted(seen.items())
        if count >= 2
    ]
    _FOUND[document.id] = found
    return found


def _scope(text: str, segment: Segment, document: Document) -> Iterator[str]:
    language = segment.language
    quoted = " ".join(item.quote for item in segment.evidence)
    for cue, instead in entries("faults", language)["people"]:
        if not re.search(rf"\b{instead}\b", quoted, re.IGNORECASE):
            yield from _replaced(text, cue, instead)
    yield from _from_list("scope")(text, segment, document)
    for place in places(text, language):
        for instead in entries("faults", language)["places"]:
            if instead not in quoted:
                yield text[: place.start] + instead + text[place.end :]
                break
    years = pattern("scope", language, "times")
    for match in years.finditer(text):
        if re.fullmatch(r"(?:19|20)\d\d", match.group()):
            wrong = str(int(match.group()) - 7)
            if wrong not in quoted:
                yield text[: match.start()] + wrong + text[match.end() :]


def _derived(text: str, segment: Segment, document: Document) -> Iterator[str]:
    """A word replaced by one that only looks like its kin: "police", "policy"."""
    quoted = {word for item in segment.evidence for word in words_of(item.quote)}
    for _, (one, two) in rows("swaps", segment.language):
        for word, instead in ((one, two), (two, one)):
            if instead not in quoted and instead not in text.lower():
                yield from _replaced(text, re.escape(word), instead)


_PLANTERS: dict[str, Callable[[str, Segment, Document], Iterator[str]]] = {
    "number": _number,
    "unit": _unit,
    "sign": _sign,
    "negation": _negation,
    "hedge": _from_list("hedge"),
    "entity": _entity,
    "scope": _scope,
    "strength": _from_list("strength"),
    "derived": _derived,
}

"""Places in English and French text: known ones, and those that the words around make one.

``places(text, language)`` finds provinces, territories, municipalities, countries and states by
name ("Moncton (N.-B.)", « à Québec »), and others by cues ("the City of Rivebelle", « MRC de
Beauharnois-Salaberry », "the Grand River"). A name that is also a person's or a common word
(Hamilton, Victoria, Regina) counts only with a cue beside it, and never before "et al." or a
year. Institutions that hold a place's name (Statistics Canada, McGill) are none. The component
``passerelle_places`` puts them on a ``Doc``.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from spacy.language import Language as SpacyPipeline
from spacy.tokens import Doc, Span

from corpus.document import Language
from corpus.text import CAPITALIZED, PARENTHESES, cue_pattern
from models.components import table
from models.components.gazetteer import Named, PlaceKind, Toponym, is_acronym, names_in
from models.components.spans import whole_tokens


@dataclass(frozen=True, slots=True)
class Place:
    """One place that a text names."""

    kind: PlaceKind
    region: str
    """Code of the province, territory, state (``US-VT``) or country that it is in or is; empty
    where it isn't known."""
    en: str
    fr: str
    """The name in each language; as written in both where the place isn't among the known."""
    start: int
    """First character, code points into the text."""
    end: int
    written: str
    """As the text has it."""


#: Spaces, apostrophes and hyphens as typewriters have them; single characters, offsets stay.
_PLAIN = str.maketrans({"\u00a0": " ", "\u202f": " ", "\n": " ", "’": "'", "\u2011": "-"})
#: What may stand between a place and the larger one that it is in, and between two places.
_ATTACHED = frozenset({", ", " (", ", ("})
_LINKS = ("and", "or", "et", "ou", "to", "à", "and in", "et à")
_COORDINATED = frozenset(
    {", ", " (", "-", "–", "/", *(f"{comma} {link} " for comma in ("", ",") for link in _LINKS)}
)
_CAPITALIZED_BEFORE = re.compile(rf"(?P<word>{CAPITALIZED}) $")


@cache
def _cue(language: Language, key: str, before: str, after: str) -> re.Pattern[str]:
    """A list of cues between what must stand around it, as the list writes small and capitals."""
    return cue_pattern(table("places")[language][key], before, after, re.NOFLAG)


_NO_WORD_BEFORE, _NO_WORD_AFTER = r"(?<![\w-])", r"(?![\w-])"


def _before(language: Language, key: str) -> re.Pattern[str]:
    return _cue(language, key, _NO_WORD_BEFORE, "$")


def _lead(language: Language, key: str) -> re.Pattern[str]:
    return _cue(language, key, _NO_WORD_BEFORE, r"(?: (?:the|la|le|les) | |(?<='))$")


def _after(language: Language, key: str) -> re.Pattern[str]:
    return _cue(language, key, "", "")


def _window(text: str, start: int) -> str:
    return text[max(0, start - 40) : start]


def _refused(text: str, name: Named, guarded: bool, language: Language) -> bool:
    """Whether what stands beside a name says that it is no place there."""
    before = _window(text, name.start)
    if _after(language, "authors_after").match(text, name.end):
        return True
    if _before(language, "institutions_before").search(before):
        return True
    if _after(language, "institutions_after").match(text, name.end):
        return True
    if not guarded:
        return False
    if _after(language, "persons_after").match(text, name.end):
        return True
    if _before(language, "persons_before").search(before):
        return True
    word = _CAPITALIZED_BEFORE.search(before)
    openers = table("places")[language]["openers"]
    if word and word["word"] not in openers and not before.rstrip().endswith("City of"):
        return True
    after = text[name.end + 1 : name.end + 3]
    capitalized = len(after) == 2 and after.isalpha() and after.istitle()
    return capitalized and text[name.end] == " "


def _led(text: str, name: Named, language: Language) -> bool:
    """Whether a cue stands before a guarded name."""
    before = _window(text, name.start)
    if _lead(language, "leads").search(before):
        return True
    acronym = is_acronym(text[name.start : name.end])
    return acronym and bool(_lead(language, "acronym_leads").search(before))


def _is_guarded(text: str, name: Named) -> bool:
    written = text[name.start : name.end]
    every = all(entry.guarded for entry in name.entries)
    return (every and "," not in written) or is_acronym(written)


def _regions_after(names: Sequence[Named], text: str) -> dict[int, Toponym]:
    """By the index of a name, the province, state or country told right after it."""
    told = {}
    for index, (name, following) in enumerate(itertools.pairwise(names)):
        between = text[name.end : following.start]
        larger = [entry for entry in following.entries if entry.kind != "municipality"]
        if larger and between in _ATTACHED and not name.attached:
            told[index] = larger[0]
    return told


def _chosen(
    text: str, name: Named, following: Named | None, told: Toponym | None, language: Language
) -> Toponym | None:
    """Which of the places of one name is meant; None where it is another than the known ones."""
    if told and all(entry.kind == "municipality" for entry in name.entries):
        return next((entry for entry in name.entries if _is_in(entry, told)), None)
    if language == "fr" and len(name.entries) > 1:  # « à Québec » or « au Québec »
        listed = following and text[name.end : following.start] in (", ", " et ")
        beside_town = listed and following and following.entries[0].kind == "municipality"
        led = _before(language, "town_leads").search(_window(text, name.start))
        town = bool(beside_town or led)
        for entry in name.entries:
            if (entry.kind == "municipality") == town:
                return entry
    return name.entries[0]


def _is_in(entry: Toponym, larger: Toponym) -> bool:
    if larger.en == "Canada":
        return len(entry.region) == 2 and entry.region not in ("US", "GB", "FR")
    countries = {"United States": "US", "United Kingdom": "GB", "England": "GB", "France": "FR"}
    return entry.region in (larger.region, countries.get(larger.en, "?"))


def _accepted(text: str, names: Sequence[Named], language: Language) -> list[bool]:
    """For every known name, whether it is a place there."""
    told = _regions_after(names, text)
    guarded = [_is_guarded(text, name) for name in names]
    refused = [
        index not in told and _refused(text, name, guarded[index], language)
        for index, name in enumerate(names)
    ]
    sure = [
        not refused[index]
        and not name.attached
        and (not guarded[index] or index in told or _led(text, name, language))
        for index, name in enumerate(names)
    ]
    order = list(range(len(names)))
    for indices, step in ((order, -1), (order[::-1], 1)):
        for index in indices:
            beside = index + step
            if sure[index] or refused[index] or not 0 <= beside < len(names) or not sure[beside]:
                continue
            first, second = sorted((index, beside))
            between = text[names[first].end : names[second].start]
            after_name = step == -1 and between in _ATTACHED
            links = not names[index].attached and between in _COORDINATED
            sure[index] = after_name or links
    return [
        accepted and not _is_before_christ(text, name)
        for name, accepted in zip(names, sure, strict=True)
    ]


def _is_before_christ(text: str, name: Named) -> bool:
    before = _window(text, name.start)
    year = before.endswith(" ") and before[-2:-1].isdecimal()
    dated = year or before.endswith(("century ", "centuries "))
    return text[name.start : name.end] in ("B.C.", "BC") and dated


def _known(text: str, language: Language) -> list[Place]:
    """The known places of a text."""
    names = names_in(text, language)
    told = _regions_after(names, text)
    found = []
    for index, accepted in enumerate(_accepted(text, names, language)):
        if not accepted:
            continue
        name, larger = names[index], told.get(index)
        following = names[index + 1] if index + 1 < len(names) else None
        entry = _chosen(text, name, following, larger, language)
        written = text[name.start : name.end]
        if entry:
            place = (entry.kind, entry.region, entry.en, entry.fr)
        else:
            place = ("municipality", larger.region if larger else "", written, written)
        found.append(Place(*place, name.start, name.end, written))
    return found


_WORDS = r"(?:(?:St|Ste|Mt)\. ?)?[A-ZÀ-Þ][\w']*(?:-[\w']+)*"
_NAME = rf"{_WORDS}(?: (?:(?:de|du|des|la|le|sur|en|of|upon) )?{_WORDS}){{0,2}}"


@cache
def _cues(language: Language) -> tuple[tuple[PlaceKind, re.Pattern[str]], ...]:
    """For every kind, the patterns of a name with its place word; group ``place`` is the place."""
    data = table("places")[language]
    never = "|".join([*data["never"], *data["openers"], "This", "These", "Ces", "Cette", "Une"])
    name = rf"(?!(?:{never})\b){_NAME}"
    articles = "|".join(data["articles"])
    shapes = {
        "of_names": ("", rf" (?:{articles})(?P<place>{name})"),
        "after_names": (rf"(?P<place>{name} ", r")(?! [A-ZÀ-Þ])"),
        "before_names": ("(?P<place>", rf" {name})"),
    }
    return tuple(
        (
            kind,
            cue_pattern(words, _NO_WORD_BEFORE + before, after + _NO_WORD_AFTER, re.NOFLAG),
        )
        for key, (before, after) in shapes.items()
        for kind, words in data[key].items()
    )


def _cued(text: str, language: Language) -> Iterable[Place]:
    """Places that a place word makes one."""
    for kind, pattern in _cues(language):
        for match in pattern.finditer(text):
            start, end = match.span("place")
            whole = kind in ("water", "land") and language == "fr"
            start = match.start() if whole else start
            written = text[start:end]
            yield Place(kind, "", written, written, start, end, written)


def _in_a_province(language: Language) -> re.Pattern[str]:
    return _cue(language, "leads", _NO_WORD_BEFORE, rf" (?P<place>{_NAME})(?:, | \()$")


def _attached_names(text: str, known: Sequence[Place], language: Language) -> Iterable[Place]:
    """Names before a province or state: "in Elora, Ontario", « à Coaticook (Québec) »."""
    for larger in known:
        if larger.kind not in ("province", "territory", "state"):
            continue
        window_start = max(0, larger.start - 60)
        match = _in_a_province(language).search(text[window_start : larger.start])
        if match:
            start, end = (window_start + offset for offset in match.span("place"))
            written = text[start:end]
            yield Place("municipality", larger.region, written, written, start, end, written)


def _is_supplier(place: Place, known: Sequence[Place], text: str) -> bool:
    """Whether a place is the seat of a maker or a publisher: "(Lonza, Basel, Switzerland)"."""
    opening = text.rfind("(", max(0, place.start - 80), place.start)
    bracket = PARENTHESES.match(text, opening) if opening >= 0 else None
    if not bracket or bracket.end() < place.end:
        return False
    maker, separator, _ = bracket[1].replace(":", ",").replace(";", ",").partition(",")
    after_maker = bracket.start(1) + len(maker)
    if not separator or not maker[:1].isupper() or place.start < after_maker:
        return False
    inside = [other for other in known if bracket.start() < other.start < bracket.end()]
    named = any(other.start < after_maker for other in inside)
    canadian = any(len(other.region) == 2 for other in inside)
    return not named and not (canadian and " " not in maker.strip())


@lru_cache(maxsize=4096)
def places(text: str, language: Language) -> tuple[Place, ...]:
    """Every place of a text, in order, none inside another."""
    flat = text.translate(_PLAIN)
    known = _known(flat, language)
    told = [*known, *_attached_names(flat, known, language), *_cued(flat, language)]
    kept: list[Place] = []
    for place in told:
        if not _is_supplier(place, known, flat) and not any(
            other.start < place.end and place.start < other.end for other in kept
        ):
            kept.append(place)
    return tuple(
        Place(p.kind, p.region, *_as_written(p, text), p.start, p.end, text[p.start : p.end])
        for p in sorted(kept, key=lambda place: place.start)
    )


def _as_written(place: Place, text: str) -> tuple[str, str]:
    """Both names; an unknown place keeps the text's own apostrophes."""
    if place.en == place.written and place.fr == place.written:
        written = text[place.start : place.end]
        return written, written
    return place.en, place.fr


Doc.set_extension("places", default=(), force=True)
Span.set_extension("place", default=None, force=True)


@SpacyPipeline.component("passerelle_places", assigns=["doc.spans", "doc._.places", "span._.place"])
def passerelle_places(doc: Doc) -> Doc:
    """Put the places of a ``Doc`` into ``doc.spans["places"]``.

    Each span has the kind in capitals as its label (``PROVINCE``, ``MUNICIPALITY``, …) and the
    ``Place`` as ``Span._.place``; ``Doc._.places`` has all of them in order. Needs nothing of the
    pipeline before it: a blank one will do.

    >>> nlp = spacy.blank("en")
    >>> nlp.add_pipe("passerelle_places")
    >>> doc = nlp("Residents of Quebec City and Hamilton, Ont. were asked.")
    >>> [(span.text, span._.place.fr) for span in doc.spans["places"]]
    [('Quebec City', 'Québec'), ('Hamilton', 'Hamilton'), ('Ont.', 'Ontario')]
    """
    found = places(doc.text, "fr" if doc.lang_ == "fr" else "en")
    doc._.places = found
    doc.spans["places"] = [whole_tokens(doc, p.start, p.end, p.kind.upper()) for p in found]
    for span, place in zip(doc.spans["places"], found, strict=True):
        span._.place = place
    return doc

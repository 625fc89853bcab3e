"""What the judge of translations learns from: ``python benchmarks/translation_features.py PAIRS``.

In: the folder of the true pairs (``dev.jsonl``, ``documents.tsv``), and the faithful translations
among our own edits (``edits/seen.jsonl``), which are freer. Out: ``benchmarks/translations/
features.jsonl.xz``, a line a text pair: its document, the fault planted (none in a true pair) and
the numbers of its suspects; no text. Faults are planted by this file's own means, not by those of
the suite ``parity``: words that the checks' lists know are dropped or put in, words of one side of
an axis are put for the other's, stretches between any two joints are cut out, terms and names are
exchanged. Documents whose number is a multiple of three are left out, and faults are planted only
where the text's licence lets weights be trained on it.
"""

from __future__ import annotations

import csv
import json
import lzma
import random
import re
import sys
from collections.abc import Iterator
from functools import cache
from multiprocessing import Pool
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from corpus.document import Language, other
from models.translation_faults import Fault
from pipelines.language.dictionary import entries
from pipelines.language.lexicon import table
from pipelines.language.terms import every_term, terms_in
from pipelines.verification.aligned import aligned
from pipelines.verification.completeness import parts
from pipelines.verification.counterparts import axis_patterns, degrees_and_sides
from pipelines.verification.strangers import strangers
from pipelines.verification.suspects import Suspect, Suspecting
from pipelines.verification.termed import names, terms
from pipelines.verification.wordings import hedges, negations, turns

TABLE = Path(__file__).parent / "translations" / "features.jsonl.xz"
EDITS = Path(__file__).parent / "edits" / "seen.jsonl"
#: Words of a paragraph of a document.
PARAGRAPH = (5, 75)
#: What our own translations are numbered from, each a document of its own.
OWN = 1000
#: Every third document is kept aside; so many faults of a kind are planted in a pair.
ASIDE = 3
MOST = {"part": 8, "negation": 5, "hedge": 5, "turn": 5, "term": 5, "name": 4, "word": 3}
#: What of our own faulty translations has a fault that is learned.
OWN_FAULTS = {
    "t_negation": "negation", "t_hedge": "hedge", "t_direction": "turn", "t_quantifier": "turn",
    "t_missing": "part", "t_name": "name",
}  # fmt: skip
SUSPECTS: dict[Fault, Suspecting] = {
    "negation": negations, "hedge": hedges, "turn": turns, "part": parts, "term": terms,
    "name": names, "word": strangers,
}  # fmt: skip
#: Which faults answer for what is planted; a term may look like a name, and the reverse.
ANSWERING: dict[str, tuple[Fault, ...]] = {
    "negation": ("negation",), "hedge": ("hedge",), "turn": ("turn",), "part": ("part",),
    "term": ("term", "name", "word"), "name": ("name", "term"), "word": ("word",),
}  # fmt: skip

Planted = tuple[str, Language | None, str, str]
"""Kind, the text whose words lack a counterpart (None: either), and both texts."""

AUXILIARY = {
    "en": r"\b(?:is|are|was|were|can|could|will|would|should|must|may|might|has been|have been|do|"
    r"does|did|had)\b(?! (?:not|no|never)|n[’'])",
    "fr": r"\b(?:est|sont|était|étaient|a été|ont été|peut|peuvent|pourrait|pourraient|doit|doivent"
    r"|devrait|devraient|sera|seront|fait|font|permet|permettent|va|vont|faut|a|ont)\b"
    r"(?! (?:pas|aucun|jamais|plus|rien))",
}
MODALS = {
    "en": {"may": ["will", "must", ""], "might": ["will", "must", ""], "could": ["will", "must"]},
    "fr": {
        "peut": ["va", "doit", ""], "peuvent": ["vont", "doivent", ""],
        "pourrait": ["va", "devra", "peut toujours"], "pourraient": ["vont", "devront", ""],
        "puisse": ["doive"], "puissent": ["doivent"], "pourriez": ["allez"],
    },
}  # fmt: skip
CAUTIOUS = {
    "en": r"\b(?:may|might|could|possib|potential|perhaps)",
    "fr": r"pouv|peu[tv]|pourr|puiss|risqu|possib|éventuel|suscept",
}
IN_DOUBT = {
    "en": ["probably", "perhaps", "possibly", "apparently"],
    "fr": ["probablement", "peut-être", "possiblement", "apparemment"],
}
SEEMING = {"en": ["is", "will", "always"], "fr": ["est", "va", "toujours"]}
STRANGERS = {
    "en": "Moncton|Ghana|Peterson|Ellington|Denmark|Whitehorse|Marchetti|Labrador|Riverdale|"
    "Osborne|National Research Council",
    "fr": "Moncton|Ghana|Bélanger|Ellington|Danemark|Whitehorse|Marchetti|Labrador|"
    "Rivière-du-Loup|Gagnon|Conseil national de recherches",
}
#: How often a doubt is put in; the shortest and the longest stretch cut out, in words; letters of a
#: word that is no name.
IN_DOUBT_AT, CUT, SHORT = 0.6, (4, 25), 3
#: Letters by which a word ends like another of its kind.
ENDING = 3
JOINTS = {
    "en": "and or but which who that because when where while if so as to in of for with by",
    "fr": "et ou mais qui que dont où parce quand si afin pour dans de des avec par",
}


def planted(en: str, fr: str, seed: str) -> Iterator[Planted]:
    """Faults in either text of a pair, some of each kind, chosen at random."""
    chance = random.Random(seed)  # noqa: S311 (nothing secret)
    texts: dict[Language, str] = {"en": en, "fr": fr}
    found: list[Planted] = []
    for side in ("en", "fr"):
        language: Language = "fr" if side == "fr" else "en"
        text, beside = texts[language], texts[other(language)]
        for kind, lacking, made in _made(text, language, beside, chance):
            new = re.sub(r" +([,.])", r"\1", re.sub(r"  +", " ", made)).strip()
            if new and new not in (text, beside):
                both = {**texts, language: new}
                found.append((kind, lacking, both["en"], both["fr"]))
    for kind in ANSWERING:
        own = [one for one in found if one[0] == kind]
        chance.shuffle(own)
        yield from own[: MOST[kind]]


_Made = Iterator[tuple[str, Language | None, str]]
"""Kind, the text whose words lack a counterpart, and the text that was made."""


def _made(text: str, language: Language, beside: str, chance: random.Random) -> _Made:
    for planter in (
        _denials, _cautions, _sides, _cuts, _terms, _strangers, _other_words,
    ):  # fmt: skip
        yield from planter(text, language, beside, chance)


def _denials(text: str, language: Language, _: str, chance: random.Random) -> _Made:
    """One taken out; one put in."""
    for start, end, _kind, written in _asking("negation", text, language):
        yield "negation", other(language), _affirmed(text, start, end, written.lower(), language)
    if match := _any(re.finditer(AUXILIARY[language], text), chance):
        word = match.group()
        denied = f"{word} not"
        if language == "fr":
            denied = f"{'n’' if word[0] in 'aeéè' else 'ne '}{word} pas"
        yield "negation", language, text[: match.start()] + denied + text[match.end() :]


def _cautions(text: str, language: Language, beside: str, chance: random.Random) -> _Made:
    """One taken out, or said for sure; one put in."""
    there = other(language)
    match = _any(re.finditer(AUXILIARY[language], text), chance)
    if match and chance.random() < IN_DOUBT_AT:
        doubt = chance.choice(IN_DOUBT[language])
        yield "hedge", language, f"{text[: match.end()]} {doubt}{text[match.end() :]}"
    modals = rf"\b(?:{'|'.join(MODALS[language])})\b(?! \d|-être)"
    if re.search(CAUTIOUS[there], beside, re.IGNORECASE):
        for match in re.finditer(modals, text):
            instead = chance.choice(MODALS[language][match.group()])
            yield "hedge", there, text[: match.start()] + instead + text[match.end() :]
    for start, end, kind, _written in _asking("hedge", text, language):
        if kind != "may":
            instead = chance.choice(SEEMING[language]) if kind == "seems" else ""
            yield "hedge", there, text[:start] + instead + text[end:]


def _sides(text: str, language: Language, _: str, chance: random.Random) -> _Made:
    """A word of the other side of an axis."""
    for axis in table("counterparts")["opposites"]:
        for match in degrees_and_sides(axis, language).finditer(text):
            yield "turn", None, _turned(text, match, axis, language, chance)


def _cuts(text: str, language: Language, _: str, chance: random.Random) -> _Made:
    """A stretch between two joints cut out."""
    joints = rf"[,;:.!?–—()](?=\s|$)|\s(?=(?:{JOINTS[language].replace(' ', '|')})\b)"
    cuts = sorted({0, len(text), *(match.end() for match in re.finditer(joints, text))})
    total = len(text.split())
    for n, start in enumerate(cuts):
        for end in cuts[n + 1 :]:
            if CUT[0] <= len(text[start:end].split()) <= min(CUT[1], total - CUT[0]):
                yield "part", other(language), f"{text[:start]} {text[end:]}"


def _terms(text: str, language: Language, beside: str, chance: random.Random) -> _Made:
    """Another term, or official name, for one that both texts have."""
    known = {met.term.key for met in terms_in(beside, other(language))}
    for met in terms_in(text, language):
        if met.term.key in known:
            same = [one for one in every_term() if one.part == met.term.part]
            instead = chance.choice(same).terms[language]
            kind = "name" if met.term.part == "properNoun" else "term"
            yield kind, None, text[: met.start] + instead + text[met.end :]


def _strangers(text: str, language: Language, beside: str, chance: random.Random) -> _Made:
    """A stranger's name for one that both texts have."""
    words = aligned(*((text, beside) if language == "en" else (beside, text)))
    for n, word in enumerate(words.words(language)):
        name = word.text[0].isupper() and not word.text.isupper() and len(word.text) > SHORT
        if name and word.start and n in words.partners[language]:
            instead = chance.choice(STRANGERS[language].split("|"))
            yield "name", None, text[: word.start] + instead + text[word.start + len(word.text) :]


def _other_words(text: str, language: Language, beside: str, chance: random.Random) -> _Made:
    """A word of the dictionary that ends alike for one that has its counterpart."""
    words = aligned(*((text, beside) if language == "en" else (beside, text)))
    for n, word in enumerate(words.words(language)):
        ending = word.text[-ENDING:]
        if word.content and word.text.islower() and n in words.partners[language]:
            like = [one for one in _listed(language).get(ending, ()) if one != word.text]
            if like:
                instead = chance.choice(like)
                end = word.start + len(word.text)
                yield "word", None, text[: word.start] + instead + text[end:]


@cache
def _listed(language: Language) -> dict[str, list[str]]:
    """The words of the dictionary by their last letters."""
    found: dict[str, list[str]] = {}
    for english, french in entries():
        for word in [english] if language == "en" else french.split("|"):
            if re.fullmatch(r"[^\W\d_]{4,}", word):
                found.setdefault(word[-ENDING:], []).append(word)
    return {ending: sorted(set(words)) for ending, words in found.items()}


def _any(found: Iterator[re.Match[str]], chance: random.Random) -> re.Match[str] | None:
    every = list(found)
    return chance.choice(every) if every else None


def _asking(axis: str, text: str, language: Language) -> Iterator[tuple[int, int, str, str]]:
    for pattern, groups in axis_patterns(axis, language):
        for match in pattern.finditer(text):
            kind, asks = groups[match.lastgroup or ""]
            if asks:
                yield match.start(), match.end(), kind, match.group()


def _affirmed(text: str, start: int, end: int, written: str, language: Language) -> str:
    """A text without a denial."""
    if language == "fr":
        openings = list(re.finditer(r"\b(?:ne |n[’'])", text[:start]))
        if openings:
            first = openings[-1]
            return text[: first.start()] + text[first.end() : start] + text[end:]
        return text[:start] + text[end:]
    if written.endswith(("n't", "n’t")):
        return text[: end - 3] + text[end:]
    instead = {"cannot": "can", "without": "with", "no": "some", "none": "all", "nothing": "all"}
    return text[:start] + instead.get(written, "") + text[end:]


def _turned(
    text: str, match: re.Match[str], axis: str, language: Language, chance: random.Random
) -> str:
    """A text with a word of the other side of an axis."""
    degree = match.group("less") or match.group("more")
    if degree:
        less = ("moins" if language == "fr" else "less") if match.group("more") else None
        instead = less or ("plus" if language == "fr" else "more")
        return text[: match.start()] + instead + text[match.start() + len(degree) :]
    side = "down" if match.group("up") else "up"
    return text[: match.start()] + chance.choice(_plain(axis, side, language)) + text[match.end() :]


@cache
def _plain(axis: str, side: str, language: Language) -> list[str]:
    """The words of a side that stand in its list as they are."""
    cues = table("counterparts")["opposites"][axis][side][language]
    return [word for word in cues if re.fullmatch(r"[^\W\d_]+", word)][:8] or [""]


def _row(suspect: Suspect, lost: frozenset[int] = frozenset()) -> dict[str, Any]:
    """A suspect's numbers; with how much of what it is made of is what was lost, where known."""
    row: dict[str, Any] = {"fault": suspect.fault}
    if lost:
        end = suspect.start + len(suspect.written)
        inside = sum(suspect.start <= start < end for start in lost)
        beyond = max(0.0, suspect.features["contents"] - inside)
        row["overlap"] = round(inside / (len(lost) + beyond), 4)
    return {
        **row,
        **{name: round(value, 4) for name, value in suspect.features.items() if value},
    }


def _key(suspect: Suspect) -> str:
    return json.dumps([suspect.written, suspect.language, _row(suspect)], sort_keys=True)


def pairs(folder: Path) -> Iterator[dict[str, Any]]:
    """The published pairs but every third document, then our own faithful translations."""
    free = {row["doc"] for row in _documents(folder) if row["free"] == "yes"}
    for line in (folder / "dev.jsonl").read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        if int(pair["doc"]) % ASIDE:
            yield {**pair, "free": pair["doc"] in free}
    for number, line in enumerate(EDITS.read_text(encoding="utf-8").splitlines()):
        edit = json.loads(line)
        fault = "" if edit["faithful"] else OWN_FAULTS.get(edit["kind"])
        if edit["target"] and fault is not None:
            both = {edit["language"]: edit["text"], other(edit["language"]): edit["target"]}
            told = {"id": edit["id"], "doc": str(OWN + number), "free": True}
            yield {**both, **told, "fault": fault}


def paragraphs(folder: Path) -> Iterator[dict[str, Any]]:
    """The paragraphs of the same documents that may be trained on, but for those that are pairs.

    They weren't read one by one, and are freer: for training, not for figures.
    """
    seen = {one["en"] for one in pairs(folder)}
    for row in _documents(folder):
        if row["split"] == "dev" and row["free"] == "yes" and int(row["doc"]) % ASIDE:
            both = [_plain_lines(folder / "documents" / f"{row['doc']}.{code}.md")
                    for code in ("en", "fr")]  # fmt: skip
            for number, (en, fr) in enumerate(zip(*both, strict=True)):
                if PARAGRAPH[0] <= len(en.split()) <= PARAGRAPH[1] and en != fr and en not in seen:
                    told = {"id": f"{row['doc']}.p{number}", "doc": row["doc"], "free": True}
                    yield {"en": en, "fr": fr, **told, "whole": True}


def _plain_lines(file: Path) -> list[str]:
    """The lines of a document without its marks."""
    lines = file.read_text(encoding="utf-8").splitlines()
    bare = (re.sub(r"[*_`]", "", line).strip() for line in lines if line.strip())
    return [re.sub(r"^(#+|[-*]|\d+\.|>)\s+", "", line) for line in bare]


def _documents(folder: Path) -> list[dict[str, str]]:
    with (folder / "documents.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def lines(folder: Path) -> Iterator[dict[str, Any]]:
    """True pairs, each before what was planted in it."""
    with Pool() as pool:
        for found in pool.imap(of_pair, [*pairs(folder), *paragraphs(folder)], chunksize=8):
            yield from found


def of_pair(pair: dict[str, Any]) -> list[dict[str, Any]]:
    """The line of a true pair, and those of what was planted in it."""
    return list(_of_pair(pair))


def _of_pair(pair: dict[str, Any]) -> Iterator[dict[str, Any]]:
    en, fr = pair["en"], pair["fr"]
    if kind := pair.get("fault"):
        rows = [_row(one) for fault in ANSWERING[kind] for one in SUSPECTS[fault](en, fr)]
        yield {**_told(pair), "planted": kind, "suspects": rows}
        return
    own = [one for suspecting in SUSPECTS.values() for one in suspecting(en, fr)]
    before = {_key(one) for one in own}
    told = _told(pair)
    yield {**told, "planted": "", "suspects": [_row(one) for one in own]}
    if not pair["free"]:
        return
    for kind, lacking, faulty_en, faulty_fr in planted(en, fr, pair["id"]):
        suspects = [
            one
            for fault in ANSWERING[kind]
            for one in SUSPECTS[fault](faulty_en, faulty_fr)
            if lacking in (None, one.language) and _key(one) not in before
        ]
        lost = _lost(en, fr, faulty_en, faulty_fr) if kind == "part" else frozenset()
        rows = [_row(one, lost) for one in suspects]
        yield {**told, "planted": kind, "suspects": rows}


def _told(pair: dict[str, Any]) -> dict[str, Any]:
    whole = {"whole": True} if pair.get("whole") else {}
    return {"doc": pair["doc"], "pair": pair["id"], "free": pair["free"], **whole}


def _lost(en: str, fr: str, faulty_en: str, faulty_fr: str) -> frozenset[int]:
    """Where the words begin that lost their counterparts to a cut."""
    words = aligned(en, fr)
    cut, before, after = ("en", en, faulty_en) if en != faulty_en else ("fr", fr, faulty_fr)
    language: Language = "fr" if cut == "fr" else "en"
    start = next((n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
    own, theirs = words.words(language), words.words(other(language))
    end = start + len(before) - len(after)
    gone = [n for n, word in enumerate(own) if start - 1 <= word.start < end]
    partners = words.partners[language]
    return frozenset(theirs[partners[n]].start for n in gone if n in partners)


def main() -> None:
    """Write the table."""
    TABLE.parent.mkdir(exist_ok=True)
    with lzma.open(TABLE, "wt", encoding="utf-8") as out:
        for line in lines(Path(sys.argv[1])):
            out.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()

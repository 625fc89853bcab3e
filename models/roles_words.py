"""What an English sentence does, told by the words that it is known by, without parsing.

In: the sentences of one abstract. Out: the names of what was found in each, as one string a
sentence: classes of cue words (``roles_cues.toml``), alone and after "we", "was" or "to"; person,
tense, modals, numbers, length; the same of its neighbours; what came before and comes after; the
place. Three points of F1 better than words and pairs of words weighted by TF-IDF (card of the
artefact), a hundredth of their size, and each name can be read.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources

_TOKEN = re.compile(r"\w+(?:-\w+)*|[^\w\s]")
#: A figure that was measured: "0.4", "12 %", "p < …".
FIGURE = re.compile(r"\d[.,]\d|\d ?%|[<=>]")
_WE = frozenset({"we", "i"})
_OURS = frozenset({"we", "our", "us"})
_BE = frozenset({"is", "are", "was", "were", "been"})
_MODALS = frozenset({"can", "may", "could", "might", "should", "will", "would", "must"})
#: What, once told or still to be told, changes what the other sentences do.
_TURNS = frozenset({"first person", "finding", "study", "aim_verb"})
#: Relative places in an abstract, as bins, and words in one step of length.
_BINS, _LENGTH_STEP = 6, 6


@cache
def _cues() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]], dict[str, str]]:
    """Classes by single lemma, classes by words in a row, lemmas of irregular forms."""
    tables = tomllib.loads(
        resources.files("models").joinpath("roles_cues.toml").read_text(encoding="utf-8")
    )
    single: dict[str, tuple[str, ...]] = {}
    rows: dict[str, tuple[str, ...]] = {}
    for name, entries in tables["en"].items():
        for entry in entries:
            chosen = rows if " " in entry else single
            chosen[entry] = (*chosen.get(entry, ()), name)
    return single, rows, tables["en_forms"]


def _lemmas(word: str) -> Iterator[str]:
    """What a word form may be a form of; most are no words, and so in no class."""
    yield word
    if word.endswith(("ies", "ied")):
        yield word[:-3] + "y"
    if word.endswith("s"):
        yield word[:-1]
    if word.endswith(("es", "ed")):
        yield from (word[:-2], word[:-1])
    if word.endswith("ing"):
        yield from (word[:-3], word[:-3] + "e")
    for ending in ("ed", "ing"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2 and stem[-1] == stem[-2]:
            yield stem[:-1]


@cache
def _classes(word: str) -> tuple[str, ...]:
    """The classes of a lower-case word form."""
    single, _, irregular = _cues()
    if word in irregular:
        return single.get(irregular[word], ())
    found = {name for lemma in _lemmas(word) for name in single.get(lemma, ())}
    return tuple(sorted(found))


def _form(word: str) -> str:
    """The form of a verb: "ed" stands for the past as well as for the participle."""
    if word.endswith("ed") or word in _cues()[2]:
        return "ed"
    return "ing" if word.endswith("ing") else ""


def _verbs(before: str, word: str, name: str) -> Iterator[str]:
    """A verb of a class, in its form, and after what."""
    yield f"{name}+{_form(word)}"
    if before in _WE:
        yield f"we+{name}+{_form(word)}"
    if before in _BE or before == "to":
        yield f"{before}+{name}"


def _told(text: str) -> frozenset[str]:
    """What one sentence tells, whatever stands around it."""
    words = _TOKEN.findall(text.lower())
    found = {f"length={min(9, len(words) // _LENGTH_STEP)}"}
    for index, word in enumerate(words):
        for name in _classes(word):
            found.add(name)
            if index < 3:
                found.add(f"opens+{name}")
            if name.endswith("_verb"):
                found.update(_verbs(words[index - 1] if index else "", word, name))
    joined = f" {' '.join(words)} "
    for row, names in _cues()[1].items():
        if f" {row} " in joined:
            found.update(f"row+{name}" for name in names)
    seen = frozenset(words)
    found.update(f"modal={word}" for word in seen & _MODALS)
    found.update(name for name, holds in _signs(text, seen) if holds)
    return frozenset(name.replace(" ", "_") for name in found)


def _signs(text: str, words: frozenset[str]) -> tuple[tuple[str, bool], ...]:
    return (
        ("first person", bool(words & _OURS)),
        ("past", bool(words & {"was", "were"}) or any(word.endswith("ed") for word in words)),
        ("present", bool(words & {"is", "are", "has", "have"})),
        ("perfect", bool(words & {"has", "have"})),
        ("number", any(character.isdigit() for character in text)),
        ("figure", bool(FIGURE.search(text))),
        ("question", text.rstrip().endswith("?")),
    )


def _turns(told: Sequence[frozenset[str]]) -> set[str]:
    """What of some sentences matters to all others."""
    turns = {name.replace(" ", "_") for name in _TURNS}
    return {n for names in told for n in names if n in turns or n.startswith("we+")}


def described(sentences: Sequence[str]) -> list[str]:
    """For each sentence of an abstract the names of what was found, with a space between."""
    told = [_told(text) for text in sentences]
    count = len(told)
    rows = []
    for index, own in enumerate(told):
        names = set(own)
        names |= {f"before:{n}" for n in told[index - 1]} if index else {"before:nothing"}
        names |= {f"after:{n}" for n in told[index + 1]} if index + 1 < count else {"after:nothing"}
        names |= {f"earlier:{name}" for name in _turns(told[:index])}
        names |= {f"later:{name}" for name in _turns(told[index + 1 :])}
        names |= {
            f"start={min(index, 9)}",
            f"end={min(count - 1 - index, 9)}",
            f"part={index * _BINS // count}",
            f"count={min(count, 12)}",
        }
        rows.append(" ".join(sorted(names)))
    return rows

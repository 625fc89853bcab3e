"""The dictionary form of a word: inflection undone, and nothing else.

In: a word as written, in lower case; its language; words known to be dictionary forms beside those
learned. Out: the singular of a plural, the infinitive of a verb's form, the masculine singular of
a French adjective. A form that the treebanks have has the lemma that it has most often there. Any
other ends like forms that they have: what was undone in those is tried, and counts more where it
makes a known word; what makes none must be all but sure, or the word stays. Comparatives stay
themselves, and derivation (policy, police) is no matter of endings: both are left to
``pipelines.language.words``.
"""

from __future__ import annotations

import gzip
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from corpus.document import Language
from models.artefacts import artefact

#: Letters of the shortest and the longest ending, and of the shortest word that a rule makes.
ENDINGS = (2, 9)
SHORTEST = 3
#: How much the next shorter ending counts beside what was seen with an ending, in forms.
SHORTER = 3.0
#: How much less a candidate counts that is no known word, and how sure it must be.
UNKNOWN, SURE = 0.01, 0.85

Change = tuple[str, str]
"""Letters taken off the end of a form, and letters put there instead."""


@dataclass(frozen=True, slots=True)
class Lemmas:
    """What was learned of a language."""

    forms: Mapping[str, str]
    """Every form of the treebanks with its lemma."""
    endings: Mapping[str, Mapping[Change, float]]
    """For each ending how many forms underwent which change."""

    def step(self, form: str, known: Collection[str] = frozenset()) -> str:
        """The likeliest dictionary form; it may be a form of another word in its turn."""
        if form in self.forms:
            return self.forms[form]
        best, most = form, 0.0
        shares = self.changes(form)
        sure = shares.get(("", ""), 0.0) <= 1 - SURE
        for (off, on), share in shares.items():
            made = form.removesuffix(off) + on
            if made != form and (len(made) < SHORTEST or self.forms.get(made, made) != made):
                continue
            told = made in self.forms or made in known
            score = share if told else share * UNKNOWN
            if score > most and (told or made == form or sure):
                best, most = made, score
        return best

    def changes(self, form: str) -> dict[Change, float]:
        """The changes that forms with its endings underwent, each with its share."""
        shares: dict[Change, float] = {}
        for ending in endings(form):
            seen = self.endings.get(ending)
            if seen is None:
                continue
            total = sum(seen.values()) + SHORTER
            shares = {change: share * SHORTER / total for change, share in shares.items()}
            for change, count in seen.items():
                shares[change] = shares.get(change, 0.0) + count / total
        return shares


def endings(form: str) -> Iterator[str]:
    """The endings of a form, shortest first."""
    shortest, longest = ENDINGS
    return (form[-length:] for length in range(shortest, min(longest, len(form)) + 1))


def lemma(form: str, language: Language, known: Collection[str] = frozenset()) -> str:
    """The dictionary form of a word in lower case; itself where no rule is sure.

    The dictionary form of a dictionary form is itself. Raises ``ModelMissingError``.
    """
    lemmas = load(language)
    passed = [form]
    while (made := lemmas.step(passed[-1], known)) not in passed:
        passed.append(made)
    return min(passed[passed.index(made) :])


@cache
def load(language: Language) -> Lemmas:
    """The lemmas of a language. Raises ``ModelMissingError``."""
    file = artefact("lemmas") / f"{language}.txt.gz"
    return read(gzip.decompress(file.read_bytes()).decode("utf-8"))


def read(text: str) -> Lemmas:
    """What ``written`` wrote: lemmas with their other forms, a blank line, endings."""
    words, _, rules = text.partition("\n\n")
    forms: dict[str, str] = {}
    for line in words.splitlines():
        own = line.split(" ")
        forms.update(dict.fromkeys(own, own[0]))
    found: dict[str, dict[Change, float]] = {}
    for line in rules.splitlines():
        ending, *seen = line.split(" ")
        found[ending] = {
            (off, on): float(count) for off, on, count in (change.split(":") for change in seen)
        }
    return Lemmas(forms, found)


def written(lemmas: Lemmas) -> str:
    """The lemmas as ``read`` reads them."""
    groups: dict[str, list[str]] = {}
    for form, own in sorted(lemmas.forms.items()):
        groups.setdefault(own, [])
        if form != own:
            groups[own].append(form)
    words = [" ".join((own, *groups[own])) for own in sorted(groups)]
    rules = [
        " ".join(
            (ending, *(f"{off}:{on}:{count:g}" for (off, on), count in sorted(changes.items())))
        )
        for ending, changes in sorted(lemmas.endings.items())
    ]
    return "\n".join((*words, "", *rules, ""))

"""Printed lines to running text: what a line's end does to a word.

In: the texts of a paragraph's lines, each with its page, and a ``Vocabulary`` of how the document
itself writes its words. Out: one normalized string, and the places in it where a new page begins.

A hyphen at a line's end is the printer's or the author's. It is kept where the document writes the
word with a hyphen elsewhere, next to a digit (a range, a negative number, "COVID-19") and before a
capital ("Hahn-Powell"); also where both halves are words and the whole is none ("self-reported",
not "environ-ment"; « sous-préfecture », not « munici-palité »), by the CMU Pronouncing
Dictionary's 126,000 English words and by wordfreq's French ones (Speer 2022). It is taken out
otherwise.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.document import Anchor, Language, normalize
from corpus.errors import UnreadableError
from corpus.language_detection import detect_language
from corpus.pronunciations import words as english_words
from corpus.text import ADDRESS, LETTERS

#: Shorter halves ("co-", "re-") are more often part of one word than words, in letters.
SHORTEST_HALF = 4
#: How common French halves are, and how rare the compound without its hyphen, on the Zipf scale:
#: slips such as « peutêtre » and « rendezvous » reach 2.35, whole words of two such halves begin
#: at 2.6 (« surplomb »).
COMMON, RARE = 3.0, 2.5

_HYPHENS = "-‐‑"
_CUTS = frozenset(f"{_HYPHENS}\u00ad")
#: Of what is looked at before a hyphen, in characters.
_LONGEST_WORD = 80
_COMPOUND = re.compile(rf"{LETTERS.pattern}(?:[{_HYPHENS}]{LETTERS.pattern})*")
#: What stands before the hyphen at a line's end: the letters right before it, and the rest.
_TAIL = re.compile(rf"(\S*?)([^\W\d_]*)[{_HYPHENS}\u00ad]")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How often the document writes each word inside a line, in lower case."""

    words: Counter[str]
    compounds: Counter[str]
    """Words with a hyphen: ``long-term``."""
    heads: frozenset[str]
    """First parts of compounds."""
    tails: frozenset[str]
    """Last parts of compounds."""
    language: Language | None
    """Whose words are known besides the document's own."""

    @classmethod
    def of(cls, lines: Iterable[str]) -> Vocabulary:
        """Count the words of a document's lines, without those cut at a line's end."""
        found = _COMPOUND.findall("\n".join(map(_without_cut, lines)))
        plain = "\n".join(found).lower().replace("‐", "-").replace("‑", "-").split("\n")
        words = Counter([word for word in plain if word and "-" not in word])
        compounds = Counter([word for word in plain if "-" in word])
        return cls(
            words,
            compounds,
            frozenset(word.split("-")[0] for word in compounds),
            frozenset(word.split("-")[-1] for word in compounds),
            _language(words),
        )

    def keeps_hyphen(self, first: str, second: str) -> bool:
        """Whether ``first-second`` is a compound in this document rather than one cut word."""
        first, second = first.lower(), second.lower()
        joined, compound = first + second, f"{first}-{second}"
        if self.compounds[compound] or self.words[joined]:
            return self.compounds[compound] > self.words[joined]
        known = self.words[first] and self.words[second]
        if known and (second in self.tails or first in self.heads):
            return True
        if self.language == "en":
            words = english_words()
            whole, parts = joined in words, {first, second} <= words
            return not whole and parts and min(len(first), len(second)) >= SHORTEST_HALF
        return self.language == "fr" and _is_french_compound(first, second)


def _without_cut(line: str) -> str:
    """A line without the word that is cut at its end."""
    if line[-1:] not in _CUTS:
        return line
    words: list[str] = _COMPOUND.findall(line)
    return line[: -1 - len(words[-1])] if words and line[:-1].endswith(words[-1]) else line


def _is_french_compound(first: str, second: str) -> bool:
    """Whether two common words make no word together: « peut-être », « sous-préfecture »."""
    from wordfreq import zipf_frequency

    commoner = min(zipf_frequency(half, "fr") for half in (first, second))
    return commoner >= COMMON > RARE > zipf_frequency(first + second, "fr")


def _language(words: Counter[str]) -> Language | None:
    try:
        return detect_language(" ".join(words.elements()), "")
    except UnreadableError:  # neither language: the reader says so of the whole document
        return None


def join_lines(
    lines: Sequence[tuple[str, int]], vocabulary: Vocabulary
) -> tuple[str, tuple[Anchor, ...]]:
    """Lines (text, page) as one normalized string, with an anchor where each new page begins."""
    text = ""
    page = lines[0][1]
    anchors: list[Anchor] = []
    for raw, number in lines:
        line = normalize(raw)
        if not line:
            continue
        text = _joint(text, line, vocabulary) if text else ""
        if number != page:
            anchors.append(Anchor(len(text), page=number))
            page = number
        text += _without_soft_hyphens(line)
    if text.endswith("\u00ad"):
        text = text[:-1] + "-"
    return text, tuple(anchors)


def _without_soft_hyphens(line: str) -> str:
    body, last = line[:-1], line[-1:]
    return body.replace("\u00ad", "") + last


def _joint(text: str, line: str, vocabulary: Vocabulary) -> str:
    """``text`` made ready for ``line`` to follow: a space added, or a hyphen settled."""
    cut = text[-1] in "/:_=&?#-" or (text[-1] == "." and line[0].islower())
    if cut and ADDRESS.search(text.rpartition(" ")[2]):
        return text
    if text.endswith("\u00ad"):
        return text[:-1]
    if text[-1] in "–—/" and text[-2:-1].isalnum() and line[0].isalnum():
        return text if text[-1] != "—" or line[0].islower() else text + " "
    if text[-1] not in f"{_HYPHENS}\u00ad" or text[-2:-1] == " " or len(text) == 1:
        return text + " "
    return _settled(text, line, vocabulary)


def _settled(text: str, line: str, vocabulary: Vocabulary) -> str:
    """``text``, which ends with a hyphen behind a word, with that hyphen kept or taken out."""
    tail = _TAIL.fullmatch(text[-_LONGEST_WORD:].rpartition(" ")[2])
    head = LETTERS.match(line)
    if not tail:
        return text + " "
    if not tail[2] or not head:
        return text if line[0].isalnum() else text + " "
    second = head.group()
    if second[0].isupper() and not tail[2].isupper():
        return text
    if tail[1] and tail[1][-1] in _HYPHENS:  # "state-of-the-": cut at one of its own hyphens
        if not vocabulary.words[(tail[2] + second).lower()]:
            return text
        return text[:-1]
    if second.lower() in ("et", "ou", "and", "or", "und"):  # "long- and short-term"
        return text + " "
    return text if vocabulary.keeps_hyphen(tail[2], second) else text[:-1]

"""Where sentences begin: in research prose, web text and speech, in English and in French.

In: a spaCy ``Doc`` of running text (``passerelle_sentences``), or a string (``sentence_starts``).
Out: ``Token.is_sent_start`` for every token, or offsets. Rules decide wherever punctuation tells;
where it doesn't (an abbreviation before a capital, a heading that runs into its paragraph), the
probability of the pipeline's own ``senter`` does, where there is one. Speech without punctuation
is cut by a small model of its own (``models/weights/sentences``). What a sentence means, and its
tree, are left to others; a parser behind this component keeps its boundaries.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any, Literal

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.language import Language as SpacyPipeline
from spacy.tokens import Doc, Token

from corpus.document import Language
from corpus.text import (
    BULLETS,
    CLOSING_MARKS,
    LETTERS,
    NUMBERED_CITATION,
    RAISED_CITATION,
    SENTENCE_MARKS,
)
from models.artefacts import artefact
from models.components import table

#: A place where a sentence may end: final punctuation, what closes after it (quotes, brackets,
#: a numbered citation, also one that was raised: "streets.12,13", "(table 1).12 13 14"), then white
#: space. French sets a space before ? and !.
_CANDIDATE = re.compile(
    r"(?P<mark>[.!?…]+)"
    rf"(?P<close>[{re.escape(CLOSING_MARKS)}]*(?:\s[»)\]]|\s[\"'](?=\s))*(?:\s?{NUMBERED_CITATION})*"
    rf"(?:{RAISED_CITATION})?)"
    r"(?P<space>\s+)"
)
#: What separates in any case: a blank line, a line that begins a list item, a bullet.
_BREAK = re.compile(
    rf"\n\s*\n\s*|\n[ \t]*(?=(?:[-–—*{BULLETS}]|\(?\d{{1,3}}[.)]|\(?[a-z]\))\s)"
    rf"|\s+(?=[{BULLETS}]\s)"
)
_WORD_BEFORE = re.compile(r"[^\s(\[«“\"'’/]+$")
_NEXT_WORD = re.compile(r"[\"'“‘«(\[\s]*([^\W\d_][\w'’-]*)?")
_LABEL = re.compile(r"[(\[]?(?:\d|[A-Z]{0,2}\d|[A-Z]\b|[IVXLC]+\b)")
#: After these a sentence goes on, whatever follows; after . ! ? … the rules have decided.
_GOES_ON = ",;.!?…([{«“-–—/=<>±+×&@"
#: A sentence doesn't begin with these ("spoke . . ." "« Quoi ? », dit-il").
_CLOSES = ",;.!?…)]»%"
#: Capitals that are words and no labels ("buffer A").
_ONE_LETTER = ("I", "L'", "L’", "D'", "D’", "C'", "C’", "J'", "J’", "N'", "N’", "S'", "S’")
_LOOSE_MARK = re.compile(r"(?<!\w)[^\w\s]+|[^\w\s]+(?!\w)")

Kind = Literal["end", "unlikely", "lower", "inside"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place after final punctuation, or at a break of lines, where a sentence may begin."""

    start: int
    """Code points into the text."""
    kind: Kind
    """``end``: begins here. ``inside``: doesn't. ``unlikely``: after an abbreviation or initial;
    ``lower``: before a small letter, an end only in careless writing; both need a senter's word."""


#: Least probability of a sentence start, by kind of place. Chosen on the English-EWT development
#: file and French-Sequoia's and GSD's (all documents), under the condition
#: that hardly a sentence of the papers is cut in its middle.
LEAST_PROBABILITY: dict[Kind, float] = {"unlikely": 0.9, "lower": 0.3}
#: The same where no final punctuation stands: before a capitalized word that opens sentences
#: ("The"), before another one, before one that a capitalized word precedes, and after a colon.
LEAST_UNPUNCTUATED = {"opener": 0.15, "capital": 0.7, "name": 0.9, "colon": 0.6}

#: A passage is speech without punctuation if it has at least so many words: where it neither
#: begins with a capital nor ends in a full stop, where one of these is so, or both; ...
SPOKEN_WORDS = (20, 60, 150)
#: ... and at most these shares of its words have punctuation behind them, or a capital.
SPOKEN_PUNCTUATION, SPOKEN_CAPITALS = 0.03, 0.1
#: Least probability of a sentence start in it, and the words after which the best is taken.
LEAST_SPOKEN, LONGEST_SPOKEN = 0.3, 40


@cache
def _abbreviations(language: Language, group: str) -> frozenset[str]:
    return frozenset(table("sentence_abbreviations")[language][group])


def _opens_a_sentence(word: str, language: Language) -> bool:
    """Whether a capitalized word is one that opens sentences ("The", "Ces"), not a name."""
    stop_words: set[str] = spacy.util.get_lang_class(language).Defaults.stop_words
    return word[:1].isupper() and word.lower() in stop_words


def _kind(text: str, match: re.Match[str], start: int, language: Language) -> Kind:
    """What kind of place a candidate is; ``start`` is where the running sentence began."""
    following = text[match.end() : match.end() + 80]
    if following[0] in _CLOSES:
        return "inside"
    if match["close"][-1:].isdecimal() and re.fullmatch(r"\d{1,3}\s*", text[match.end() :]):
        return "inside"  # the last of two raised citations, where the text ends
    opened = _NEXT_WORD.match(following)
    word = (opened.group(1) or "") if opened else ""
    mixed = any(character.isupper() or character.isdigit() for character in word[1:])
    small = word[:1].islower() and not (mixed and match["mark"] == ".")
    if match["mark"] != "." or match["close"]:
        # "(see below.) and", "et al.] was": after a bracket or quotation a small letter goes on.
        if small:
            return "inside" if match["close"] else "lower"
        return "end"
    found = _WORD_BEFORE.search(text, start, match.start())
    last = found.group() if found else ""
    if last.isdigit() and found and found.start() == start:
        return "inside"  # "3. Results": the number of a list item or heading
    return _kind_after_word(text, match, last, word, small, language)


def _kind_after_word(
    text: str, match: re.Match[str], last: str, word: str, small: bool, language: Language
) -> Kind:
    """The kind of a place after one full stop, by the words before and after it."""
    before = text[max(0, match.start() - len(last) - 8) : match.start() - len(last)]
    unit = len(last) == 1 and before.rstrip().rstrip("°µμ").rstrip()[-1:].isdecimal()
    short = last.lower()
    numbered = short in _abbreviations(language, "numbered")
    maybe = short in _abbreviations(language, "maybe")
    initial = _is_initial(last)
    if short in _abbreviations(language, "never") and not unit:
        return "inside"
    if short == "ex" and LETTERS.findall(before.lower())[-1:] in (["p"], ["par"]):
        return "inside"  # "p. ex.", "par ex."
    if small:
        return "inside" if numbered or maybe or initial else "lower"
    if numbered:
        return "inside" if _LABEL.match(text, match.end()) else "end"
    if (maybe or initial) and not word[:1].isupper():
        return "inside" if maybe else "end"
    if maybe or (initial and not unit):
        return "end" if _opens_a_sentence(word, language) else "unlikely"
    return "end"


def _is_initial(word: str) -> bool:
    """Whether a word, without its last full stop, is an initial or several: "J.-P", "U.S"."""
    letters = [part.removeprefix("-") for part in word.split(".")]
    return word[:1].isupper() and all(len(part) == 1 and part.isalpha() for part in letters)


def candidates(text: str, language: Language) -> list[Candidate]:
    """The places in a text where punctuation or a break of lines may end a sentence, in order."""
    breaks = {match.end() for match in _BREAK.finditer(text)}
    matches = {match.end(): match for match in _CANDIDATE.finditer(text)}
    start = len(text) - len(text.lstrip())
    found = []
    for place in sorted(breaks | matches.keys()):
        if not start < place < len(text):
            continue
        kind = "end" if place in breaks else _kind(text, matches[place], start, language)
        found.append(Candidate(place, kind))
        if kind == "end":
            start = place
    return found


def sentence_starts(text: str, language: Language) -> list[int]:
    """Offsets (code points) at which sentences begin in one block of text, by the rules alone."""
    first = len(text) - len(text.lstrip())
    found = candidates(text, language)
    return [first, *(place.start for place in found if place.kind == "end")]


def _confirmed(place: Candidate, probability: float | None) -> bool:
    if place.kind in ("end", "inside"):
        return place.kind == "end"
    return probability is not None and probability >= LEAST_PROBABILITY[place.kind]


def _least_unpunctuated(doc: Doc, index: int, language: Language) -> float:
    """The probability that a token needs to begin a sentence without final punctuation before.

    More than 1 where it can't: "μL Superscript", "buffer A", "mM Tris-HCl".
    """
    previous, token = doc[index - 1], doc[index]
    measured = index > 1 and doc[index - 2].like_num and len(previous) <= 3
    word = token.text.rstrip("'’")
    plain = word.isalpha() and word.istitle() and (len(word) > 1 or token.text in _ONE_LETTER)
    hyphenated = doc[index + 1 : index + 2].text == "-"
    if not (previous.whitespace_ and plain) or measured or hyphenated:
        return 1.1
    if previous.text[-1] in _GOES_ON:
        return 1.1
    if previous.text[-1] == ":":
        return LEAST_UNPUNCTUATED["colon"]
    if token.text != "I" and _opens_a_sentence(token.text, language):
        return LEAST_UNPUNCTUATED["opener"]
    return LEAST_UNPUNCTUATED["name" if previous.text.istitle() else "capital"]


def boundaries(
    doc: Doc, language: Language, probabilities: NDArray[np.float32] | None
) -> list[int]:
    """Offsets (code points) at which sentences begin, by the rules and, where known, the senter.

    ``probabilities``: of a sentence start, float32, shape (n_tokens,).
    """
    found = candidates(doc.text, language)
    index_at = {token.idx: token.i for token in doc}
    starts = {0} | {
        place.start
        for place in found
        if _confirmed(
            place, None if probabilities is None else float(probabilities[index_at[place.start]])
        )
    }
    if probabilities is not None:
        decided = {place.start for place in found}
        for index in np.flatnonzero(probabilities >= min(LEAST_UNPUNCTUATED.values())).tolist():
            if index and doc[index].idx not in decided:
                least = _least_unpunctuated(doc, index, language)
                starts |= {doc[index].idx} if probabilities[index] >= least else set()
    return sorted(starts)


def spoken_text(text: str) -> str:
    """A text as an automatic transcript has it: small letters, no punctuation but inside words."""
    return " ".join(_LOOSE_MARK.sub(" ", text.lower().replace("’", "'")).split())


def is_spoken(text: str) -> bool:
    """Whether a passage between two boundaries is speech without punctuation and capitals."""
    words = [word for word in text.split() if LETTERS.search(word)]
    closed = text[:1].isupper() + text.rstrip().endswith(SENTENCE_MARKS)
    if len(words) < SPOKEN_WORDS[closed]:
        return False
    marked = sum(not word[-1].isalnum() for word in words)
    capitals = sum(word[:1].isupper() and word.split("'")[0] != "I" for word in words[1:])
    return marked <= SPOKEN_PUNCTUATION * len(words) + 1 and capitals <= SPOKEN_CAPITALS * len(
        words
    )


@cache
def _spoken_senter(language: Language) -> Any:
    """The component that knows speech: ``models/weights/sentences``.

    Raises ``ModelMissingError``.
    """
    folder = artefact("sentences") / language
    return spacy.load(folder, exclude=["tokenizer", "vocab"]).get_pipe("senter")


def _start_probabilities(senter: Any, doc: Doc) -> NDArray[np.float32]:
    """The probability of a sentence start at each token: float32, shape (n_tokens,)."""
    scores = np.asarray(senter.model.predict([doc])[0], dtype=np.float32)
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    share: NDArray[np.float32] = scores[:, senter.labels.index("S")] / scores.sum(axis=1)
    return share


def _longest_cut(probabilities: Sequence[float], first: int, last: int) -> Iterator[int]:
    """Further cuts between two, at the best place each time, until no piece is too long."""
    if last - first <= LONGEST_SPOKEN:
        return
    margin = LONGEST_SPOKEN // 8
    inside = range(first + margin, last - margin)
    best = max(inside, key=lambda index: (probabilities[index], -index))
    yield from _longest_cut(probabilities, first, best)
    yield best
    yield from _longest_cut(probabilities, best, last)


def spoken_starts(tokens: Sequence[Token], language: Language) -> list[int]:
    """Offsets at which further sentences begin inside speech without punctuation.

    ``tokens``: those of one passage of a ``Doc``.
    """
    words = [token for token in tokens if not token.is_punct and not token.is_space]
    forms = [token.lower_.replace("’", "'") for token in words]
    read = Doc(tokens[0].vocab, words=forms)
    probabilities = _start_probabilities(_spoken_senter(language), read).tolist()
    for index, token in enumerate(words):
        if token.i and not (token.nbor(-1).whitespace_ or token.nbor(-1).is_space):
            probabilities[index] = 0.0  # "don't": not between its two tokens
    cuts = [0, *(i for i, p in enumerate(probabilities) if i and p >= LEAST_SPOKEN), len(words)]
    further = [
        cut for first, last in pairwise(cuts) for cut in _longest_cut(probabilities, first, last)
    ]
    return sorted(words[index].idx for index in {*cuts[1:-1], *further})


def _with_speech(doc: Doc, starts: list[int], language: Language) -> list[int]:
    """The boundaries, and those inside the passages that are speech without punctuation."""
    places, text = [token.idx for token in doc], doc.text
    further: list[int] = []
    for start, end in pairwise([*starts, len(text)]):
        if is_spoken(text[start:end].strip()):
            passage = doc[bisect_left(places, start) : bisect_left(places, end)]
            further += spoken_starts(list(passage), language)
    return sorted({*starts, *further})


@dataclass(frozen=True, slots=True)
class SentenceBoundaries:
    """The component: asks the pipeline's own ``senter`` where its scores are to be had."""

    nlp: SpacyPipeline

    def __call__(self, doc: Doc) -> Doc:
        """Assign ``Token.is_sent_start`` for every token."""
        language: Language = "fr" if self.nlp.lang == "fr" else "en"
        starts = set(
            _with_speech(doc, boundaries(doc, language, self._probabilities(doc)), language)
        )
        for token in doc:
            token.is_sent_start = token.i == 0 or (token.idx in starts)
        return doc

    def _probabilities(self, doc: Doc) -> NDArray[np.float32] | None:
        """The senter's, if it is one of ours: enabled, before this, upon a shared tok2vec."""
        if not len(doc) or len(doc.tensor) != len(doc) or not self.nlp.has_pipe("senter"):
            return None
        return _start_probabilities(self.nlp.get_pipe("senter"), doc)


@SpacyPipeline.factory("passerelle_sentences", assigns=["token.is_sent_start"])
def passerelle_sentences(nlp: SpacyPipeline, name: str) -> SentenceBoundaries:
    """Sentence starts in research prose and speech: "et al.", "Fig. 3", "M. Roy", "p < 0.05."

    Assigns ``Token.is_sent_start``. Add it before the parser, which keeps it, and after
    ``tok2vec`` and ``senter``; without these the rules decide alone.
    """
    return SentenceBoundaries(nlp)

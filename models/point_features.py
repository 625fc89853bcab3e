"""What tells what is said in an exchange: forms that English and French share, and words.

In: an exchange's sentences in order, parsed, each with its turn and its speaker. Out: for each
sentence named numbers. ``forms``: classes of cues (``point_cues.toml``), how it ends, length,
figures and names, how much of what the whole exchange is about it says; its place in its turn and
in the exchange; what its speaker does there (how much they say, how often they ask); the cues of
the sentences around it, of the turn before's end and the turn after's beginning, so that a request
is seen with its yes and a motion with its vote. ``words``: words, pairs and triples. ``close``:
tense, person and mood of the parse (``roles_features``), which cost more. Judging is left to
``exchange_points``.
"""

from __future__ import annotations

import itertools
import math
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from spacy.tokens import Doc

from corpus.document import Block, Document, Language
from corpus.text import WORD, cue_pattern
from models.components import deadlines
from models.parsing import body_sentences, pipeline
from models.roles_features import Features, own_features
from models.spoken_marks import is_unmarked, last_mark

#: A neighbour's cues count half, those of the turn before and after as much as its own.
_NEIGHBOUR = 0.5
#: Longer sentences are as long as this, longer turns as long as that, in words.
_LONG, _LONG_TURN = 60, 400
#: Places in a turn are told from either end, up to so many sentences; in the exchange in tenths.
_EDGE, _TENTHS = 3, 10
#: Shorter words carry little of what a sentence is about.
_LETTERS = 4
#: More marks of a class than this are no more.
_MOST = 3
_TOKEN = re.compile(r"[^\W\d_]+(?:['’](?=[^\W\d_]))?|[?!%$€£]|\d+")
_FIGURE = re.compile(r"\d")
_NAMES = re.compile(r"(?<=[a-zà-ÿ,] )[A-ZÀ-Ý]\w+")


@dataclass(frozen=True, slots=True)
class Said:
    """A parsed sentence of an exchange, and who said it."""

    doc: Doc
    turn: int
    """Sentences of one turn have one number; turns are numbered in order."""
    speaker: str | None

    @property
    def language(self) -> Language:
        """That of the sentence: one exchange may have both."""
        return language_of(self.doc)


def language_of(doc: Doc) -> Language:
    """The language in which a sentence was parsed."""
    return "fr" if doc.lang_ == "fr" else "en"


def said(document: Document) -> list[Said]:
    """The sentences of an exchange's body, each with its turn: a run of blocks of one speaker."""
    return list(
        in_turns((document.blocks[index], one.doc) for index, one in body_sentences(document))
    )


def in_turns(sentences: Iterable[tuple[Block, Doc]]) -> Iterator[Said]:
    """Parsed sentences, each with its block, as what was said in turns."""
    turn, last = -1, None
    for block, doc in sentences:
        goes_on = last is not None and (
            block == last or (block.speaker is not None and block.speaker == last.speaker)
        )
        turn += not goes_on
        last = block
        yield Said(doc, turn, block.speaker)


@cache
def _classes(language: Language) -> Mapping[str, re.Pattern[str]]:
    """The cues of each class, as one pattern."""
    text = resources.files("models").joinpath("point_cues.toml").read_text(encoding="utf-8")
    own = dict(tomllib.loads(text)[language])
    lists = own.pop("lists")

    def any_of(match: re.Match[str]) -> str:
        return f"(?:{'|'.join(lists[match[1]])})"

    # What stands at the end of a text is no whole word: "—", "%".
    return {
        name: cue_pattern(
            (re.sub(r"\{([a-z_]+)\}", any_of, cue) for cue in cues),
            before=r"(?<!\w)" if name != "amount" else "",
            after=r"(?!\w)" if name != "amount" else "",
        )
        for name, cues in own.items()
    }


@lru_cache(maxsize=8192)
def cues(text: str, language: Language) -> Mapping[str, int]:
    """How often a sentence has cues of each class; classes that it has none of aren't there."""
    found = {}
    for name, pattern in _classes(language).items():
        count = sum(1 for _ in itertools.islice(pattern.finditer(text), _MOST))
        if count:
            found[name] = count
    return found


def deadline(text: str, language: Language) -> str | None:
    """The words of a sentence that say by when something is to be done; None where none do.

    A day named behind what is going to be done is one, whatever stands before it.
    """
    return deadlines.deadline(text, language, _classes(language)["future"])


def content_words(text: str, language: Language) -> frozenset[str]:
    """The words that say what a text is about, lower case."""
    stop_words = pipeline(language).Defaults.stop_words
    own = (match.group().lower() for match in WORD.finditer(text))
    return frozenset(word for word in own if word not in stop_words and len(word) >= _LETTERS)


def words(text: str) -> Features:
    """The words, pairs and triples of words of a sentence, by the root of how many there are.

    A number is 0; presence counts, not frequency.
    """
    plain = [re.sub(r"\d+", "0", token) for token in _TOKEN.findall(text.lower())]
    plain = ["^", *plain, "$"]
    terms = {
        *plain[1:-1],
        *(" ".join(pair) for pair in itertools.pairwise(plain)),
        *(" ".join(plain[i : i + 3]) for i in range(len(plain) - 2)),
    }
    return dict.fromkeys(sorted(terms), 1.0 / max(1.0, len(terms)) ** 0.5)


def forms(sentences: Sequence[Said]) -> list[Features]:
    """The view that English and French share: named numbers for each sentence of one exchange."""
    own = [_own(one) for one in sentences]
    told = [_told(one) for one in own]
    turns = _turns(sentences)
    speakers = _speakers(sentences, own)
    subject = _aboutness(sentences)
    found: list[Features] = []
    for index, one in enumerate(sentences):
        row = dict(own[index])
        row |= _place(index, len(sentences), turns[one.turn])
        row |= speakers[one.speaker]
        row["about"] = subject[index]
        for name, step in (("before", -1), ("after", 1)):
            near = index + step
            if 0 <= near < len(sentences):
                inside = sentences[near].turn == one.turn
                side = name if inside else f"{name}:other"
                row |= {f"{side}:{key}": _NEIGHBOUR for key in told[near]}
        row |= _around(index, sentences, turns, told)
        asks = row.get("ends:?", 0.0)
        row |= {f"asks+{key}": asks for key in speakers[one.speaker] if asks}
        found.append(row)
    return found


def close(one: Said) -> Features:
    """What a sentence's parse tells: tense, person, mood, the classes of its words."""
    return {f"form:{n}": v for n, v in own_features(one.doc, one.language).items()}


def _own(one: Said) -> Features:
    """What a sentence is by itself."""
    text = one.doc.text
    length = len(text.split())
    mark = last_mark(text, one.language) if is_unmarked(text) else text[-1:]
    found: Features = {}
    seen = cues(text, one.language)
    opening = cues(" ".join(text.split()[:4]), one.language)
    found |= {f"cue:{name}": 1.0 for name in seen}
    found |= {f"cues:{name}": count / _MOST for name, count in seen.items() if count > 1}
    found |= {f"opens:{name}": 1.0 for name in opening}
    found |= {f"cue:{a}+{b}": 1.0 for a in seen for b in seen if a in _KINDS and b in _TURNED}
    found |= {
        f"ends:{mark}" if mark and mark in ".?!…—–-" else "ends:open": 1.0,
        "length": min(length, _LONG) / 30,
        "log_length": math.log1p(length) / 4,
        f"long:{min(length, _LONG - 1) // 5}": 1.0,
        "figures": min(len(_FIGURE.findall(text)), 8) / 8,
        "names": min(len(_NAMES.findall(text)), 4) / 4,
        "commas": min(text.count(","), 6) / 6,
    }
    return found


#: Classes that may make a point, and those that turn what another makes.
_KINDS = frozenset({
    "question", "commitment", "decision", "innovation", "barrier", "enabler", "evidence",
    "recommendation", "motion", "request",
})  # fmt: skip
_TURNED = frozenset({
    "negated", "hypothetical", "reported", "procedural", "first_plural", "first_singular",
    "second", "future", "past_first", "deadline", "amount", "opinion",
})  # fmt: skip
_SHARED = ("cue:", "ends:")


def _told(own: Features) -> list[str]:
    """What of a sentence matters to those around it."""
    return [name for name in own if name.startswith(_SHARED) and "+" not in name]


def _turns(sentences: Sequence[Said]) -> dict[int, range]:
    """The places of each turn's sentences."""
    found: dict[int, range] = {}
    for index, one in enumerate(sentences):
        first = found[one.turn].start if one.turn in found else index
        found[one.turn] = range(first, index + 1)
    return found


def _place(index: int, count: int, turn: range) -> Features:
    share = index / max(1, count - 1)
    into, left = index - turn.start, turn.stop - 1 - index
    return {
        "place": share,
        "place²": share * share,
        f"tenth:{min(_TENTHS - 1, int(share * _TENTHS))}": 1.0,
        f"turn_start:{min(into, _EDGE)}": 1.0,
        f"turn_end:{min(left, _EDGE)}": 1.0,
        "turn": min(len(turn), 20) / 20,
        "alone": float(len(turn) == 1),
    }


def _around(
    index: int, sentences: Sequence[Said], turns: Mapping[int, range], told: Sequence[list[str]]
) -> Features:
    """How the turn before ended, and how the turn after began."""
    turn = sentences[index].turn
    found: Features = {}
    if turn - 1 in turns:
        found |= {f"turn_before:{key}": 1.0 for key in told[turns[turn - 1].stop - 1]}
    if turn + 1 in turns:
        found |= {f"turn_after:{key}": 1.0 for key in told[turns[turn + 1].start]}
        found["turn_after"] = min(len(turns[turn + 1]), 10) / 10
    return found


def _speakers(sentences: Sequence[Said], own: Sequence[Features]) -> dict[str | None, Features]:
    """What each speaker does in the exchange."""
    said: dict[str | None, list[int]] = defaultdict(list)
    for index, one in enumerate(sentences):
        said[one.speaker].append(index)
    found: dict[str | None, Features] = {}
    for speaker, places in said.items():
        asks = sum(own[index].get("ends:?", 0.0) for index in places) / len(places)
        procedural = sum("cue:procedural" in own[index] for index in places) / len(places)
        turns = len({sentences[index].turn for index in places})
        found[speaker] = {
            "speaker:asks": asks,
            f"speaker:asks:{min(4, int(asks * 10))}": 1.0,
            "speaker:procedural": procedural,
            "speaker:share": len(places) / len(sentences),
            "speaker:turn": min(len(places) / turns, 10) / 10,
            "speaker:named": float(speaker is not None),
        }
    return found


def _aboutness(sentences: Sequence[Said]) -> list[float]:
    """How much of what the whole exchange is about each sentence says: 0 to 1.

    The mean log frequency, over the exchange, of the sentence's content words (SumBasic,
    Nenkova & Vanderwende 2005).
    """
    bags = [_content(one) for one in sentences]
    frequency = Counter(word for bag in bags for word in bag)
    top = math.log1p(max(frequency.values(), default=1))
    return [
        round(sum(math.log1p(frequency[word]) for word in sorted(bag)) / (len(bag) + 3) / top, 4)
        for bag in bags
    ]


def _content(one: Said) -> frozenset[str]:
    """The words that say what a spoken sentence is about."""
    stop_words = {token.lower_ for token in one.doc if token.is_stop}
    found = (match.group().lower() for match in WORD.finditer(one.doc.text))
    return frozenset(word for word in found if word not in stop_words and len(word) > 3)

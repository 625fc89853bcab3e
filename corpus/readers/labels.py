"""Speech marked by names at the beginning of lines: ``[00:12:03] Ann Lee (chair): Good morning.``

In: lines, or passages whose text keeps its line breaks. Out: for each line its label, and for a
transcript its turns. The difficulty is that papers have such lines too (``Methods: we asked…``),
so which labels are speakers is decided over the whole file, never by one line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.document import Passage, normalize
from corpus.readers.exports import NOTICE, canonical
from corpus.readers.minutes import is_item, leads, minutes
from corpus.readers.sections import role_of
from corpus.readers.turns import Utterance, merge
from corpus.text import OUTER_PARENTHESES

#: Longer or wordier beginnings of a line are sentences, not names.
_MAX_LENGTH, _MAX_WORDS = 80, 6
#: Speakers named once by what they do: ``Une participante``, ``The deputy clerk``.
_MAX_ROLE_WORDS = 3
#: Names that begin with a small letter ("tomr", "anne-marie b") have at most so many words.
_MOST_SMALL_WORDS = 2
#: From this share of labelled lines on, every label of the file is believed, and what may be
#: somebody's position from that share on, of so many labels.
_NEARLY_ALL, _ALL, _ENOUGH = 0.8, 0.95, 8
#: A text is a transcript when this share of its lines or paragraphs is labelled…
_MOSTLY = 0.5
#: …or, where speeches run over many paragraphs, when it has this many labels of two speakers.
_MANY = 4
#: Headings for each label, without times, from which a text is a page and no transcript.
_HEADED = 0.3

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2}(?:[.,]\d{1,3})?)"
_TIMECODE = re.compile(
    rf"[\[(]?{_TIME}(?:\s*(?:-->|[-–—])\s*{_TIME})?[\])]?(?=$|\s|[:–—-])\s*(?:[-–—:]\s+)?"
)
_LAST_TIMECODE = re.compile(rf"\s*[\[(]?{_TIME}[\])]?\s*$")
_LABEL = re.compile(
    r"(?P<speaker>\+?[^\W_](?:[^:\[\]<>?!;\n]|:(?=\S)){0,160}?)"
    r"(?P<time>\s*[\[(][\d:.,]+[\])])?\s*:(?:\s+(?P<text>.*))?$"
)
#: "[SPEAKER_00]: …", "[Ann Lee] …" beside a time.
_BRACKETED = re.compile(
    r"\[(?P<speaker>[^\W\d_][^\[\]:]{0,60})\]\s*(?::\s*|(?=[^\W\d_\s\[]))(?P<text>.*)$"
)
_MARKER = re.compile(r"^(?:>{2,3}|[-–—•*])\s*")
_SENTENCE_INSIDE = re.compile(r"[^\W\d_]{4,}\.\s")
_CAPITALIZED = re.compile(r"^(?:[dDlL]['’])?[^\W\d_]*[A-ZÀ-ÖØ-ÞŒ]|^\d+$")
#: "Lise M.", "Paul-Henri V.": the full stop of a name, not of a sentence.
_INITIAL = re.compile(r"(?:^|\s)[A-ZÀ-Þ]\.$")
_ARTICLES = frozenset({"a", "an", "la", "le", "the", "un", "une"})
_PARTICLES = frozenset(
    {"al", "and", "bin", "da", "das", "de", "del", "der", "des", "di", "du", "e", "el", "et"}
    | {"la", "le", "of", "the", "van", "von", "y"}
)


@dataclass(frozen=True, slots=True)
class Label:
    """What the beginning of a line says of the speech that follows."""

    speaker: str | None
    start: float | None
    """Seconds from the start of the recording."""
    text: str
    """The rest of the line; empty where the speech begins on the next."""


def seconds(hours: str | None, minutes: str, rest: str) -> float:
    """A timecode's fields as seconds."""
    return int(hours or 0) * 3600 + int(minutes) * 60 + float(rest.replace(",", "."))


def label_of(line: str) -> Label | None:
    """The label at the beginning of a line, by shape alone; None for running text.

    Forms: ``Ann: …``, ``Ann (chair): …``, ``[00:12:03] Ann: …``, ``Ann [12:03]: …``,
    ``00:12:03 Ann`` and ``Ann  12:03`` on a line of their own, ``[00:12:03] …``.
    """
    if ":" not in line:
        return None
    line = _MARKER.sub("", normalize(line))
    start, rest = None, line
    if timed := _TIMECODE.match(line):
        start, rest = seconds(*timed.groups()[:3]), line[timed.end() :]
    if (match := _BRACKETED.match(rest)) and (":" in rest[: match.start("text")] or timed):
        return Label(normalize(match["speaker"]), start, match["text"])
    if (match := _LABEL.match(rest)) and _is_short(match["speaker"]):
        if match["time"] and (time := _LAST_TIMECODE.match(match["time"])):
            start = seconds(*time.groups())
        return Label(match["speaker"].strip(), start, match["text"] or "")
    if start is not None and _is_name(rest):
        return Label(rest, start, "")
    if timed and (not rest or line[0] in "[(" or timed[1]):
        return Label(None, start, rest)
    if (time := _LAST_TIMECODE.search(line)) and _is_name(line[: time.start()]):
        name = line[: time.start()].strip(" -–—,")
        certain = len(name.split()) > 1 or line[-1] in ")]"  # not "Tuesday 12:30"
        return Label(name, seconds(*time.groups()), "") if certain else None
    return None


def _is_short(speaker: str) -> bool:
    if len(speaker) > 2 * _MAX_LENGTH:
        return False
    bare = OUTER_PARENTHESES.sub("", speaker)
    words = bare.split()
    return (
        0 < len(words) <= _MAX_WORDS
        and len(bare) <= _MAX_LENGTH
        and (speaker[0].isupper() or len(words) <= _MOST_SMALL_WORDS)
        and not _SENTENCE_INSIDE.search(bare)
        and (bare.count(", ") < 2 or _is_capitalized(bare.split(", ")[0]))
    )


def _is_name(speaker: str) -> bool:
    """Whether it is written as a name: all words capitalized but the particles."""
    if (
        not speaker.strip()
        or speaker.strip()[0].islower()
        or not _is_short(speaker.strip())
        or (speaker.rstrip().endswith(".") and not _INITIAL.search(speaker.rstrip()))
    ):
        return False
    return _is_capitalized(OUTER_PARENTHESES.sub("", speaker))


def _is_capitalized(name: str) -> bool:
    return all(word.lower() in _PARTICLES or _CAPITALIZED.match(word) for word in name.split())


def _is_position(speaker: str) -> bool:
    """Whether it may say what someone is: "Public health nurse", "Voice from the gallery"."""
    words = re.findall(r"[^\W\d_]+", speaker.lower())
    return speaker[0].isupper() and not set(words) & set(minutes()["sentence_words"])


def _is_role(speaker: str) -> bool:
    """Whether it may name someone by what they do: ``Clerk``, ``Une participante``."""
    words = speaker.split()
    articled = words[0].lower() in _ARTICLES or words[0][:2].lower() in ("l'", "l’")
    return len(words) == 1 or (articled and len(words) <= _MAX_ROLE_WORDS and "," not in speaker)


def speakers(labels: Sequence[Label | None]) -> frozenset[str]:
    """Which labels of a file name speakers, one item of ``labels`` a line or cue.

    A label is believed where it recurs or is a full name, and the short ones too beside a
    timecode or where nearly every line has one; where all lines have one, so is whatever may be
    somebody's position. The names of a paper's sections never are.
    """
    named = Counter(label.speaker for label in labels if label and label.speaker)
    counts = Counter(
        {
            speaker: count
            for speaker, count in named.items()
            if role_of(speaker) is None and (not is_item(speaker) or (count > 1 and leads(speaker)))
        }
    )
    timed = {label.speaker for label in labels if label and label.start is not None}
    heads = len(timed) > 1 and _all_timed(labels)
    everywhere = counts.total() >= _NEARLY_ALL * len(labels)
    throughout = counts.total() >= max(_ENOUGH, _ALL * len(labels))
    often = counts.total() >= _MOSTLY * len(labels)  # names in small letters: a habit of the file
    return frozenset(
        speaker
        for speaker, count in counts.items()
        if (count > 1 and (speaker[0].isupper() or often))
        or (heads and speaker in timed)
        or (_is_name(speaker) and len(speaker.split()) > 1)
        or ((everywhere or speaker in timed) and _is_role(speaker))
        or (throughout and _is_position(speaker))
    )


def _all_timed(labels: Sequence[Label | None]) -> bool:
    """Whether nearly every name stands beside a time: the form of an export, not of prose."""
    named = [label for label in labels if label and label.speaker]
    return sum(label.start is not None for label in named) >= _NEARLY_ALL * len(named)


def attribute(
    lines: Iterable[tuple[str, Label | None]],
    believed: frozenset[str],
    speaker: str | None = None,
) -> list[Utterance]:
    """One utterance a line, said by its label's speaker or else by the one before.

    ``speaker`` is who spoke before the first line.
    """
    utterances: list[Utterance] = []
    start: float | None = None  # of a label on a line of its own, kept for the line below it
    for line, label in lines:
        text, opens = line, False
        if label and (label.speaker in believed or label.start is not None):
            named = label.speaker in believed
            speaker = label.speaker if named else speaker
            text = label.text if named or label.speaker is None else line
            start = label.start if label.start is not None else start
            opens = speaker is None
        utterances.append(Utterance(normalize(text), speaker, start, opens_turn=opens))
        start = None if text else start
    return utterances


def spoken_turns(texts: Sequence[str]) -> list[Passage] | None:
    """The turns of a text given paragraph by paragraph; None where it is no transcript."""
    lines = canonical("\n".join(texts)).split("\n")
    notices = [line[1:] for line in lines if line.startswith(NOTICE)]
    spoken = [Passage(line, "paragraph") for line in lines if line and not line.startswith(NOTICE)]
    turns = transcript(spoken)
    return None if turns is None else [*turns, *noted(notices)]


def noted(notices: Iterable[str]) -> list[Passage]:
    """What an export says that nobody said: kept, and never told."""
    return [Passage(text, "boilerplate") for line in notices if (text := normalize(line))]


def transcript(passages: Sequence[Passage]) -> list[Passage] | None:
    """The passages of a text as a transcript's turns; None where the text isn't one.

    Paragraphs keep their line breaks here. What stands before the first label stays as it is,
    headings keep their place, everything else belongs to whoever spoke last.
    """
    lines = _labelled(passages)
    labels = [label for labelled in lines.values() for _, label in labelled]
    openings = [labelled[0][1] for labelled in lines.values() if labelled]
    believed = speakers(openings) | speakers(labels)
    headings = sum(passage.kind == "heading" for passage in passages)
    if not _is_transcript(labels, openings, believed, headings):
        return None
    result: list[Passage] = []
    pending: list[Utterance] = []
    section: str | None = None
    for i, passage in enumerate(passages):
        begun = pending or any(turn.kind == "turn" for turn in result)
        front, speech = ([], lines[i]) if begun else _before_speech(lines[i], believed)
        if not lines[i]:
            result += [*merge(pending, section), passage]
            pending = []
        elif front:
            result += _front(front, passage)
        if speech:
            section = passage.section
            last = next((u.speaker for u in reversed(pending)), _last_speaker(result))
            pending += attribute(speech, believed, last)
    return result + merge(pending, section)


LabelledLine = tuple[str, Label | None]


def _labelled(passages: Sequence[Passage]) -> dict[int, list[LabelledLine]]:
    """The lines of each passage that may hold speech, by the passage's place."""
    places = [
        (i, line)
        for i, passage in enumerate(passages)
        if passage.kind in ("paragraph", "list_item")
        for line in passage.text.split("\n")
        if line.strip()
    ]
    labels = [label_of(line) for _, line in places]
    result: dict[int, list[LabelledLine]] = {i: [] for i in range(len(passages))}
    for (i, line), label, after in zip(places, labels, [*labels, None][1:], strict=True):
        # "The rule is simple: pay" below a name and its time is what that person said.
        alone = after is None or (
            after.start is None and label is not None and label.start is not None
        )
        result[i].append((line, label if alone else _settled(line, label)))
    return result


def _settled(line: str, label: Label | None) -> Label | None:
    """The label of a line above a labelled one: a lone name there (``[0:03] Thanks``) is speech."""
    if label is None or label.text or not label.speaker or line.rstrip().endswith(":"):
        return label
    return Label(None, label.start, label.speaker) if _TIMECODE.match(line) else None


def _is_transcript(
    labels: Sequence[Label | None],
    openings: Sequence[Label | None],
    believed: frozenset[str],
    headings: int,
) -> bool:
    def share(items: Sequence[Label | None]) -> float:
        spoken = sum(
            item is not None and (item.speaker in believed or item.start is not None)
            for item in items
        )
        return spoken / max(1, len(items))

    counts = Counter(item.speaker for item in labels if item and item.speaker in believed)
    timed = sum(item is not None and item.start is not None for item in labels)
    recurring = sum(count > 1 for count in counts.values())
    mostly = max(share(labels), share(openings)) >= _MOSTLY
    if timed >= 2 and mostly:
        return True
    if headings >= _MANY and headings > _HEADED * counts.total():
        return False  # a page of headed parts, each with the same items ("Definition: …")
    if recurring >= 2 and counts.total() >= _MANY:
        return True
    full_name = any(speaker and len(speaker.split()) > 1 for speaker in counts)
    return mostly and len(counts) >= 2 and (recurring > 0 or full_name)


def _before_speech(
    lines: list[LabelledLine], believed: frozenset[str]
) -> tuple[list[LabelledLine], list[LabelledLine]]:
    for i, (_, label) in enumerate(lines):
        if label and (label.speaker in believed or (label.speaker is None and label.text)):
            return lines[:i], lines[i:]
    return lines, []


def _front(lines: list[LabelledLine], passage: Passage) -> list[Passage]:
    """Lines above the first speech: fields (``Date: …``) line by line, the rest as it stands."""
    result: list[Passage] = []
    for line, label in lines:
        if label and label.speaker and role_of(label.speaker) == "metadata":
            titled = label.speaker.casefold() in ("title", "titre")
            result.append(
                Passage(normalize(label.text), "title")
                if titled
                else Passage(normalize(line), "metadata", passage.section)
            )
        elif result and result[-1].kind == passage.kind:
            result[-1] = replace(result[-1], text=normalize(f"{result[-1].text} {line}"))
        else:
            result.append(replace(passage, text=normalize(line)))
    return result


def _last_speaker(passages: Sequence[Passage]) -> str | None:
    return next((p.speaker for p in reversed(passages) if p.kind == "turn"), None)

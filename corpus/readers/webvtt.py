"""WebVTT and SubRip: the captions or transcript of a recorded exchange.

In: a ``.vtt`` or ``.srt`` file as recorders, meeting software and video platforms write it. Out: an
``exchange`` whose turns carry speaker and timecode. ``subtitles`` parts the file into captions; the
text inside one is read here. Follows W3C WebVTT, section 4.2.2 (cue text); a ``<`` that opens none
of its tags stays in the text, as in ``p < 0.05``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html import unescape
from itertools import pairwise
from operator import itemgetter

from corpus.document import Document, Passage, normalize
from corpus.errors import UnreadableError
from corpus.readers.bind import bind, iso_date
from corpus.readers.decode import decode
from corpus.readers.labels import Label, attribute, label_of, speakers
from corpus.readers.subtitles import Caption, Subtitles, subtitles
from corpus.readers.turns import Utterance, merge

#: A tag of a cue: whether it closes, its name, and what it says (whose voice).
_TAG = re.compile(
    r"<(/?)(v|c|i|b|u|ruby|rt|lang)(?:\.[^\s<>]*)?(?:\s+([^<>]*))?>"
    r"|</?font[^<>]*>|<[\d:.]+>"
)
#: What opens each line of a dialogue, and a title behind the word WEBVTT.
_DASHES = ("-", "–", "—")
#: Cues of these kinds hold no speech.
_NOT_SPEECH = ("chapters", "metadata", "descriptions")
#: Cues roll when this share of them begins with the line on screen before…
_ROLLING_SHARE = 1 / 3
#: …at most this long after it left the screen, in seconds.
_ROLLING_GAP = 0.5


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption: its times in seconds, and its text by voice, line breaks kept."""

    start: float
    end: float
    spans: tuple[tuple[str | None, str], ...]

    @property
    def lines(self) -> list[str]:
        """The text's lines without their voices; empty lines left out."""
        text = "".join(text for _, text in self.spans)
        return [line for line in map(normalize, text.split("\n")) if line]


def read(content: bytes, name: str) -> Document:
    """Read WebVTT bytes; ``name`` is the file's name.

    Raises ``UnreadableError`` where the file is no text, holds no cue, or holds cues that aren't
    speech (chapters, metadata).
    """
    found = subtitles(decode(content, name))
    fields = _fields(found)
    if fields.get("kind", "").lower() in _NOT_SPEECH:
        raise UnreadableError(
            f"{name}: its cues are {fields['kind'].lower()}, not speech; give the captions"
        )
    cues = _cues(found.captions)
    turns = merge(_utterances(cues))
    if not turns:
        raise UnreadableError(f"{name}: holds no cue; export the transcript again as WebVTT")
    title = _title(found, fields)
    passages = [Passage(title, "title")] if title else []
    return bind(
        [*passages, *turns],
        content,
        name,
        "exchange",
        language=fields.get("language") or fields.get("langue"),
        published=iso_date(fields.get("date")),
    )


def _fields(found: Subtitles) -> dict[str, str]:
    """``Key: value`` lines of the header and of the notes above the first cue, keys lower-case."""
    header = [part for line in found.header for part in line.split(";")]
    pairs = [
        (key.strip(), value.strip())
        for key, _, value in (line.partition(":") for line in (*header, *found.notes))
    ]
    return {key.lower(): value for key, value in reversed(pairs) if value}


def _title(found: Subtitles, fields: dict[str, str]) -> str | None:
    if title := fields.get("title") or fields.get("titre"):
        return normalize(title)
    header = normalize(found.title)
    return header[1:].lstrip() or None if header.startswith(_DASHES) else None


def _cues(captions: Sequence[Caption]) -> list[Cue]:
    """The cues in the order of their beginnings, exact repetitions left out."""
    once = sorted(dict.fromkeys(captions), key=itemgetter(0))
    return [Cue(caption.start, caption.end, _spans(caption.text)) for caption in once]


def _spans(written: str) -> tuple[tuple[str | None, str], ...]:
    """A cue's text by voice, tags removed and character references decoded."""
    if "<" not in written:
        return ((None, unescape(written)),)
    spans: list[tuple[str | None, str]] = []
    voice: str | None = None
    text, *tags = _TAG.split(written)
    for i in range(0, len(tags), 4):
        closes, name, note, after = tags[i : i + 4]
        if name == "v":
            spans.append((voice, text))
            voice, text = None if closes else _voice(note or ""), after
        else:
            text += after
    spans.append((voice, text))
    return tuple([(voice, unescape(text)) for voice, text in spans if text])


@lru_cache(maxsize=256)
def _voice(note: str) -> str | None:
    """Who speaks, as a tag says it; a meeting names the same few people in all its cues."""
    return normalize(unescape(note)) or None


def _utterances(cues: Sequence[Cue]) -> list[Utterance]:
    """Who says what: by voice tags, else by names at the beginning of lines, else unnamed.

    Under voice tags a cue without one is nobody's; under written names it continues the last,
    for captioners write the name only where the speaker changes.
    """
    if any(voice for cue in cues for voice, _ in cue.spans):
        return [
            Utterance(said, voice, cue.start, cue.end)
            for cue in cues
            for voice, text in cue.spans
            if (said := normalize(text))
        ]
    labels = [label_of(line) for cue in cues for line in cue.lines[:1]]
    everyone = [label_of(line) for cue in cues for line in cue.lines]
    believed = speakers(labels) | speakers(everyone)
    if _names_speakers([label.speaker if label else None for label in labels], believed):
        return _written_names(cues, believed)
    if _rolls(cues):
        cues = list(_unrolled(cues))
    return [utterance for cue in cues for utterance in _unnamed(cue)]


def _names_speakers(first: Sequence[str | None], believed: frozenset[str]) -> bool:
    """Whether the labels at the beginnings of cues are a habit of the file, not an accident."""
    named = [speaker for speaker in first if speaker in believed]
    return len(named) > len(set(named)) or len(named) * 2 >= len(first) > 0


def _written_names(cues: Sequence[Cue], believed: frozenset[str]) -> list[Utterance]:
    utterances: list[Utterance] = []
    for cue in cues:
        last = utterances[-1].speaker if utterances else None
        spoken = attribute([(line, _written(line, believed)) for line in cue.lines], believed, last)
        utterances += [replace(said, start=cue.start, end=cue.end) for said in spoken]
    return utterances


def _written(line: str, believed: frozenset[str]) -> Label | None:
    """The name before a line's colon; times in a cue's text (``12:30 is noon``) are speech."""
    label = label_of(line)
    return label if label and label.start is None and label.speaker in believed else None


def _unnamed(cue: Cue) -> Iterator[Utterance]:
    """A cue's lines; ``>>`` and dialogue dashes begin a turn of an unnamed speaker."""
    lines = cue.lines
    dialogue = len(lines) > 1 and all(line.startswith(_DASHES) and line[1:] for line in lines)
    for line in lines:
        spoken = line[1:].lstrip() if dialogue else line
        if spoken.startswith(">>"):
            spoken = spoken[2:].removeprefix(">").lstrip()
        yield Utterance(spoken, None, cue.start, cue.end, opens_turn=spoken != line)


def _repeated(before: Cue, after: Cue) -> int:
    """How many words at the beginning of a cue are those already on screen."""
    if after.start - before.end > _ROLLING_GAP or not before.lines:
        return 0
    shown, now = " ".join(before.lines).split(), " ".join(after.lines).split()
    least = len(before.lines[-1].split())
    for count in range(min(len(shown), len(now)), least - 1, -1):
        if shown[-count:] == now[:count]:
            return count
    return 0


def _rolls(cues: Sequence[Cue]) -> bool:
    """Whether cues repeat the one before, as live captions on video platforms do."""
    pairs = list(pairwise(cues))
    rolling = sum(_repeated(before, after) > 1 for before, after in pairs)
    return rolling > 0 and rolling >= _ROLLING_SHARE * len(pairs)


def _unrolled(cues: Sequence[Cue]) -> Iterator[Cue]:
    """The cues without the words that were already on screen."""
    yield cues[0]
    for before, after in pairwise(cues):
        fresh = " ".join(after.lines).split()[_repeated(before, after) :]
        yield replace(after, spans=((None, " ".join(fresh)),))

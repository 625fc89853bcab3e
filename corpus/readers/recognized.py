"""Transcripts that speech recognizers write as JSON: Whisper, WhisperX, and what follows them.

In: an object whose ``segments`` (``start``, ``end`` in seconds, ``text``, and ``speaker`` where
somebody told the voices apart) are what was said. Out: an ``exchange``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from corpus.document import Document, normalize
from corpus.errors import UnreadableError
from corpus.readers.bind import bind
from corpus.readers.decode import decode
from corpus.readers.labels import label_of
from corpus.readers.turns import Utterance, merge

#: Under these names a transcript's segments and their speakers are found, the commonest first.
_SEGMENTS = ("segments", "utterances", "results", "transcript", "monologues")
_SPEAKERS = ("speaker", "speaker_label", "speaker_name", "speakerName", "name")
_TEXTS = ("text", "transcript", "content", "sentence")
_STARTS, _ENDS = ("start", "start_time", "startTime", "from"), ("end", "end_time", "endTime", "to")


def read(content: bytes, name: str) -> Document:
    """Read a recognizer's JSON; ``name`` is the file's name.

    Raises ``UnreadableError`` where it isn't JSON or holds no segments.
    """
    try:
        value = json.loads(decode(content, name))
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"{name}: not readable as JSON ({error}); export it again") from error
    language = value.get("language") if isinstance(value, dict) else None
    turns = merge(_utterances(value))
    if not turns:
        raise UnreadableError(
            f"{name}: JSON without the segments of a transcript; give the recognizer's own file"
        )
    return bind(
        turns, content, name, "exchange", language=language if isinstance(language, str) else None
    )


def _utterances(value: Any) -> Iterator[Utterance]:
    for segment in _segments(value):
        text = _first(segment, _TEXTS, str)
        if text is None:
            continue
        label = label_of(text) if _first(segment, _SPEAKERS, str, int) is None else None
        bracketed = label is not None and label.speaker and text.lstrip().startswith("[")
        speaker = _first(segment, _SPEAKERS, str, int)
        yield Utterance(
            normalize(label.text if label and bracketed else str(text)),
            label.speaker if label and bracketed else None if speaker is None else str(speaker),
            _time(segment, _STARTS),
            _time(segment, _ENDS),
        )


def _segments(value: Any) -> list[Any]:
    if isinstance(value, dict):
        value = next((value[key] for key in _SEGMENTS if isinstance(value.get(key), list)), [])
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _first(segment: dict[str, Any], keys: tuple[str, ...], *kinds: type) -> Any:
    return next((segment[key] for key in keys if isinstance(segment.get(key), kinds)), None)


def _time(segment: dict[str, Any], keys: tuple[str, ...]) -> float | None:
    value = _first(segment, keys, int, float)
    return float(value) if value is not None and 0 <= value < 10**7 else None

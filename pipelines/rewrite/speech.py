"""Steps for what people said: fillers, openers and words said twice are left out.

Cues are data (``lexicon/points.toml``, table ``talk``).
"""

from __future__ import annotations

import re

from pipelines.lexicon import pattern, table
from pipelines.rewrite.steps import Context

_TWICE = re.compile(r"\b([^\W\d_]+(?: [^\W\d_]+)?)(?:,|…|\.\.\.| ?[—–-])? \1\b", re.IGNORECASE)
#: Words that are rightly said twice.
_RIGHTLY_TWICE = frozenset(
    {"that", "had", "very", "nous", "vous", "really", "many", "bien", "très"}
)
_FALSE_START = re.compile(r"\b[^\W\d_]{1,12}(?:—|–|--|-)(?=[\s,])\s?,?\s?")


def drop_filler(text: str, context: Context) -> str:
    """Drop "um", "uh", "euh", and "you know" where commas set it apart."""
    words = table("points")[context.language]["talk"]
    fillers = "|".join(words["fillers"])
    text = re.sub(rf"(?i),?\s*(?<!\w)(?:{fillers})(?!\w)[,…]?", " ", text)
    phrases = "|".join(words["filler_phrases"])
    text = re.sub(rf"(?i),\s(?:{phrases}),", ",", text)
    return re.sub(rf"(?i)^(?:{phrases}),\s", "", text.strip())


def drop_repetition(text: str, context: Context) -> str:
    """Say once what was said twice in a row: "the the", "we, we"."""

    def once(match: re.Match[str]) -> str:
        said = match.group(1)
        return match.group() if said.lower() in _RIGHTLY_TWICE else said

    return _TWICE.sub(once, text)


def drop_speech_opener(text: str, context: Context) -> str:
    """Drop what only takes the floor: "Yeah, so, …", "Ben, écoutez, …"."""
    opener = pattern("points", context.language, "talk", "openers")
    bare = re.compile(
        r"(?:and|so|but|yeah|okay|um+|uh+|et|mais|donc|ben|bon|euh+)\b", re.IGNORECASE
    )
    while match := opener.match(text):
        rest = text[match.end() :]
        if rest.startswith((",", "…", ".")) or (bare.fullmatch(match.group()) and rest[:1] == " "):
            text = rest.lstrip(" ,….")
        else:
            break
    return text

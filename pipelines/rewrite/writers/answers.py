"""``plain_line(answer)``: what a model answered, as one line of plain text.

Taken away: thinking aloud, code fences, markup, openings ("Here is …:"), enclosing quotation
marks, control and invisible characters. Nothing else is taken away or cut, so that chatter after
the passage stays and is caught by verification, and no condition is lost with it.
"""

from __future__ import annotations

import re
import unicodedata

from corpus.text import ALPHANUMERIC
from pipelines.language.lexicon import entries
from pipelines.rewrite.writers.request import Request, WriterError

#: An answer may be so many times as long as its passage, and always so many code points.
MOST_TIMES, ALWAYS = 2, 300
_THINKING = re.compile(r"<(think|thinking|reasoning)>.*?</\1>", re.DOTALL | re.IGNORECASE)
_MARKUP = re.compile(
    r"```[\w-]*"  # code fences
    r"|</?[a-zA-Z|｜][^<>\n]*>"  # tags and control tokens
    r"|\[/?[A-Z_]{3,}\]"
    r"|^[ \t]*(?:#{1,6}|>|[-*•])[ \t]+"  # headings, quotations, items
    r"|\*\*|(?<!\w)__|__(?!\w)|`",
    re.MULTILINE,
)
#: A link of Markdown; the group is what it shows.
_LINK = r"\[([^\[\]\n]*)\]\([^()\s]*\)"
_QUOTES = {'"': '"', "“": "”", "«": "»", "'": "'", "‘": "’"}
#: Unicode categories of characters that aren't seen: control, format, private, surrogate, none.
_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Cn")


def plain_line(answer: str, request: Request) -> str:
    """The answer as one line of plain text.

    Raises ``WriterError`` where nothing is left, or more than a passage of that length can need.
    """
    text = re.sub(_LINK, r"\1", _MARKUP.sub("", _THINKING.sub("", answer)))
    text = "".join(
        character
        for character in text
        if character.isspace() or unicodedata.category(character) not in _UNSEEN
    )
    # A no-break space is kept: French typography stands on it.
    text = re.sub(r"[^\S\u00a0\u202f]+", " ", text).strip()
    text = _unquoted(_without_preamble(text, request))
    if not ALPHANUMERIC.search(text):
        raise WriterError("writer: the answer was empty")
    if len(text) > max(ALWAYS, MOST_TIMES * len(request.text)):
        raise WriterError(f"writer: the answer was too long ({len(text)} characters)")
    return text


def _without_preamble(text: str, request: Request) -> str:
    """The text after an opening and its colon, unless the passage itself opens so."""
    for language in ("en", "fr"):
        preambles = "|".join(entries("writers", language)["preambles"])
        found = re.match(rf"(?:{preambles})\s*:\s*", text, re.IGNORECASE)
        if found and not request.text.lower().startswith(found[0].strip().lower()):
            return text[found.end() :]
    return text


def _unquoted(text: str) -> str:
    """The text without one pair of quotation marks around the whole of it."""
    closing = _QUOTES.get(text[:1])
    inner = text[1:-1]
    if not closing or len(text) < 2 or not text.endswith(closing):
        return text
    return text if text[0] in inner or closing in inner else inner.strip()

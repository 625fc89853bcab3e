"""What words, brackets, sentence ends, years and addresses look like: once, for every floor.

In: running text in either language. Out: patterns, and the few functions that everybody needs of
them; ``cue_pattern`` makes one of any list of words. Which words mean what is left to the floors
above; what only files have (bullets, page numbers, markup) to ``corpus.readers.patterns``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

#: A run of letters of any script, and one of letters, digits and underscores.
LETTERS = re.compile(r"[^\W\d_]+")
ALPHANUMERIC = re.compile(r"\w+")
#: A word with its apostrophes and hyphens: "don't", « l’eau », "heat-related".
WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")

#: What stands in round or square brackets, none inside; with the blank before it.
BRACKET = re.compile(r"\s?(?:\([^()]*\)|\[[^\[\]]*\])")
#: Round brackets, none inside; the group is what they hold.
PARENTHESES = re.compile(r"\(([^()]*)\)")
#: Round brackets that may hold others.
OUTER_PARENTHESES = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\)")
#: A citation by number, as part of a larger pattern: "[12]", "[3, 5–7]".
NUMBERED_CITATION = r"\[\d[\d,;–\s-]*\]"
#: One that was raised, and is so no longer: "streets.12,13", "(table 1).12 13 14", "by 52%.28",
#: "in Sweden,6 7".
RAISED_CITATION = (
    r"(?:(?:(?<=[^\W\d_]{3}\.)|(?<=[\w%]\)\.)|(?<=\d%\.))\d{1,3}"
    r"(?:[,–-]\d{1,3}|(?:\s\d{1,3})+(?=\s+[^\W\d_a-z]|$))*"
    r"|(?<=[^\W\d_]{3}[,;:])\d{1,3}(?:[\s,–-]\d{1,3})*)(?=\s|$)"
)

#: Signs before the items of a list.
BULLETS = "•▪◦‣"
#: What ends a sentence, and what may close behind it: quotation marks and brackets.
SENTENCE_MARKS = (".", "!", "?", "…")
CLOSING_MARKS = "\"'”’»)]"

#: A year as research texts name them.
YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
#: Where a web address or a DOI begins.
ADDRESS = re.compile(r"https?:|www\.|doi\.org|10\.\d{4}", re.IGNORECASE)
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>«»]+")


def outside_brackets(text: str) -> str:
    """A text without what stands in brackets, one inside another too."""
    previous = ""
    while previous != text:
        previous, text = text, BRACKET.sub("", text)
    return text


def ends_sentence(text: str) -> bool:
    """Whether the text ends with sentence-final punctuation, closing quotes aside."""
    return "".join(text[-20:].split()).rstrip(CLOSING_MARKS).endswith(SENTENCE_MARKS)


def doi_in(text: str) -> str | None:
    """The first DOI of a text, without the punctuation of the sentence around it."""
    found = _DOI.search(text)
    if found is None:
        return None
    doi = found.group().rstrip(".,;:'’”")
    return doi if "(" in doi else doi.rstrip(")")


def cue_pattern(
    cues: Iterable[str],
    before: str = r"(?<!\w)",
    after: str = r"(?!\w)",
    flags: re.RegexFlag = re.IGNORECASE,
) -> re.Pattern[str]:
    """Any cue of a list, each a small regular expression, between what must stand around it.

    Unless told otherwise cues are whole words, and case is ignored.
    """
    return re.compile(f"{before}(?:{'|'.join(cues)}){after}", flags)


#: A word with a capital, as part of a larger pattern: a name, mostly.
CAPITALIZED = r"[A-ZÀ-Þ][\w’'-]+"
#: What stands for the other authors of a cited work, as part of a larger pattern.
ET_AL = r"\bet (?:al|coll)\b"


def without_accents(text: str) -> str:
    """A text without the accents of its letters, and signs of one look as one (NFKD)."""
    bare = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


def last_word(text: str) -> str:
    """The letters, digits and underscores that a text ends with; "" where it ends otherwise."""
    return re.split(r"\W", text)[-1]


def end_mark(text: str) -> str:
    """The mark that ends a text, closing quotes and brackets aside: "?" of « (Quoi ?) »."""
    return "".join(text[-20:].split()).rstrip(CLOSING_MARKS)[-1:]

"""Whether a sentence of a paper can be told by itself: whole, its own work's, leaning on nothing.

In: a sentence's text and its language. Out: yes or no, or a share. Cues are data
(``telling.toml``). What each is worth is told in ``weights``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from wordfreq import zipf_frequency

from corpus.document import Block, Language
from corpus.text import ET_AL, NUMBERED_CITATION, RAISED_CITATION, WORD, ends_sentence
from models.components.places import places
from models.headings import in_abstract
from models.parsing import pipeline
from pipelines.language.lexicon import listed, pattern
from pipelines.language.words import NAME, bases

#: A sentence shorter than this tells too little, a longer one too much, in words.
SHORTEST, LONGEST = 5, 60
#: From this share of letters and blanks on, brackets aside, a sentence is made of words: of the
#: labelled papers' sentences with 0.65 to 0.75 a third tell something ("17.3% in 2006, 20.7%…").
LETTERS_SHARE = 0.65
#: A sentence has so many words that aren't idle, or says nothing.
TELLING = 1
#: A citation by number, by its other authors, or by a year that ends a bracket.
_CITES = re.compile(
    rf"{NUMBERED_CITATION}|{RAISED_CITATION}|{ET_AL}|\((?:[^()]*[,\s])?(?:19|20)\d{{2}}[a-z]?\)"
)
#: Brackets, none inside; the blank before them stays, where they may be part of a word.
_BRACKET = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
#: A count of a whole, and the share that it is, told beside it.
_SHARE_OF = re.compile(
    r"(?<![\d.,/\u00a0-])(?<!\d )(?P<part>\d+(?:,\d{3})*)"
    r"(?:/(?=[\d,]+\s\()|\s(?:(?:out )?of(?: the| these)?|sur(?: les)?|des)\s)"
    r"(?P<of>\d+(?:,\d{3})*)(?![\d.,]|[\s\u00a0]\d)(?:\s[^\W\d_]+)?\s"
    r"\(\s?(?P<share>\d+(?:[.,]\d+)?)[\s\u00a0]?%\s?\)"
)
#: Rounding explains so many points of a share.
_MISCOUNTED = 0.9
#: A word rarer than this is one that most readers don't use: less than twice in a million words
#: (Zipf scale, van Heuven et al. 2014).
RARE = 3.3


def tellable(text: str, language: Language) -> bool:
    """Whether a sentence is whole, of a sane length, and made of words."""
    words = text.split()
    uncited = re.sub(rf"{NUMBERED_CITATION}|{RAISED_CITATION}", "", text)
    if not SHORTEST <= len(words) <= LONGEST or not ends_sentence(uncited):
        return False
    opening = text.lstrip("\"'“‘«([ ")[:1]
    bare = _BRACKET.sub("", text)
    letters = sum(character.isalpha() or character.isspace() for character in bare)
    return (
        (opening.isupper() or opening.isdigit())
        and letters >= LETTERS_SHARE * len(bare)
        and text.count("(") == text.count(")")
        and text.count("[") == text.count("]")
        and "=" not in bare
        and not text.rstrip().endswith("?")
        and not pattern("telling", language, "pointers").match(text)
    )


def empty(text: str, language: Language) -> bool:
    """Whether a sentence speaks of any research, or only announces what the next ones say.

    "This study has several limitations.", "Provinces can help in three ways."
    """
    if pattern("telling", language, "counts_off").search(text):
        return True
    idle = pipeline(language).Defaults.stop_words | listed("telling", language, "generic")
    told = {word.lower() for word in WORD.findall(without_brackets(text))}
    return len(told - idle) < TELLING


def quoted(text: str) -> bool:
    """Whether a text opens a quotation and leaves it open.

    Inside somebody's words "we" is not the researchers, and no mark in the sentence says so.
    """
    return text.count("“") > text.count("”") or text.count("«") > text.count("»")


def miscounts(text: str) -> bool:
    """Whether a sentence gives a share that its own count doesn't make: "40 of the 50 (58%)"."""
    for found in _SHARE_OF.finditer(text):
        part, whole = (float(found[key].replace(",", "")) for key in ("part", "of"))
        share = float(found["share"].replace(",", "."))
        if whole and part <= whole and abs(100 * part / whole - share) > _MISCOUNTED:
            return True
    return False


@lru_cache(maxsize=4096)
def of_others(text: str, language: Language) -> bool:
    """Whether a sentence reports other work than the paper's own: what it cites, or an earlier one.

    "As Lind et al. did, we found…" is the paper's own; "in an earlier study, we found…" is not.
    """
    bare = without_brackets(text)
    if pattern("telling", language, "earlier").search(bare):
        return True
    cites = _CITES.search(text) or pattern("telling", language, "others").search(bare)
    return bool(cites) and not pattern("telling", language, "own").search(text)


def points_elsewhere(text: str, language: Language) -> bool:
    """Whether a sentence, its brackets aside, points to another place of the paper."""
    return bool(pattern("telling", language, "elsewhere").search(without_brackets(text)))


def in_summary(block: Block, language: Language) -> bool:
    """Whether a block is part of what the authors wrote to be read alone: abstract, highlights…"""
    section = block.section or ""
    return in_abstract(block) or bool(
        pattern("telling", language, "summaries").fullmatch(section.split(" › ")[-1])
    )


@lru_cache(maxsize=4096)
def without_brackets(text: str) -> str:
    """A sentence without its asides in brackets, which rewriting leaves out."""
    return " ".join(_BRACKET.sub("", text).split())


def rare_share(text: str, language: Language) -> float:
    """The share of a sentence's words that most readers don't use, brackets aside: 0 to 1."""
    words = NAME.findall(without_brackets(text))
    rare = [word for word in words if zipf_frequency(word, language) < RARE]
    return len(rare) / max(1, len(words))


@lru_cache(maxsize=4096)
def says_where(text: str, language: Language) -> bool:
    """Whether a sentence names a place, or says of which people or how widely."""
    return bool(pattern("scope", language, "places").search(text) or places(text, language))


@lru_cache(maxsize=4096)
def leans(text: str, language: Language) -> bool:
    """Whether a sentence opens, be it after "However", with what stands for something before it."""
    joined = pattern("telling", language, "turns").match(text)
    rest = text[joined.end() :].lstrip(" ,") if joined else text
    if pattern("telling", language, "stands").match(rest):
        return False
    return bool(pattern("telling", language, "leans").match(rest))


@lru_cache(maxsize=4096)
def of_everybody(text: str, language: Language) -> bool:
    """Whether "our" may be everybody's: only before their work is it the researchers'."""
    return bool(pattern("telling", language, "ours").search(text))


@lru_cache(maxsize=4096)
def advice_of_others(text: str, language: Language) -> bool:
    """Whether advice is somebody else's by its words: "The society recommends…", "was advised"."""
    advised = pattern("telling", language, "others_advise").search(text)
    return bool(advised) and not pattern("telling", language, "own").search(text)


@lru_cache(maxsize=4096)
def calls_for_research(text: str, language: Language) -> bool:
    """Whether a sentence asks for more research, or says why this was done: it advises nobody."""
    return bool(pattern("telling", language, "calls").search(without_brackets(text)))


@lru_cache(maxsize=4096)
def defends(text: str, language: Language) -> bool:
    """Whether a sentence says of a limit that it doesn't matter, with no "but" in it."""
    found = pattern("telling", language, "defends").search(text)
    return bool(found) and not pattern("telling", language, "defends_but").search(text)


@lru_cache(maxsize=4096)
def formal(text: str, language: Language) -> bool:
    """Whether a sentence tells of a study's leave to be done, or of what is only assumed."""
    return bool(pattern("telling", language, "formalities").search(text))


@lru_cache(maxsize=4096)
def balances(text: str, language: Language) -> bool:
    """Whether a sentence only shows that the groups compared were alike to begin with."""
    return bool(pattern("telling", language, "balance").search(text))


@lru_cache(maxsize=4096)
def points_back(text: str, language: Language) -> bool:
    """Whether a sentence points at the one before it: "these patients", "such an assessment".

    Not where it names itself what it points at: "the old gained, and these old people…".
    """
    return any(
        not (_bases(match.group(), language) & _bases(text[: match.start()], language))
        for match in pattern("telling", language, "points_back").finditer(text)
    )


#: A shorter word holds a sentence together, and names nothing.
_SHORTEST_NOUN = 3


def _bases(text: str, language: Language) -> set[str]:
    """The longer words of a text in their dictionary form."""
    return bases(text, language, _SHORTEST_NOUN) - pipeline(language).Defaults.stop_words

"""What a translation must carry over to the letter, and what it mustn't: codes, doubles, leftovers.

In: a pair whose segment has a translation. Out: codes, e-mail addresses and placeholders that one
text lacks (web addresses may lead to the other language's page); words that stand twice; a part
that is still in the segment's language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache

from corpus.document import Language
from pipelines.language.lexicon import table
from pipelines.language.reasons import Reason, reason
from pipelines.verification.completeness import translated_completely
from pipelines.verification.pair import Pair, made_translation

#: A code: letters and digits mixed, a placeholder, an e-mail address, a site's name, a hashtag.
_CODE = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.\w+)+|\{\w*\}|%\(\w+\)[sd]|%[sd](?!\w)|\$\{\w+\}"
    r"|\b(?=[A-Za-z-]*\d)(?=\d*[A-Z])[A-Z]+(?:-?[A-Z\d]+)+\b|\b[\w-]+\.(?:ca|com|org|gov|net)\b"
)
#: Of these, one that says the same by other letters: an hour, a word of an ordinal, an amount.
_NO_CODE = re.compile(r"\d+(?:ST|ND|RD|TH|E|ER|H|UTC|Z|K|M|C|F|W|N|S)|H1N1|COVID-?\d*|M?\d+[A-Z]?")


def translated_whole(pair: Pair) -> Iterator[Reason]:
    """Codes stay, nothing stands twice, is left as it was, or is lacking."""
    for rule in (_codes_changed, _doubled, _left, translated_completely):
        yield from rule(pair)


def _codes_changed(pair: Pair) -> Iterator[Reason]:
    """A translation has the codes of its segment, and no others."""
    if (target := made_translation(pair)) is None:
        return
    here, there = _codes(pair.segment.text), _codes(target.text)
    for code in sorted(here - there):
        instead = next((one for one in sorted(there - here) if _mistyped(code, one)), None)
        if instead is not None:
            yield reason("translation_code_other", word=code, there=instead)


def _mistyped(code: str, instead: str) -> bool:
    """Whether two codes differ in a sign or two; "RAQDPS016" is « SRPDQA016 » by right."""
    one, two = code.lower(), instead.lower()
    return one != two and SequenceMatcher(None, one, two).ratio() >= _ALIKE


#: From this ratio on two codes are one, mistyped (difflib's: "CMIP6" and "CMPI6" have .8).
_ALIKE = 0.75


def _codes(text: str) -> frozenset[str]:
    found = (match.group() for match in _CODE.finditer(text.replace("\u2011", "-")))
    return frozenset(code for code in found if not _NO_CODE.fullmatch(code.upper()))


# -- doubled -------------------------------------------------------------------------------------

#: So many words in a row that stand twice weren't meant to.
_RUN = 4
_WORDS = re.compile(r"[^\W_]+|[%$°()]")


def _doubled(pair: Pair) -> Iterator[Reason]:
    """No word and no run of words stands twice in a row in a translation alone."""
    if (target := made_translation(pair)) is None:
        return
    own, there = _tokens(pair.segment.text), _tokens(target.text)
    may = table("counterparts")["doubles"]["may"]
    again = [match[1] for match in _TWICE.finditer(target.text.lower())]
    again = [word for word in again if word not in may and not word.isdigit()]
    if again and not _TWICE.search(pair.segment.text.lower()):
        yield reason("translation_doubled", words=again[0])
    elif (run := _runs_twice(there)) and not _runs_twice(own):
        yield reason("translation_doubled", words=" ".join(run))


#: A word or a sign that stands twice with nothing but a blank between.
_TWICE = re.compile(r"((?<![\w-])[^\W_]+|[%$])\s+\1(?![\w’'-])")


def _tokens(text: str) -> list[str]:
    return [match.group() for match in _WORDS.finditer(text.lower())]


def _runs_twice(tokens: Sequence[str]) -> Sequence[str]:
    """The first run of words that begins again where it ends, or a word later; empty without."""
    for start in range(len(tokens) - 2 * _RUN + 1):
        run = tokens[start : start + _RUN]
        for again in range(start + _RUN, min(start + _RUN + 2, len(tokens) - _RUN + 1)):
            if tokens[again : again + _RUN] == run:
                return run
    return ()


# -- left in the other language --------------------------------------------------------------------


def _left(pair: Pair) -> Iterator[Reason]:
    """A translation has no stretch of the segment's own words, function words among them."""
    if (target := made_translation(pair)) is None:
        return
    own, there = _words(pair.segment.text), _words(target.text)
    little = _little(pair.segment.language)
    for length, small, few in _LEFT_RUNS:
        runs = {tuple(own[n : n + length]) for n in range(len(own) - length + 1)}
        for n in range(len(there) - length + 1):
            run = tuple(there[n : n + length])
            prose = sum(word.islower() for word in run) >= small
            if run in runs and prose and sum(word in little for word in run) >= few:
                yield reason("translation_left", words=" ".join(run))
                return


def _words(text: str) -> list[str]:
    return [match.group() for match in _WORDS.finditer(text)]


#: A run of so many words, of which so many are in small letters, and so many are little words of
#: the segment's language alone; no title or name is.
_LEFT_RUNS = ((5, 5, 2), (7, 6, 1))


@cache
def _little(language: Language) -> frozenset[str]:
    return frozenset(table("counterparts")["little"][language])

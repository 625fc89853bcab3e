"""What a French translation has otherwise than Canadian public writing sets it.

In: an English line and its French translation. Out: reasons, one for each kind of departure, with
the place as it is or would be. They are advice: nothing is refused for them, and no words are
changed. Told is what a reader sees; a plain blank for a no-break one isn't, nor is an apostrophe
that is a typewriter's all through, since many tools can't write the other.

Conventions: the Translation Bureau's *Le guide du rédacteur* and *Clés de la rédaction*
(Public Services and Procurement Canada): a blank before the colon, % and $ and inside guillemets,
none before ; ! ?; guillemets, “ ” only within them; a decimal comma; blanks between thousands;
accents on capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from corpus.text import cue_pattern
from models.readability_scale import zipf
from pipelines.language.lexicon import table
from pipelines.language.reasons import Reason, reason
from pipelines.language.typography import find_figures, localize_number

#: Characters on either side of a place by which a translator finds it.
_AROUND = 12


def typography(source: str, text: str) -> Iterator[Reason]:
    """Departures of a French ``text`` from its typography, beside its English ``source``."""
    for rule in (_blanks, _marks, _figures, _capitals):
        yield from rule(source, text)


#: A colon that opens what follows, without a blank before it; not one of a time or an address.
_COLON = re.compile(r"(?<=[^\W\d_])(?<!http)(?<!https)(?<!mailto):(?=\s)|(?<=[)\]»]):(?=\s)")
#: A sign that binds to the figure before it.
_SIGN = re.compile(r"(?<=\d)[%$€](?![\w%])")
_OPENING, _CLOSING = re.compile(r"«(?=\w)"), re.compile(r"(?<=[\w.!?…)])»")
#: A plain blank; a no-break one may stand for the thin one that some set there.
_TOO_MUCH = re.compile(r"(?<=[\w)»]) +[;!?](?=\s|$)")


def _blanks(_: str, text: str) -> Iterator[Reason]:
    """Blanks that lack, and blanks before a mark that has none."""
    for pattern in (_COLON, _SIGN, _CLOSING):
        if match := pattern.search(text):
            yield reason("typography_before", sign=match.group(), words=_around(text, match))
    if match := _OPENING.search(text):
        yield reason("typography_behind", sign=match.group(), words=_around(text, match))
    if match := _TOO_MUCH.search(text):
        yield reason("typography_no_blank", sign=match.group()[-1], words=_around(text, match))


#: Quotation marks that aren't a French text's own, and a span within guillemets.
_QUOTED = re.compile(r"“[^“”]+”|(?<![\w\d])\"[^\"]+\"(?!\w)")
_WITHIN = re.compile(r"«[^»]*»")
_TYPEWRITTEN = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])’(?=[^\W\d_])")


def _marks(_: str, text: str) -> Iterator[Reason]:
    """Quotation marks of English, and apostrophes of two kinds."""
    if match := _QUOTED.search(_WITHIN.sub(lambda span: " " * len(span.group()), text)):
        yield reason("typography_quotes", words=match.group()[1:-1].strip())
    if (match := _TYPEWRITTEN.search(text)) and _APOSTROPHE.search(text):
        yield reason("typography_apostrophe", words=_around(text, match))


def _figures(source: str, text: str) -> Iterator[Reason]:
    """Numbers that stand as English writes them, with a decimal point or commas."""
    for figure in find_figures(source, "en"):
        digits = figure.text.strip("$€£%°CF−+- ")
        wanted = localize_number(digits, "fr")
        there = re.search(rf"(?<![\w.,]){re.escape(digits)}(?![\w.,]\d)", text)
        if there is None or "".join(wanted.split()) == "".join(digits.split()):
            continue
        if not _is_numbered(text[: there.start()]):
            yield reason("typography_number", words=digits, wanted=wanted)
            return


def _is_numbered(before: str) -> bool:
    """Whether a number with a point belongs to what stands before it: a version, a section."""
    word = before.split()[-1] if before.strip() else ""
    named = bool(re.fullmatch(r"[A-Z][\w-]*", word)) and len(before.split()) > 1
    return named or bool(cue_pattern(table("typography")["numbered"]).fullmatch(word))


#: A word with a capital that begins a sentence and no name.
_CAPITAL = re.compile(r"(?:(?<=^)|(?<=[.!?:«] ))[AEIO][a-zà-ÿœ]{2,}(?= [a-zà-ÿœ])")
#: How frequent a word must be with its accent, as zipf has it, and how much more than without:
#: « état » is in 0.54, since people leave accents out where they type.
_KNOWN, _SURELY = 2.5, 0.5


def _capitals(_: str, text: str) -> Iterator[Reason]:
    """Capitals without the accent that their word has."""
    if match := cue_pattern(table("typography")["bare_capitals"], flags=re.NOFLAG).search(text):
        word = match.group()
        yield reason("typography_accent", word=word, wanted=f"À{word[1:]}")
        return
    for match in _CAPITAL.finditer(text):
        if wanted := _accented(match.group()):
            yield reason("typography_accent", word=match.group(), wanted=wanted)
            return


@lru_cache(maxsize=4096)
def _accented(word: str) -> str:
    """A word with the accent that its capital lacks; empty where it lacks none."""
    plain = word.lower()
    best = max(
        (f"{letter}{plain[1:]}" for letter in _ACCENTS[plain[0]]), key=lambda one: zipf(one, "fr")
    )
    known = zipf(best, "fr")
    return best.capitalize() if known >= _KNOWN and known - zipf(plain, "fr") >= _SURELY else ""


_ACCENTS = {"a": "àâ", "e": "éèê", "i": "î", "o": "ô"}


def _around(text: str, match: re.Match[str]) -> str:
    """The words around a place of a text."""
    start, end = max(0, match.start() - _AROUND), min(len(text), match.end() + _AROUND)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    behind = text.find(" ", end)
    return text[start : behind if behind >= 0 else len(text)]

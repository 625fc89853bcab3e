"""How a sentence says that something is so: seen, said by others, planned, advised, significant.

In: a pair. Out: what the text says in another manner than its evidence. "No evidence of harm" isn't
"no harm", what residents said isn't what is so, what is planned hasn't been done, what can be done
needn't be. Each manner is a list of cues (``modality.toml``): where the evidence has one kind and
the text has none of it, or the reverse, it is named. Doubt and negation by themselves are
``caution``'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from corpus.document import Language
from models.parsing import parse
from pipelines.language.lexicon import entries, listed, pattern
from pipelines.language.reasons import Reason, reason
from pipelines.verification.pair import Pair
from pipelines.verification.support import bare

#: What somebody says or thinks, by its relation to the verb.
_TOLD = frozenset(("ccomp", "xcomp", "parataxis"))
#: Words before and behind a negation in which that is told by what wasn't seen.
_NEAR = 7


def modality(pair: Pair) -> Iterator[Reason]:
    """The text says in the manner of its evidence that something is so."""
    if not pair.same_language or not pair.quotes:
        return
    yield from _asked(pair)
    yield from _absence(pair)
    yield from _significance(pair)
    yield from _attribution(pair)
    yield from _time(pair)
    yield from _added(pair)


def _cue(key: str, language: Language) -> re.Pattern[str]:
    return pattern("modality", language, key)


def _asked(pair: Pair) -> Iterator[Reason]:
    """What is only asked isn't told as so."""
    asks = pair.quotes[-1].rstrip(" »”").endswith("?")
    if asks and "?" not in pair.text and not _cue("asking", pair.language).search(pair.text):
        yield reason("asked")


def _absence(pair: Pair) -> Iterator[Reason]:
    """What wasn't seen isn't told as what isn't, nor is anything called safe that wasn't."""
    language, evidence = pair.language, bare(pair.evidence)
    safe = _cue("safe", language)
    if (called := safe.search(pair.text)) and not safe.search(evidence):
        yield reason("called_safe", word=called.group().lower())
        return
    there = list(_denials(evidence, language))
    if not there or not all(seen for _, seen in there):
        return
    said = list(_denials(bare(pair.text), language))
    if said and not any(seen for _, seen in said):
        yield reason("absence", word=said[0][0])


def _denials(text: str, language: Language) -> Iterator[tuple[str, bool]]:
    """The words that deny, and whether it is denied that something was seen or significant."""
    for match in _cue("denies", language).finditer(text):
        before = re.findall(r"\S+", text[: match.start()])[-_NEAR:]
        behind = re.findall(r"\S+", text[match.end() :])[:_NEAR]
        around = " ".join((*before, match.group(), *behind))
        yield match.group().lower(), bool(_cue("seen", language).search(around))


def _significance(pair: Pair) -> Iterator[Reason]:
    """Nothing is called significant that wasn't found to be."""
    language = pair.language
    said = _affirmed(pair.text, language)
    known = any(_affirmed(quote, language) for quote in pair.quotes)
    if said and not known and not _cue("significant_p", language).search(pair.evidence):
        yield reason("significance", word=said)


def _affirmed(text: str, language: Language) -> str:
    """The word by which a text calls something significant, without a negation before it."""
    for match in _cue("significant", language).finditer(text):
        before = " ".join(re.findall(r"\S+", text[: match.start()])[-_NEAR:])
        if not _cue("denies", language).search(re.split(r"[,;:]", before)[-1]):
            return match.group().lower()
    return ""


def _attribution(pair: Pair) -> Iterator[Reason]:
    """What others say, or another study found, is told as theirs."""
    language = pair.language
    said = _said_by(pair)
    if said and not _cue("attributed", language).search(pair.text):
        yield reason("attribution_lost", words=said.lower())
    cited = re.search("|".join(entries("modality", language)["cited"]), pair.evidence)
    if cited and not re.search(entries("modality", language)["cites"], pair.text):
        yield reason("attribution_lost", words=cited.group())


def _said_by(pair: Pair) -> str:
    """The words by which the evidence has something from others than its authors; else empty."""
    language = pair.language
    if cue := _cue("said_by", language).search(pair.evidence):
        return cue.group()
    reports = listed("modality", language, "reports")
    own = listed("modality", language, "own")
    for quote in pair.quotes:
        for verb in parse(quote, language):
            subject = next((one for one in verb.children if one.dep_ == "nsubj"), None)
            if verb.lemma_.lower() not in reports or subject is None:
                continue
            told = any(one.dep_ in _TOLD for one in verb.children)
            if told and subject.lemma_.lower() not in own and subject.lower_ not in own:
                return f"{subject.text} {verb.text}"
    return ""


def _time(pair: Pair) -> Iterator[Reason]:
    """What is to come isn't told as done, nor what was found as what will be."""
    language = pair.language
    ahead = _cue("ahead", language)
    planned = ahead.search(pair.evidence)
    fewer = len(ahead.findall(pair.text)) < len(ahead.findall(pair.evidence))
    done = _cue("done", language)
    if planned and fewer and done.search(pair.text) and not done.search(pair.evidence):
        yield reason("told_as_done", words=planned.group().lower())
    future = _cue("future", language).search(pair.text)
    if future and not planned and not _cue("open", language).search(pair.evidence):
        yield reason("told_as_future", word=future.group().lower())


def _added(pair: Pair) -> Iterator[Reason]:
    """Advice, certainty and degree are in the evidence too."""
    language = pair.language
    for cues in _classes(language):
        said = cues["said"].search(pair.text)
        if said and not cues["there"].search(pair.evidence):
            yield reason("said_more", word=said.group().lower())


@cache
def _classes(language: Language) -> tuple[dict[str, re.Pattern[str]], ...]:
    """Cues by class: what the text may say only where the evidence has one of the others."""
    return tuple(
        {key: pattern("modality", language, "added", name, key) for key in ("said", "there")}
        for name in entries("modality", language)["added"]
    )

"""« Il y aura plus de titres »: more of them, or none any more? Without « ne » speech may say both.

In: a French text that was said. Out: whether it has such a « plus »: behind a verb without « ne »,
before « de », with nothing that makes it an amount or compares it. Such a line can't be told: each
of its readings denies the other. The verbs are data (``direction.toml``): what « il faut plus de »
wants is more.
"""

from __future__ import annotations

from spacy.tokens import Token

from models.parsing import parse
from pipelines.language.lexicon import listed

#: So far before a verb its « ne » may stand, and behind it what it is compared with, in words.
_REACH = 4


def bare_plus(text: str) -> bool:
    """Whether a French text has a « plus » that may say more or no more."""
    return "plus d" in text.lower() and any(_ambiguous(token) for token in parse(text, "fr"))


def _ambiguous(plus: Token) -> bool:
    doc = plus.doc
    if plus.lower_ != "plus" or plus.i == 0 or plus.i + 2 >= len(doc):
        return False
    verb, joint, counted = doc[plus.i - 1], doc[plus.i + 1], doc[plus.i + 2]
    if joint.lower_ not in ("de", "d'", "d’") or not _may_deny(verb):
        return False
    before = [token.lower_ for token in doc[max(plus.sent.start, verb.i - _REACH) : verb.i]]
    if {"ne", "n'", "n’"} & set(before):
        return False
    amount = counted.pos_ in ("NUM", "DET") or counted.like_num
    behind = doc[counted.i : counted.i + _REACH]
    compared = any(token.lower_ in ("que", "qu'", "qu’") for token in behind)
    return not amount and not compared


def _may_deny(verb: Token) -> bool:
    """Whether a verb is one that speech denies so: « il y a plus de lait »."""
    return verb.lemma_.lower() in listed("direction", "fr", "more_or_none")

"""English "I" in the third person: "the author", with the verb that belongs to it.

Left as it is where the parse shows no verb for an "I", and where "myself" would need a gender.
"""

from __future__ import annotations

import re

from spacy.tokens import Token

from models.parsing import parse
from pipelines.language.inflection import forms
from pipelines.language.typography import cased

_NAMED = {"i": "the author", "me": "the author", "my": "the author’s", "mine": "the author’s"}
_AUXILIARIES = {"am": "is", "'m": "is", "’m": "is", "have": "has", "'ve": "has", "’ve": "has",
                "do": "does", "'ll": "will", "’ll": "will"}  # fmt: skip


def in_third_person(text: str) -> str:
    """Put the author in the third person: "I argue that my figure…", "the author argues…"."""
    if re.search(r"\b(?:[Mm]yself|I[’']d)\b", text):
        return text
    parsed = parse(text, "en")
    said = {token.i: token.text for token in parsed}
    for token in parsed:
        if token.lower_ not in _NAMED or token.text == "i":
            continue
        said[token.i] = cased(_NAMED[token.lower_], token.text if token.is_sent_start else "the")
        if token.text == "I":
            verbs = _finite(token)
            if not verbs:
                return text
            said |= {verb.i: _agreeing(verb) for verb in verbs}
    spaced = (" " if token.i and token.text[:1] in "'’" and said[token.i].isalpha()
              and not parsed[token.i - 1].whitespace_ else "" for token in parsed)  # fmt: skip
    return "".join(
        blank + said[token.i] + token.whitespace_
        for blank, token in zip(spaced, parsed, strict=True)
    )


def _finite(subject: Token) -> list[Token]:
    """The verbs that agree with a subject: its own, and those that follow by "and"."""
    if subject.dep_ not in ("nsubj", "nsubj:pass", "nsubj:outer"):
        return []
    verbs = []
    heads = [subject.head, *(c for c in subject.head.conjuncts if not _subject_of_its_own(c))]
    for head in heads:
        inside = [child for child in head.children if child.dep_ in ("aux", "aux:pass", "cop")]
        first = min([head, *inside], key=lambda token: token.i) if inside else head
        if first.pos_ in ("VERB", "AUX"):
            verbs.append(first)
    return verbs if heads and verbs and verbs[0].i > subject.i else []


def _subject_of_its_own(verb: Token) -> bool:
    return any(child.dep_.startswith("nsubj") for child in verb.children)


def _agreeing(verb: Token) -> str:
    """A verb in the form that belongs to "the author": "argue" is "argues", "argued" stays."""
    if verb.lower_ in _AUXILIARIES:
        return _AUXILIARIES[verb.lower_]
    present = verb.tag_ == "VBP" or "Tense=Pres" in str(verb.morph)
    plain = verb.lower_ == verb.lemma_ and "VerbForm=Inf" not in str(verb.morph)
    return forms(verb.lemma_, "VERB", "en")["s"] if present and plain else verb.text

"""Whether a plain English word fits the place of a hard one, beyond its part of speech."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from pipelines.language.splices import Change
from pipelines.language.wordlists import Forms, PlainWord

#: Adverbs of degree that any adjective takes.
_ADVERBS = frozenset(
    {"not", "also", "often", "very", "so", "too", "as", "quite", "especially", "still"}
)
#: A plain adjective with fewer letters is taken for everyday: not every adverb goes with it.
_LONG = 6
#: Parts of speech whose words change their form.
INFLECTED = frozenset({"VERB", "NOUN"})


def form_place(pos: str, words: int) -> int:
    """Which of the words of a phrase carries its form: the last of a noun's, else the first."""
    return words - 1 if pos == "NOUN" else 0


def takes(head: Token, after: Token | None, entry: PlainWord) -> bool:
    """Whether a word may give its place to the plain one; ``after`` follows its phrase."""
    if entry.pos == "NOUN":
        compound = head.dep_.startswith(("compound", "flat")) or (
            after is not None and after.pos_ in ("NOUN", "PROPN")
        )
        return not compound and (after is None or after.text not in ("'", "’"))
    if entry.pos == "VERB":
        return not (_adjectival(head) or (" " in entry.plain and _pronoun_object(head)))
    if entry.pos == "ADJ":
        degree = [child for child in head.lefts if child.dep_ == "advmod"]
        strict = len(entry.plain) < _LONG or " " in entry.plain
        return not (strict and any(child.lower_ not in _ADVERBS for child in degree))
    return True


def _adjectival(verb: Token) -> bool:
    """Whether a participle stands before a noun: "an elevated road", "modified medium"."""
    if verb.dep_ == "amod":
        return True
    after = verb.nbor() if verb.i + 1 < len(verb.doc) else None
    alone = not any(child.dep_ in ("aux", "aux:pass", "obj", "nsubj") for child in verb.children)
    if after is None or not {"Part", "Ger"} & set(verb.morph.get("VerbForm", [])):
        return False
    return alone and after.pos_ in ("NOUN", "PROPN", "ADJ")


def _pronoun_object(verb: Token) -> bool:
    """Whether "it" or "them" would have to stand inside a phrasal verb."""
    return any(child.dep_ in ("obj", "iobj") and child.pos_ == "PRON" for child in verb.rights)


def sure(verb: Token, form: str, made: Forms) -> bool:
    """Whether the tree agrees that a form in -ed is a past tense, or a participle.

    ``made`` are the forms of the plain verb.
    """
    if made["past"] == made["part"] or form not in (made["past"], made["part"]):
        return True
    helped = any(
        child.lower_ in ("'ve", "’ve")
        or (child.dep_ in ("aux", "aux:pass") and child.lemma_ in ("be", "have", "get"))
        for child in verb.lefts
    )
    if form == made["past"] and form != made["base"]:
        return not helped and verb.dep_ != "acl"
    own = any(child.dep_ == "nsubj" for child in verb.lefts)
    return helped or (verb.dep_ in ("acl", "advcl", "conj") and not own)


def gender(head: Token, entry: PlainWord) -> str | None:
    """The gender of the plain word: none in English."""
    return ""


def phrases(words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """The ways in which a phrase may stand in a text, with what its last word holds besides."""
    yield words, ""


def with_tail(words: str, tail: str) -> str:
    """The plain words and what the hard ones' last word held."""
    return words


def said_again(place: Span, words: str) -> Change | None:
    """What to change where the words of a place are taken up again: nothing in English."""
    return ()

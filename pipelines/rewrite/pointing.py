"""Whether a line points at what its page doesn't name: "these possibilities", "both cohorts".

In: a line, and the words of the page before it, in their dictionary form. A noun that a
demonstrative points at, or that is told as one of what was counted before ("the two groups", "the
proposed method"), has to stand on the page, or in the line itself before it; but for what every
paper has. Lists: ``telling.toml``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from spacy.tokens import Token

from corpus.document import Language
from models.parsing import parse
from pipelines.language.lexicon import listed
from pipelines.language.words import base, bases

_NOUNS = ("NOUN", "PROPN")


def named(texts: Iterable[str], language: Language) -> set[str]:
    """The words of some texts in their dictionary form."""
    return set().union(*(bases(text, language) for text in texts))


def points_off_page(text: str, page: Collection[str], language: Language) -> bool:
    """Whether a line points at something that neither the page nor the line names before."""
    return any(
        base(noun.text, language) not in page
        and base(noun.text, language) not in bases(text[: pointer.idx], language)
        for noun, pointer in _pointed_at(text, language)
    )


def _pointed_at(text: str, language: Language) -> Iterator[tuple[Token, Token]]:
    """The nouns that a line points at, each with the word that does; none told by what follows.

    "This approach" behind the first verb may be what the line has told so far.
    """
    parsed = parse(text, language)
    verb = next(parsed.sents).root.i
    for noun in parsed:
        if noun.pos_ not in _NOUNS or _told_behind(noun, language):
            continue
        if noun.lemma_.lower() in listed("telling", language, "self_evident"):
            continue
        before = {child.lower_: child for child in noun.lefts}
        pointing = ["both_of", *(["demonstrative"] if noun.i < verb else [])]
        if before.keys() & listed("telling", language, "definite"):
            pointing.append("told_before")
        words = frozenset().union(*(listed("telling", language, key) for key in pointing))
        found = [child for word, child in before.items() if word in words]
        if found and not _joins(noun, found[0]):
            yield noun, found[0]


def _joins(noun: Token, pointer: Token) -> bool:
    """Whether a pointer belongs to a pair that the line names: "both men and women"."""
    between = noun.doc[pointer.i + 1 : noun.i]
    return any(token.dep_ in ("cc", "conj") for token in (*between, *noun.rights))


def _told_behind(noun: Token, language: Language) -> bool:
    """Whether what follows says which: "those people at risk", "both groups of pupils"."""
    links = listed("telling", language, "tells_which")
    return any(
        child.dep_ in ("acl", "acl:relcl", "appos")
        or (child.dep_ == "nmod" and any(link.lower_ in links for link in child.lefts))
        for child in noun.rights
    )

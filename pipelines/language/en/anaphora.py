"""What a second English sentence calls a noun of the first: "It", "They", "These patients"."""

from __future__ import annotations

from spacy.tokens import Token

from pipelines.language.lexicon import listed


def pronoun(head: Token, plural: bool) -> str | None:
    """The pronoun of a noun; None for one person, whose gender nothing tells."""
    if plural:
        return "They"
    return None if head.lemma_.lower() in listed("split", "en", "people") else "It"


def pointed_at(head: Token, plural: bool) -> str | None:
    """A noun pointed back at, with the nouns that make one name with it: "This street cover"."""
    start = head.i
    while start > head.sent.start and head.doc[start - 1].dep_ == "compound":
        start -= 1
    return f"{'These' if plural else 'This'} {head.doc[start : head.i + 1].text}"

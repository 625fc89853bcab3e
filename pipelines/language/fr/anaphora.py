"""What a second French sentence calls a noun of the first: « Elle », « Ils », « Cette mesure »."""

from __future__ import annotations

from spacy.tokens import Token

from pipelines.language.fr.articles import begins_with_vowel

_PRONOUNS = {
    ("Masc", False): "Il", ("Fem", False): "Elle", ("Masc", True): "Ils", ("Fem", True): "Elles",
}  # fmt: skip


def pronoun(head: Token, plural: bool) -> str | None:
    """The pronoun of a noun; None where its gender isn't known."""
    return _PRONOUNS.get((_gender(head), plural))


def pointed_at(head: Token, plural: bool) -> str | None:
    """A noun pointed back at; None before an h, mute or aspirate: no rule tells."""
    if plural:
        return f"Ces {head.text}"
    if _gender(head) == "Fem":
        return f"Cette {head.text}"
    if head.text.startswith("h"):
        return None
    return f"{'Cet' if begins_with_vowel(head.text) else 'Ce'} {head.text}"


def _gender(head: Token) -> str:
    return str(head.morph.get("Gender", [""])[0])

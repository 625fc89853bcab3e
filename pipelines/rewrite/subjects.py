"""A subject told again: as the same noun phrase where it is short, else as a pronoun.

In: the word that is the subject of a first sentence. Out: what the second sentence calls it.
Where neither can only mean the same thing there is no answer, and no sentence is split. The
pronouns of each language stand in its ``anaphora``.
"""

from __future__ import annotations

import re

from spacy.tokens import Token

from corpus.document import Language
from pipelines.language.en import anaphora as english
from pipelines.language.fr import anaphora as french
from pipelines.language.typography import holds_quotation
from pipelines.rewrite.clauses import words
from pipelines.rewrite.steps import capitalized

#: A noun phrase of so many words is repeated as it is.
SHORT = 4
#: What is pointed back at with a capital is a common noun of up to three words.
_POINTED = r"[A-Z]\w+ [a-zà-öø-ÿœ][\w’'-]*(?: [\w-]+){0,2}"


def again(head: Token, language: Language, skip: Token | None = None) -> str | None:
    """What a second sentence calls the subject of the first, with a capital.

    A clause of the subject is left out where it is given to ``skip``.
    """
    if head.pos_ == "PRON":
        return head.lower_.capitalize() if head.lower_ in words(language, "pronouns") else None
    end = head.right_edge.i + 1 if skip is None else head.i + 1
    phrase = list(head.doc[head.left_edge.i : end])
    text = head.doc[head.left_edge.i : end].text
    first = phrase[0].lower_.rstrip("’'")
    lows = {token.lower_.rstrip("’'") for token in phrase if token.i <= head.i}
    named = head.pos_ in ("NOUN", "PROPN") or (head.pos_ == "ADJ" and phrase[0].dep_ == "det")
    if lows & words(language, "scoped") or not named:
        return None
    definite = first not in words(language, "indefinite") and not phrase[0].like_num
    bare = head.pos_ == "NOUN" and phrase[0].dep_ not in ("det", "nmod:poss")
    simple = not holds_quotation(text) and not re.search(r"[(),;:\d]", text)
    if definite and not bare and simple and len(text.split()) <= SHORT:
        return capitalized(text)
    return _pronoun(head, language)


def _pronoun(head: Token, language: Language) -> str | None:
    """The pronoun of a noun, where number (and in French gender) tell it."""
    if head.pos_ != "NOUN":
        return None
    plural = _plural(head)
    if plural is None:
        return None
    pronoun = french.pronoun if language == "fr" else english.pronoun
    return pronoun(head, plural)


def _plural(head: Token) -> bool | None:
    """Whether a subject is plural: by its number and by the words joined to it; None if unsure."""
    if any(child.dep_ == "conj" for child in head.children):
        joints = {token.lower_ for token in head.subtree if token.dep_ == "cc"}
        return True if joints <= {"and", "et"} else None
    number = head.morph.get("Number", [""])[0]
    return {"Sing": False, "Plur": True}.get(number)


def demonstrative(head: Token, language: Language) -> str | None:
    """A noun pointed back at: "These patients", « Cette mesure »; None for names and the like."""
    number = head.morph.get("Number", [""])[0]
    if head.pos_ != "NOUN" or number not in ("Sing", "Plur"):
        return None
    if any(child.dep_ == "conj" for child in head.children) or head.dep_ == "conj":
        return None
    point_at = french.pointed_at if language == "fr" else english.pointed_at
    told = point_at(head, number == "Plur")
    return told if told and re.fullmatch(_POINTED, told) else None

"""A subject told again: as the same noun phrase where it is short, else as a pronoun.

In: the word that is the subject of a first sentence. Out: what the second sentence calls it.
Where neither can only mean the same thing there is no answer, and no sentence is split.
"""

from __future__ import annotations

import re

from spacy.tokens import Token

from corpus.document import Language
from pipelines.rewrite.clauses import words
from pipelines.rewrite.steps import capitalized

#: A noun phrase of so many words is repeated as it is.
SHORT = 4
_FRENCH = {("Masc", "Sing"): "Il", ("Fem", "Sing"): "Elle", ("Masc", "Plur"): "Ils"} | {
    ("Fem", "Plur"): "Elles"
}
_HELD = re.compile("[\ue000-\uf8ff]")


def again(head: Token, language: Language, skip: Token | None = None) -> str | None:
    """What a second sentence calls the subject of the first, with a capital.

    A clause of the subject is left out where it is given to ``skip``.
    """
    if head.pos_ == "PRON":
        return capitalized(head.lower_) if head.lower_ in words(language, "pronouns") else None
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
    simple = not _HELD.search(text) and not re.search(r"[(),;:\d]", text)
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
    if language == "en":
        if plural:
            return "They"
        return None if head.lemma_.lower() in words("en", "people") else "It"
    gender = head.morph.get("Gender", [""])[0]
    return _FRENCH.get((gender, "Plur" if plural else "Sing"))


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
    text = _core(head, language)
    if head.pos_ != "NOUN" or number not in ("Sing", "Plur") or text is None:
        return None
    if any(child.dep_ == "conj" for child in head.children) or head.dep_ == "conj":
        return None
    if language == "en":
        return f"{'These' if number == 'Plur' else 'This'} {text}"
    if number == "Plur":
        return f"Ces {text}"
    if head.morph.get("Gender", [""])[0] == "Fem":
        return f"Cette {text}"
    if text.startswith("h"):  # mute or aspirate: no rule tells
        return None
    return f"{'Cet' if re.match(r'[aeiouyâàéèêëîïôûùœ]', text, re.I) else 'Ce'} {text}"


def _core(head: Token, language: Language) -> str | None:
    """The noun with the nouns that make one name with it, in English."""
    start = head.i
    if language == "en":
        while start > head.sent.start and head.doc[start - 1].dep_ == "compound":
            start -= 1
    text = head.doc[start : head.i + 1].text
    return text if re.fullmatch(r"[a-zà-öø-ÿœ][\w’'-]*(?: [\w-]+){0,2}", text) else None

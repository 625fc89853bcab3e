"""``plain_word``: a hard word or phrase replaced by the plain one that says the same.

In: a parsed text. Out: one change a word, in the form that the hard word had, with the article or
elision beside it mended. The pairs and the guards that keep each to its safe sense are data
(``plain_words.tsv``). Names, compounds, words in capitals and hyphenated words
stay; whether a change may stand is left to verification.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span, Token

from corpus.document import Language
from models.parsing import pipeline
from pipelines.claims.cue_rules import has
from pipelines.rewrite.changes import Change, Edit
from pipelines.rewrite.inflection import forms, transfer
from pipelines.rewrite.joins import Replacement, joined, plain_form
from pipelines.rewrite.steps import Context
from pipelines.rewrite.wordlists import Guard, PlainWord, plain_words, rows


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One way in which an entry's hard words may stand in a text."""

    words: tuple[str, ...]
    entry: PlainWord
    head: int
    """Which of the words carries the form."""
    tail: str = ""
    """What the last word's contraction still holds: "le" of « au sein du »."""


def plain_word(parsed: Doc, context: Context) -> Iterator[Change]:
    """Hard words that have a plain equivalent: "utilized" to "used", « afin de » to « pour ».

    Raises ``ModelMissingError``, ``WordListError``.
    """
    index = _index(context.language)
    position = 0
    while position < len(parsed):
        for pattern in index.get(plain_form(parsed[position]), ()):
            change = _change(parsed, position, pattern, context.language)
            if change:
                yield change
                position += len(pattern.words) - 1
                break
        position += 1


def _change(parsed: Doc, start: int, pattern: _Pattern, language: Language) -> Change | None:
    end = start + len(pattern.words)
    if end > len(parsed) or any(
        plain_form(token) != word
        for token, word in zip(parsed[start:end], pattern.words, strict=True)
    ):
        return None
    place = parsed[start:end]
    head = parsed[start + pattern.head]
    entry = pattern.entry
    if not _ordinary(place) or not all(_holds(g, place, head) for g in entry.guards):
        return None
    if entry.pos != "-" and not _takes(head, place, entry, language):
        return None
    words, gender = _worded(head, entry, language), ""
    if language == "fr" and entry.pos == "NOUN":
        gender = _genders().get(entry.plain.split()[0], "")
        if not gender or head.morph.get("Gender", [gender]) != [gender]:
            return None
    if words is None:
        return None
    words = _with_tail(words, pattern.tail)
    if words.endswith(",") and end < len(parsed) and parsed[end].text == ",":
        words = words[:-1]
    change = joined(parsed, Replacement(start, end, words, gender), language)
    if change is None or language == "en":
        return change
    again = _said_again(place, words)
    return None if again is None else change + again


_FAMILIES = (frozenset({"de", "d'", "du", "des"}), frozenset({"à", "au", "aux"}))


def _said_again(place: Span, words: str) -> Change | None:
    """What to take out where a French phrase's preposition is said again: « afin de … et de … ».

    Nothing where it isn't, or where the plain words have it too. Before an infinitive that goes
    with the first it can go; None where that is in doubt: « en fonction du lieu et de l’heure ».
    """
    last, kept = plain_form(place[-1]), words.lower().replace("’", "'").split()[-1]
    family = next((words for words in _FAMILIES if last in words), frozenset[str]())
    first = _next(place)
    if not family or kept in family or kept.startswith("d'") or first is None:
        return ()
    edits: list[Edit] = []
    for token in place.doc[place.end + 1 : place.sent.end - 1]:
        if plain_form(token) not in family:
            continue
        beside, doing = plain_form(token.nbor(-1)), _infinitive(token.nbor(1))
        if doing and _infinitive(first) and beside in (*_AGAIN, ","):
            edits.append(Edit(token.idx, token.idx + len(token.text_with_ws), ""))
        elif beside in _AGAIN or doing:
            return None
    return tuple(edits)


_AGAIN = ("et", "ou", "ni", "mais", "non", "que")


def _infinitive(token: Token) -> bool:
    """Whether an infinitive begins here: « faciliter », « mieux servir », « les réduire »."""
    while token.pos_ in ("ADV", "PRON") and token.i + 1 < token.sent.end:
        token = token.nbor(1)
    return has(token, "VerbForm", "Inf")


def _with_tail(words: str, tail: str) -> str:
    """The plain words and the article that the hard ones' contraction held."""
    if tail and words.endswith((" de", " à")):
        contracted = {"dele": "du", "deles": "des", "àle": "au", "àles": "aux"}
        first, _, last = words.rpartition(" ")
        return f"{first} {contracted[last + tail]}"
    return f"{words} {tail}" if tail else words


def _ordinary(place: Span) -> bool:
    """Whether the words stand as ordinary words: no name, no capitals, no part of a compound."""
    first, text = place[0], place.doc.text
    start, end = place.start_char, place.end_char
    if text[start - 1 : start] in tuple("-–/_") or text[end : end + 1] in tuple("-/_"):
        return False
    if any(token.text[1:] != token.text[1:].lower() for token in place):
        return False
    if any(token.text[:1].isupper() for token in place[1:]):
        return False
    return first.text[:1].islower() or _opens(first)


def _opens(token: Token) -> bool:
    """Whether a token is the first word of its sentence."""
    return all(before.is_punct for before in token.doc[token.sent.start : token.i])


# What a part of speech asks of the place, whatever the entry.

_ADVERBS = frozenset(
    {"not", "also", "often", "very", "so", "too", "as", "quite", "especially", "still"}
)
_LONG = 6


def _takes(head: Token, place: Span, entry: PlainWord, language: Language) -> bool:
    """Whether the head has the entry's part of speech and a place that a plain word may take."""
    tagged = head.pos_
    if tagged == "PROPN" and entry.pos == "NOUN" and _opens(place[0]) and len(head.text) > 1:
        tagged = "NOUN"
    if tagged != entry.pos:
        return False
    after = _next(place)
    if entry.pos == "NOUN":
        compound = head.dep_.startswith(("compound", "flat")) or (
            after is not None and after.pos_ in ("NOUN", "PROPN")
        )
        possessive = after is not None and after.text in ("'", "’")
        return language == "fr" or not (compound or possessive)
    if entry.pos == "VERB":
        if language == "fr":
            return not (_reflexive(head) or _other_auxiliary(head, entry))
        return not (_adjectival(head) or (" " in entry.plain and _pronoun_object(head)))
    if entry.pos == "ADJ" and language == "en":
        degree = [child for child in head.lefts if child.dep_ == "advmod"]
        strict = len(entry.plain) < _LONG or " " in entry.plain
        return not (strict and any(child.lower_ not in _ADVERBS for child in degree))
    return True


#: French verbs whose compound tenses take « être »: these and those that end in one of them.
_WITH_ETRE = (
    "aller", "venir", "arriver", "partir", "entrer", "rester", "demeurer", "naître", "mourir",
    "décéder", "tomber", "retourner",
)  # fmt: skip

_WITH_AVOIR = ("répartir", "prévenir", "convenir", "subvenir", "contrevenir")


def _reflexive(verb: Token) -> bool:
    """Whether a French verb is said with "se", which the plain one might not bear."""
    return any(plain_form(child) in ("se", "s'", "nous", "vous", "me", "te", "m'", "t'")
               and child.dep_.startswith("expl") for child in verb.lefts) or (
        verb.i > 0 and plain_form(verb.nbor(-1)) in ("se", "s'")
    )  # fmt: skip


def _other_auxiliary(verb: Token, entry: PlainWord) -> bool:
    """Whether a French compound tense needs another auxiliary: « est venu », « a réussi »."""
    first = (text.split()[0] for text in (entry.hard, entry.plain))
    hard, plain = (word.endswith(_WITH_ETRE) and word not in _WITH_AVOIR for word in first)
    return hard != plain and has(verb, "VerbForm", "Part") and has(verb, "Tense", "Past")


def _adjectival(verb: Token) -> bool:
    """Whether a participle stands before a noun: "an elevated road", "modified medium"."""
    if verb.dep_ == "amod":
        return True
    after = verb.nbor() if verb.i + 1 < len(verb.doc) else None
    alone = not any(child.dep_ in ("aux", "aux:pass", "obj", "nsubj") for child in verb.children)
    if after is None or not (has(verb, "VerbForm", "Part") or has(verb, "VerbForm", "Ger")):
        return False
    return alone and after.pos_ in ("NOUN", "PROPN", "ADJ")


def _pronoun_object(verb: Token) -> bool:
    """Whether "it" or "them" would have to stand inside a phrasal verb."""
    return any(child.dep_ in ("obj", "iobj") and child.pos_ == "PRON" for child in verb.rights)


def _worded(head: Token, entry: PlainWord, language: Language) -> str | None:
    """The plain words in the form that the head has; None where it is in doubt."""
    if entry.pos not in ("VERB", "NOUN") and not (entry.pos == "ADJ" and language == "fr"):
        return entry.plain
    hard, plain = entry.hard.split(), entry.plain.split()
    last = -1 if language == "en" and entry.pos == "NOUN" else 0
    form = transfer(plain_form(head), hard[last], plain[last], entry.pos, language, head.morph)
    if form is None or (language == "en" and entry.pos == "VERB" and not _sure(head, form, entry)):
        return None
    plain[last] = form
    return " ".join(plain)


def _sure(verb: Token, form: str, entry: PlainWord) -> bool:
    """Whether the tree agrees that an English form in -ed is a past tense, or a participle."""
    made = forms(entry.plain.split()[0], "VERB", "en")
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


# Guards: one function each.


def _next(place: Span) -> Token | None:
    return place.doc[place.end] if place.end < len(place.doc) else None


def _beside(token: Token | None, words: frozenset[str]) -> bool:
    """Whether a neighbour is one of the words; the end of a text counts as a full stop."""
    if token is None:
        return "." in words
    form = "COMMA" if token.text == "," else plain_form(token)
    if form == "l'" and "DET" in words:
        return True  # the tagger knows "l'" better than « l’ »
    return form in words or token.pos_ in words or ("be" in words and token.lemma_ == "be")


def _is_one_of(token: Token, words: frozenset[str]) -> bool:
    lower = token.lower_
    return bool({token.lemma_.lower(), lower, lower.removesuffix("s")} & words)


def _objects(verb: Token) -> list[Token]:
    """What a verb is done to: objects, a passive's subject, the noun that a participle follows."""
    found = [child for child in verb.children if child.dep_ in ("obj", "nsubj:pass")]
    participle = verb.dep_ == "acl" and has(verb, "VerbForm", "Part")
    return [*found, verb.head] if participle and verb.head.i < verb.i else found


def _subjects(verb: Token) -> list[Token]:
    found = [child for child in verb.children if child.dep_ in ("nsubj", "nsubj:pass")]
    if verb.dep_ == "conj" and not found:
        found = [child for child in verb.head.children if child.dep_ == "nsubj"]
    # "a majority of respondents": who is meant stands after "of".
    found += [inner for noun in found for inner in noun.children if inner.dep_ == "nmod"]
    return [*found, verb.head] if verb.dep_ in ("acl", "acl:relcl") else found


def _active(verb: Token) -> bool:
    objects = [child for child in verb.rights if child.dep_ == "obj"]
    return bool(objects) and not any(child.dep_ == "aux:pass" for child in verb.children)


def _clauses(verb: Token) -> bool:
    return any(child.dep_ in ("xcomp", "ccomp") for child in verb.children)


def _plural_follows(place: Span) -> bool:
    """Whether the noun that the words belong to is a plural: "a number of large trees"."""
    for token in place.doc[place.end : place.end + 5]:
        if token.pos_ in ("NOUN", "PROPN") and token.dep_ != "compound":
            return has(token, "Number", "Plur")
        if token.pos_ in ("ADP", "VERB", "PUNCT", "CCONJ", "AUX", "SCONJ"):
            return False
    return False


def _attributive(place: Span, head: Token) -> bool:
    after = _next(place)
    return head.dep_ == "amod" and after is not None and after.pos_ in ("NOUN", "ADJ", "PROPN")


def _bare(head: Token) -> bool:
    modifiers = ("amod", "compound", "nmod", "nummod", "nmod:poss")
    return not any(
        child.dep_ in modifiers and child.pos_ in ("ADJ", "NOUN", "PROPN", "NUM", "VERB")
        for child in head.lefts
    )


def _before(place: Span) -> Token | None:
    return place.doc[place.start - 1] if place.start else None


_GUARDS: dict[str, Callable[[frozenset[str], Span, Token], bool]] = {
    "before": lambda words, place, head: _beside(_next(place), words),
    "not_before": lambda words, place, head: not _beside(_next(place), words),
    "after": lambda words, place, head: place.start > 0 and _beside(_before(place), words),
    "not_after": lambda words, place, head: not (place.start and _beside(_before(place), words)),
    "not_with": lambda words, place, head: (
        not any(
            plain_form(token) in words
            for token in head.sent
            if not place.start <= token.i < place.end
        )
    ),
    "object": lambda words, place, head: (
        any(_is_one_of(token, words) for token in _objects(head))
        if words
        else bool(_objects(head)) or any(child.dep_ == "ccomp" for child in head.children)
    ),
    "subject": lambda words, place, head: any(_is_one_of(t, words) for t in _subjects(head)),
    "no_object": lambda words, place, head: not _objects(head) and not _clauses(head),
    "active": lambda words, place, head: _active(head),
    "clause": lambda words, place, head: _clauses(head),
    "no_clause": lambda words, place, head: not _clauses(head),
    "counts": lambda words, place, head: _plural_follows(place),
    "singular": lambda words, place, head: has(head, "Number", "Sing"),
    "plural": lambda words, place, head: has(head, "Number", "Plur"),
    "bare": lambda words, place, head: _bare(head),
    "start": lambda words, place, head: _opens(place[0]),
    "not_start": lambda words, place, head: not _opens(place[0]),
    "attributive": lambda words, place, head: _attributive(place, head),
    "predicative": lambda words, place, head: any(c.dep_ == "cop" for c in head.children),
}


def _holds(guard: Guard, place: Span, head: Token) -> bool:
    return _GUARDS[guard.name](guard.words, place, head)


# The patterns, by their first word.


@cache
def _genders() -> dict[str, str]:
    """The gender of the French list's plain nouns."""
    return {noun: gender for noun, gender in rows("noun_gender", "fr", 2)}


@cache
def _index(language: Language) -> dict[str, tuple[_Pattern, ...]]:
    """Every pattern under its first word: the longest first, then in the list's order."""
    found: dict[str, list[_Pattern]] = {}
    for entry in plain_words(language):
        for pattern in _patterns(entry, language):
            found.setdefault(pattern.words[0], []).append(pattern)
    return {
        first: tuple(sorted(patterns, key=lambda pattern: -len(pattern.words)))
        for first, patterns in found.items()
    }


def _patterns(entry: PlainWord, language: Language) -> Iterator[_Pattern]:
    words = entry.hard.split()
    if entry.pos == "-":
        yield from _phrase(entry, language)
        return
    place = len(words) - 1 if language == "en" and entry.pos == "NOUN" else 0
    for form in sorted(set(forms(words[place], entry.pos, language).values())):
        phrase = _tokens(" ".join([*words[:place], form, *words[place + 1 :]]), language)
        yield _Pattern(phrase, entry, place)


def _phrase(entry: PlainWord, language: Language) -> Iterator[_Pattern]:
    """A phrase as written; a French one in "de" or "à" with the articles that melt into it."""
    words = _tokens(entry.hard, language)
    yield _Pattern(words, entry, 0)
    if language == "en" or words[-1] not in _MELTED:
        return
    elided = {"de": ("d'",), "à": ()}[words[-1]]
    for form in elided:
        yield _Pattern((*words[:-1], form), entry, 0)
    for form, article in _MELTED[words[-1]]:
        yield _Pattern((*words[:-1], form), entry, 0, article)


_MELTED = {"de": (("du", "le"), ("des", "les")), "à": (("au", "le"), ("aux", "les"))}


def _tokens(phrase: str, language: Language) -> tuple[str, ...]:
    return tuple(plain_form(token) for token in pipeline(language).tokenizer(phrase))

"""Whether what is said takes back the act that its words name.

``performed(sentence)`` is the act that its form performs ("The motion passed."), which few labelled
meetings have and a model therefore misses. ``denied(sentence, kind)`` names the word that takes an
act back: a decision that was not taken, is asked about, supposed or still to come; a commitment
refused, or that nobody is able to keep; a trial that nobody made; a problem that nobody has.
``unable(sentence)`` is the word by which somebody says what they can't do, lack or have trouble
with. In: a parsed sentence in Universal Dependencies and the kind of point that it seems to be.
Words are data (``points.toml``, table ``acts``). What a sentence is, is judged elsewhere; this only
keeps it from being told as the opposite.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from corpus.document import Language
from models.point_features import language_of
from pipelines.brief import PointKind
from pipelines.language.lexicon import listed, pattern

#: A verb's negation and its subject stand no further from it than so many words.
_NEAR = 4
_MAIN = ("ROOT", "root", "conj", "parataxis")
_CLAUSE = ("advcl", "acl", "acl:relcl")
_PREDICATES = ("ROOT", "root", "ccomp", "xcomp", "conj", "parataxis", "advcl", "acl:relcl")


def denied(doc: Doc, kind: PointKind) -> str | None:
    """The word by which a sentence takes back what it would be told as; None where it stands."""
    language = language_of(doc)
    if kind == "decision":
        return _not_decided(doc, language)
    if kind == "commitment":
        return next(_refusals(doc, language), None) or unable(doc)
    if kind in ("innovation", "enabler"):
        return next(_nobody(doc, language), None)
    if kind == "barrier":
        return next(_no_trouble(doc, language), None)
    return None


def unable(doc: Doc) -> str | None:
    """The word by which somebody says what can't be done, is lacked or is hard; None where nobody.

    In a main clause, and not of the person spoken to: « nous ne pouvons pas ouvrir », "the camp
    lacks staff", « on n'a pas les moyens », "we have trouble hiring".
    """
    language = language_of(doc)
    if doc.text.rstrip().endswith("?"):
        return None
    for verb in doc:
        main = verb.head if verb.dep_ == "xcomp" else verb  # « on va avoir du mal à ouvrir »
        said_of = [*_subjects(verb), *_subjects(main)]
        if main.dep_ not in _MAIN or any(_is(one, language, "you") for one in said_of):
            continue
        if word := _lacking(verb, language):
            return word.text
    return None


def hindered(doc: Doc) -> bool:
    """Whether what somebody can't do or lacks hinders: who can't promise something doesn't say so.

    The verb itself tells: "I can't promise to lend them", « je ne peux rien garantir ».
    """
    language = language_of(doc)
    return unable(doc) is not None and not any(
        _is(verb, language, "only_says") for verb in doc if verb.dep_ in (*_MAIN, "xcomp")
    )


def _lacking(verb: Token, language: Language) -> Token | None:
    """The word of a predicate that says so: its negation, or what names the lack."""
    no = next((one for one in verb.children if _negates(one, language)), None)
    helpers = [one for one in verb.children if one.dep_.split(":")[0] == "aux"]
    if no is not None and any(_is(one, language, "able") for one in (verb, *helpers)):
        return no
    if no is None and _is(verb, language, "lacking"):
        return verb
    if not _is(verb, language, "has"):
        return None
    for thing in (child for child in verb.children if child.dep_ == "obj"):
        if no is None and _is(thing, language, "trouble_to"):
            return thing
        none = next((one for one in thing.children if _negates(one, language)), no)
        if none is not None and not _is(thing, language, "trouble"):
            return none
    return None


def _negates(token: Token, language: Language) -> bool:
    """Whether a word denies: « ne … que » only restricts."""
    if not _is(token, language, "negations"):
        return False
    if not _is(token, language, "halves"):
        return True
    near = token.doc[token.i + 1 : token.i + _NEAR]
    whole = any(
        _is(one, language, "negations") and not _is(one, language, "halves") for one in near
    )
    return whole or not any(_is(one, language, "only") for one in near)


def _subjects(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_.startswith(("nsubj", "expl"))]


def performed(doc: Doc) -> PointKind | None:
    """The act that a sentence's own form performs: a decision taken, a motion put, a help named.

    A motion that passed, a plan that is approved, "we agreed that …" are decisions, "I move that …"
    recommends one; each in its main clause, neither denied nor supposed. "Then that's agreed, …"
    sums one up. "What helped was …" names an enabler; of thirteen such sentences of labelled
    exchanges ten are, twelve are points.
    """
    language = language_of(doc)
    if doc.text.rstrip().endswith("?"):
        return None
    if pattern("points", language, "talk", "helped").search(doc.text):
        return "enabler"
    if pattern("points", language, "talk", "settled").match(doc.text):
        return "decision"
    for verb in doc:
        if verb.dep_ not in _MAIN or _undone(verb, language):
            continue
        if _resolves(verb, language):
            return "decision"
        if _moves(verb, language):
            return "recommendation"
    return None


def _resolves(verb: Token, language: Language) -> bool:
    if not _is(verb, language, "decided"):
        return False
    subjects = _subjects(verb)
    helpers = [child for child in verb.children if child.dep_.split(":")[0] in ("aux", "cop")]
    past = any("Past" in one.morph.get("Tense", []) for one in (verb, *helpers))
    if any(_is(one, language, "motions") for one in subjects):
        return past
    if _is(verb, language, "resolved") and any("pass" in one.dep_ for one in verb.children):
        return any("Pres" in one.morph.get("Tense", []) for one in helpers)  # "is approved"
    return past and any(_is(one, language, "deciders") for one in subjects)


def decided_among(doc: Doc, language: Language) -> bool:
    """Whether somebody says what they agreed on among themselves: « On s’est entendus pour … »."""
    return any(
        verb.dep_ in _MAIN
        and _among(verb, language)
        and any(_is(one, language, "deciders") for one in _subjects(verb))
        and _undone(verb, language) is None
        for verb in doc
    )


def _among(verb: Token, language: Language) -> bool:
    """A reflexive verb of agreement, in the past."""
    if not is_listed(verb, language, "plain", "among"):
        return False
    each_other = listed("points", language, "plain", "each_other")
    return "Past" in verb.morph.get("Tense", []) and any(
        child.lower_ in each_other for child in verb.children if child.i < verb.i
    )


def _moves(verb: Token, language: Language) -> bool:
    first = any(_is(one, language, "we") for one in verb.children if one.dep_ == "nsubj")
    following = verb.doc[verb.i + 1 : verb.i + 2]
    clause = any(_is(one, language, "moved_that") for one in following)
    now = "Past" not in verb.morph.get("Tense", [])  # "We moved to closed bins" tells of a deed
    return _is(verb, language, "moves") and first and clause and now


def _not_decided(doc: Doc, language: Language) -> str | None:
    """Why none of the decisions that a sentence names was taken; None where one was, or none is."""
    decisions = [
        token
        for token in doc
        if (_is(token, language, "decided") and _predicate(token)) or _among(token, language)
    ]
    reasons = [_undone(token, language) for token in decisions]
    if reasons:
        return None if None in reasons else reasons[0]
    return next(_refusals(doc, language), None)


def _undone(verb: Token, language: Language) -> str | None:
    """The word that keeps a decision from being one."""
    around = [verb, *verb.children]
    if verb.dep_ in _CLAUSE:
        around += [child for child in verb.children if child.dep_ == "mark"]
    for token in around:
        if _is(token, language, "negations") or _is(token, language, "nobody"):
            return token.text
        if token.dep_.startswith(("aux", "mark", "advmod")) and _is(token, language, "supposed"):
            return token.text
    asked = _inverted(verb, language)
    return asked.text if asked is not None else None


def _inverted(verb: Token, language: Language) -> Token | None:
    """An auxiliary before the subject, as a question has it: "do we agree"."""
    subject = next((child for child in verb.children if child.dep_.startswith("nsubj")), None)
    helper = next((child for child in verb.children if child.dep_.startswith("aux")), None)
    if subject is None or helper is None or language != "en":
        return None
    return helper if helper.i < subject.i else None


def _refusals(doc: Doc, language: Language) -> Iterator[str]:
    """Negations close to a main predicate, where somebody speaks of what they will do.

    By where the words stand: of « je n’enverrai pas » a parse may miss a part.
    """
    for token in doc:
        main = token.head.i == token.i or token.dep_ in ("conj", "parataxis", "ccomp")
        if not main or token.pos_ not in ("VERB", "AUX"):
            continue
        near = doc[max(0, token.i - _NEAR) : token.i + _NEAR]
        first = any(_is(one, language, "we") for one in near if one.i < token.i)
        yield from (one.text for one in near if first and _negates(one, language))
    yield from _nobody(doc, language)


def _nobody(doc: Doc, language: Language) -> Iterator[str]:
    for token in doc:
        if token.dep_.startswith("nsubj") and _is(token, language, "nobody"):
            yield token.text


def _no_trouble(doc: Doc, language: Language) -> Iterator[str]:
    """Negations over having a problem: "we do not have a big problem", "there is no barrier"."""
    for token in doc:
        if not _is(token, language, "trouble"):
            continue
        over = [*token.children, *(token.head.children if token.dep_ in _OBJECTS else ())]
        no = next((one for one in over if _is(one, language, "negations")), None)
        if no is not None:
            yield no.text


_OBJECTS = ("obj", "nsubj", "nsubj:pass", "attr", "obl:arg")


def _predicate(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX", "NOUN", "ADJ") and token.dep_ in _PREDICATES


def _is(token: Token, language: Language, group: str) -> bool:
    return is_listed(token, language, "acts", group)


def is_listed(token: Token, language: Language, *keys: str) -> bool:
    """Whether a word, as it stands or by its lemma, is in a list of ``points.toml``."""
    words = listed("points", language, *keys)
    return token.lower_ in words or token.lemma_.lower() in words

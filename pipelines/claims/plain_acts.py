"""What the plain form of a sentence performs, where there is too little talk to judge it by.

In: a parsed sentence of an exchange of few sentences. Out: the kind of point that its form makes
it, or None. A model that hears how a sentence stands out from the rest of a meeting is unsure of
five sentences alone; but who will do what ("The city will pay for them."), what stands in the way
("The main problem is …"), what was built and worked, whose figures are told and what is asked show
in the form. Each in its main clause, neither denied, supposed nor said of somebody else's words.
Words are data (``points.toml``, table ``plain``). Longer exchanges are left to the model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Doc, Token

from corpus.document import Language
from models.point_features import cues, language_of
from models.spoken_marks import last_mark
from pipelines.brief import PointKind
from pipelines.claims.acts import decided_among, denied, hindered, is_listed, performed

#: Between what names a trouble and the form of "be" that says what it is stand no more words.
_BETWEEN = 3
#: A question has so many words: "Who trains them?", but not "Seconded?".
SHORTEST_QUESTION = 3
_MAIN = ("ROOT", "root", "conj", "parataxis")
#: Classes of cues (``point_cues.toml``) that make a sentence no act of its speaker's.
_SUPPOSED = frozenset({"hypothetical", "reported", "procedural"})


def plain_act(doc: Doc) -> PointKind | None:
    """The kind of point that a sentence's form makes it; None where it shows none."""
    language = language_of(doc)
    if last_mark(doc.text, language) == "?":
        return "question" if _asks(doc, language) else None
    if points_at_talk(doc):
        return None
    tests: tuple[tuple[PointKind, Callable[[Doc, Language], bool]], ...] = (
        ("decision", decided_among),
        ("innovation", _tried),
        ("commitment", _takes_on),
        ("evidence", _cites),
        ("recommendation", _advises),
    )
    if act := performed(doc):
        return act
    if _names_trouble(doc, language):
        return "barrier"
    found = next((kind for kind, test in tests if test(doc, language)), None)
    if found is None and hindered(doc):
        return "barrier"
    return None if found and denied(doc, found) else found


def points_at_talk(doc: Doc) -> bool:
    """Whether a sentence only says of what was just said that it was: "That is the question …"."""
    language = language_of(doc)
    opening = [token for token in doc if token.pos_ not in ("PUNCT", "INTJ", "CCONJ")][:4]
    return bool(opening) and (
        _is(opening[0], language, "pointing")
        and any(_is(one, language, "is") for one in opening[1:3])
        and any(_is(one, language, "talked_about") for one in _predicates(doc))
    )


def leads_on(doc: Doc) -> bool:
    """Whether what a sentence says will be done is no deed: "We will look at the next slide."."""
    language = language_of(doc)
    return any(_is(verb, language, "idle") for verb, _ in _ahead(doc, language))


def only_why(doc: Doc) -> bool:
    """Whether a sentence is a clause that hangs on another: "Because the bus stops at six."."""
    language = language_of(doc)
    opening = [token for token in doc if token.pos_ not in ("PUNCT", "INTJ", "CCONJ")][:1]
    return (
        bool(opening)
        and _is(opening[0], language, "hangs")
        and opening[0].head.dep_ in ("ROOT", "root")
    )


def asks_in_other_words(doc: Doc) -> bool:
    """Whether a sentence that no question mark ends may ask: "I wonder who pays."."""
    language = language_of(doc)
    return any(_is(token, language, "asks") for token in doc)


def _asks(doc: Doc, language: Language) -> bool:
    words = sum(token.is_alpha for token in doc)
    return (
        words >= SHORTEST_QUESTION
        and not {"procedural", "motion"} & cues(doc.text, language).keys()
    )


def _names_trouble(doc: Doc, language: Language) -> bool:
    """ "The main problem is that …", « Le principal obstacle, c’est que … »."""
    for token in doc:
        own = [child for child in token.children if child.dep_ == "det"]
        if not own or not _is(token, language, "trouble", "acts"):
            continue
        if any(_is(one, language, "negations", "acts") for one in (*own, token.head)):
            continue
        start = _behind_aside(doc, token.i + 1)
        behind = doc[start : start + _BETWEEN]
        if any(_is(one, language, "is") for one in behind):
            return True
    return False


def _behind_aside(doc: Doc, start: int) -> int:
    """The place behind an aside that begins here between commas: ", according to him, is"."""
    if start < len(doc) and doc[start].text == ",":
        later = (token.i + 1 for token in doc[start + 1 :] if token.text == ",")
        return next(later, start)
    return start


def _takes_on(doc: Doc, language: Language) -> bool:
    """Who will do what: the speaker, a body, or somebody who is named."""
    seen = cues(doc.text, language).keys()
    if _SUPPOSED & seen:
        return False
    for verb, subjects in _ahead(doc, language):
        if _is(verb, language, "idle"):
            continue
        if any(_acts(one, language) for one in subjects):
            return True
        if "deadline" in seen and any(one.pos_ == "NOUN" for one in subjects):
            return True
    if "deadline" not in seen:
        return False
    return any(
        _is(verb, language, "gives")
        and any(_is(s, language, "we", "acts") for s in _subjects(verb))
        for verb in doc
        if verb.dep_ in _MAIN and not _past(verb)
    )


def _ahead(doc: Doc, language: Language) -> Iterator[tuple[Token, list[Token]]]:
    """Verbs of main clauses that tell what will be done, each with its subjects."""
    for verb in doc:
        if verb.dep_ not in _MAIN:
            continue
        helpers = [child for child in verb.children if child.dep_.split(":")[0] == "aux"]
        subjects = _subjects(verb)
        if verb.dep_ == "conj" and not subjects:
            subjects = _subjects(verb.head)
        if _future(verb) or any(_ahead_of(one, language) for one in helpers):
            yield verb, subjects
        elif _is(verb, language, "going"):
            for goal in verb.children:
                if goal.dep_ in ("xcomp", "ccomp", "advcl") and "Inf" in goal.morph.get(
                    "VerbForm", []
                ):
                    yield goal, subjects


def _ahead_of(helper: Token, language: Language) -> bool:
    """Whether an auxiliary puts its verb in the future: "will", « va »."""
    present = "Pres" in helper.morph.get("Tense", [])
    return _is(helper, language, "will") or (present and _is(helper, language, "going"))


def _future(verb: Token) -> bool:
    return "Fut" in verb.morph.get("Tense", [])


def _acts(subject: Token, language: Language) -> bool:
    return (
        _is(subject, language, "we", "acts")
        or _is(subject, language, "bodies")
        or subject.pos_ == "PROPN"
    )


def _tried(doc: Doc, language: Language) -> bool:
    """What the speakers built or tried, and that it worked."""
    tried = any(
        verb.dep_ in _MAIN
        and _is(verb, language, "tried")
        and _past(verb)
        and any(_is(one, language, "we", "acts") for one in _subjects(verb))
        for verb in doc
    )
    return tried and any(token.pos_ == "VERB" and _is(token, language, "worked") for token in doc)


def _cites(doc: Doc, language: Language) -> bool:
    """Figures with whose they are."""
    figures = any(token.pos_ == "NUM" or token.like_num for token in doc)
    cited = any(_is(token, language, "according") for token in doc)
    return figures and (cited or "evidence" in cues(doc.text, language))


def _advises(doc: Doc, language: Language) -> bool:
    """What others should do, by a noun: "Towns ought to record it".

    Of 21 such sentences of English exchanges written for training 17 are advice, of ten French ones
    seven; of sixty of committees that sat for hours seven are, so that only few sentences are read
    so.
    """
    named = ("NOUN", "PROPN")
    by_parse = any(
        verb.dep_ in _MAIN
        and any(one.pos_ in named for one in _subjects(verb))
        and any(_is(one, language, "ought") for one in (verb, *verb.children))
        for verb in doc
    )
    # a word that the parser hardly knows
    by_word = any(word.lower_ == "ought" and word.nbor(-1).pos_ in named for word in doc[1:])
    return by_parse or by_word


def _past(verb: Token) -> bool:
    helpers = [child for child in verb.children if child.dep_.split(":")[0] == "aux"]
    return any("Past" in one.morph.get("Tense", []) for one in (verb, *helpers))


def _predicates(doc: Doc) -> list[Token]:
    return [token for token in doc if token.dep_ in ("ROOT", "root")] + [
        token for token in doc if token.dep_ in ("attr", "nsubj") and token.head.dep_ == "ROOT"
    ]


def _subjects(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_.startswith("nsubj")]


def _is(token: Token, language: Language, group: str, table: str = "plain") -> bool:
    return is_listed(token, language, table, group)

"""Which words of a parsed sentence say that one thing goes with, or comes from, another.

In: a token of a sentence parsed in Universal Dependencies. Out: the ``CueRule`` by which it is a
cue (a causal verb with its object, a passive with its agent, an association, a comparison…), or
none. Rules stand in one table, ``RULES``, tried in order; words are data
(``strength.toml``), looked up by lemma and by family, since a tagger's lemma of a rare
form can be wrong. Where the cue stands in the sentence is left to ``claims``.

Classes of words after the cues of Yu, Li & Wang (2019, "Detecting causal language use in science
findings"); the rules and their weights were tuned by hand on the even lines of that corpus's
development part.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from spacy.tokens import Token

from corpus.document import Language
from pipelines.language.lexicon import entries, pattern
from pipelines.language.words import family

#: How many words after a verb its preposition may stand ("contributed in part to").
_REACH = 5
#: How many words after a comparative its "than" may stand.
_THAN_REACH = 13
#: Endings of words made from a verb that are none of its finite forms.
_DERIVED = ("ing", "ive", "ion", "ions", "ment", "ments", "ly", "ance", "al")


@dataclass(frozen=True, slots=True)
class CueRule:
    """One way of claiming."""

    name: str
    says: Literal["causal", "correlational"]
    applies: Callable[[Token], bool]
    weight: float
    """Added to the distance from the main predicate; the nearest cue decides."""
    near: bool = False
    """Counts only beside the main predicate: far from it the word only describes."""
    trend: bool = False
    """A change that may be one over the years, which claims no relation."""


# -- looking words up ----------------------------------------------------------------------------


def language_of(token: Token) -> Language:
    """The language of the pipeline that parsed the token."""
    return "fr" if token.vocab.lang == "fr" else "en"


@cache
def _families(language: Language) -> dict[str, frozenset[tuple[str, str]]]:
    """For each family of words the lists that have one of it."""
    return _index(language, lambda word: family(word, language))


@cache
def _forms(language: Language) -> dict[str, frozenset[tuple[str, str]]]:
    """For each word as written the lists that have it."""
    return _index(language, lambda word: word)


def _index(language: Language, key: Callable[[str], str]) -> dict[str, frozenset[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    for group, lists in entries("strength", language).items():
        for name, words in lists.items():
            for entry in words:
                word = entry.split()[0] if name == "phrases" else entry
                found.setdefault(key(word), set()).add((group, name))
    return {word: frozenset(lists) for word, lists in found.items()}


@cache
def _phrases(language: Language) -> tuple[tuple[str, str], ...]:
    """Family of the word, and a preposition that makes it causal."""
    phrases = (entry.split() for entry in entries("strength", language)["cause"]["phrases"])
    return tuple(
        (family(word, language), preposition)
        for word, prepositions in phrases
        for preposition in prepositions.split("|")
    )


def families_of(token: Token) -> set[str]:
    """Families of the form and of the lemma."""
    language = language_of(token)
    return {family(token.lower_, language), family(token.lemma_, language)}


_NO_LISTS: frozenset[tuple[str, str]] = frozenset()


@lru_cache(maxsize=65536)
def _lists(form: str, lemma: str, language: Language) -> frozenset[tuple[str, str]]:
    words = [form, lemma]
    if language == "fr" and form.endswith("ent"):
        words.append(f"{form.removesuffix('ent')}er")  # « causent », taken for a noun
    return _NO_LISTS.union(
        *(_families(language).get(family(w, language), _NO_LISTS) for w in words)
    )


def listed(token: Token, group: str, key: str) -> bool:
    """Whether the word, in any form, is in a list of the lexicon."""
    return (group, key) in _lists(token.lower_, token.lemma_, language_of(token))


def written(token: Token, group: str, key: str) -> bool:
    """Whether the word, as it is written, is in a list of the lexicon."""
    lists = _forms(language_of(token)).get(token.lower_.replace("’", "'"), _NO_LISTS)
    return (group, key) in lists


def notable(token: Token) -> bool:
    """Whether any list has the word; no other can be a cue, but for a comparative's form."""
    language = language_of(token)
    if _lists(token.lower_, token.lemma_, language):
        return True
    return token.lower_ in _forms(language) or has(token, "Degree", "Cmp")


# -- reading the parse ---------------------------------------------------------------------------


def relation(token: Token) -> str:
    """The relation to the head without its subtype."""
    return token.dep_.split(":")[0]


def dependents(token: Token, *relations: str) -> list[Token]:
    """The children in the relations, subtypes included."""
    return [c for c in token.children if c.dep_ in relations or relation(c) in relations]


def has(token: Token, feature: str, value: str) -> bool:
    """Whether the word has a morphological feature ("Mood", "Cnd")."""
    return value in token.morph.get(feature, [])


def is_verb(token: Token) -> bool:
    """Whether the tagger saw a verb."""
    return token.pos_ in ("VERB", "AUX")


def is_noun(token: Token) -> bool:
    """Whether the tagger saw a noun."""
    return token.pos_ in ("NOUN", "PROPN")


def is_passive(token: Token) -> bool:
    """Whether the verb has a passive subject or auxiliary."""
    return any(child.dep_ in ("nsubj:pass", "aux:pass") for child in token.children)


def past_participle(token: Token) -> bool:
    """Whether the word is a past participle."""
    return has(token, "VerbForm", "Part") and has(token, "Tense", "Past")


def before(token: Token) -> Token | None:
    """The word before, adverbs and negations between them left out."""
    at = token.i - 1
    while at >= token.sent.start and token.doc[at].pos_ in ("ADV", "PART"):
        if token.doc[at].lower_ == "to":
            break
        at -= 1
    return token.doc[at] if at >= token.sent.start else None


def after(token: Token) -> Token | None:
    """The word after, adverbs between them left out."""
    at = token.i + 1
    while at < token.sent.end and token.doc[at].pos_ == "ADV":
        at += 1
    return token.doc[at] if at < token.sent.end else None


def _next_words(token: Token, count: int) -> list[Token]:
    return list(token.doc[token.i + 1 : min(token.i + 1 + count, token.sent.end)])


def has_agent(token: Token) -> bool:
    """Whether something is named by, with or after which it happened; no amount ("by a third")."""
    for child in dependents(token, "obl", "advcl"):
        opening = [word for word in child.subtree if word.i <= child.i]
        if any(word.like_num or written(word, "grammar", "amounts") for word in opening):
            continue
        if child.dep_ == "obl:agent":
            return True
        if any(written(word, "grammar", "agent") for word in dependents(child, "case", "mark")):
            return True
    return False


def after_modal(token: Token) -> bool:
    """Whether an auxiliary that only a verb follows stands before it ("may", "did not")."""
    word = before(token)
    return word is not None and written(word, "grammar", "auxiliaries")


def seeming_before(token: Token) -> Token | None:
    """The verb of seeming whose infinitive the word is, whatever its tag: "appears to lower"."""
    previous = before(token)
    if previous is None or previous.lower_ != "to" or previous.i == token.sent.start:
        return None
    verb = previous.nbor(-1)
    return verb if listed(verb, "conditional", "verbs") else None


def acts(token: Token) -> bool:
    """Whether a causal verb stands between two noun phrases, whatever the parse says.

    "cuts", "impacts" or "improved" are often parsed as nouns or participles; a noun before them
    and the beginning of a noun phrase after them tell. In French a plural in -ent, or a
    determiner right behind, which no adjective has, tells.
    """
    following = after(token)
    if token.i == token.sent.start or following is None:
        return False
    if language_of(token) == "fr":
        return _lost_in_french(token, following)
    form, previous = token.lower_, before(token)
    if _is_name(token) or (token.tag_ == "JJR" and form != "lower"):
        return False
    if form.endswith(_DERIVED) and not written(token, "cause", "verbs"):
        return False
    if not _opens_phrase(following):
        return False
    if after_modal(token) or seeming_before(token):
        return True
    if previous is not None and not _closes_phrase(previous):
        return False
    if form.endswith(("ed", "led", "hurt")):
        return following.pos_ != "NUM"
    return form.endswith("s") or _finite(token, previous)


def _lost_in_french(token: Token, following: Token) -> bool:
    """« protègent » or « réduit le » after a noun, where the tagger saw no verb."""
    if is_verb(token) or token.nbor(-1).pos_ in ("DET", "ADP"):
        return False
    return token.lower_.endswith("ent") or following.pos_ == "DET"


def _opens_phrase(token: Token) -> bool:
    closed = ("ADP", "PUNCT", "CCONJ", "VERB", "AUX", "SCONJ", "PRON")
    return token.pos_ not in closed or written(token, "grammar", "possessives")


def _closes_phrase(token: Token) -> bool:
    if written(token, "grammar", "openers"):
        return False
    noun = token.pos_ in ("NOUN", "PROPN", "NUM", "SYM", "X")
    return noun or written(token, "grammar", "subjects")


def _finite(token: Token, previous: Token | None) -> bool:
    """Whether a bare form, which may be a noun, is a verb: after a plural, or "Could … cause"."""
    asked = written(token.sent[0], "conditional", "modals")
    if asked or not listed(token, "cause", "nounlike"):
        return True
    if previous is None:
        return False
    plural = is_noun(previous) and has(previous, "Number", "Plur")
    return plural or written(previous, "grammar", "subjects")


def _of_persons(token: Token) -> bool:
    return any(listed(c, "grammar", "persons") for c in dependents(token, "nsubj"))


def _joined(token: Token) -> bool:
    """Whether a hyphen binds the word to the one before ("age-related")."""
    return token.i > token.sent.start and token.nbor(-1).text in ("-", "–")


# -- causal cues ---------------------------------------------------------------------------------


def _phrase(token: Token) -> bool:
    language = language_of(token)
    following = [word.lower_.replace("’", "'") for word in _next_words(token, _REACH)]
    if not following:
        return False
    families = families_of(token)
    reached = [p for word, p in _phrases(language) if word in families and p in following]
    if is_verb(token):
        return bool(reached)
    if following[0] not in reached:
        return False
    if not is_noun(token):
        return True
    previous = before(token)  # a noun, or "results in" after one
    headline = previous is not None and is_noun(previous)
    return headline and not listed(token, "cause", "nounlike")


def _reason(token: Token) -> bool:
    """ "due to", "because of": far from the predicate they only explain in passing."""
    return not is_verb(token) and not is_noun(token) and not _due_to_be(token) and _phrase(token)


def _due_to_be(token: Token) -> bool:
    """What is due to be done is planned, not caused."""
    ahead = token.doc[token.i + 1 : token.i + 3]
    return token.lower_ == "due" and [word.lower_ for word in ahead] == ["to", "be"]


def _attribute(token: Token) -> bool:
    """A participle that only describes: "an increased risk", "had reduced function"."""
    if relation(token) == "amod":
        return True
    if relation(token) == "conj" and is_noun(token.head) and past_participle(token):
        return True
    if token.i == token.sent.start or not listed(token, "comparison", "participles"):
        return False
    previous = token.nbor(-1)
    return written(previous, "grammar", "showing") or (
        written(previous, "grammar", "having") and _of_persons(token)
    )


def _causal_verb(token: Token) -> bool:
    if not listed(token, "cause", "verbs"):
        return False
    if acts(token):
        return True
    if not is_verb(token) or _attribute(token) or is_passive(token):
        return False
    if past_participle(token) and relation(token) == "acl":
        return False
    return bool(dependents(token, "obj", "xcomp", "ccomp", "iobj"))


def _causal_passive(token: Token) -> bool:
    if not listed(token, "cause", "verbs") or not is_verb(token) or _attribute(token):
        return False
    participle = past_participle(token) and relation(token) == "acl"
    return (is_passive(token) or participle) and has_agent(token)


def _gives_change(token: Token) -> bool:
    """A verb of giving with a change or an effect as its object: "provides relief"."""
    if not is_verb(token) or not listed(token, "cause", "light"):
        return False
    if is_passive(token) and has_agent(token):
        given = dependents(token, "nsubj")
        return any(listed(word, "comparison", "changes") for word in given)
    return any(_is_change(word) for word in dependents(token, "obj"))


def _is_change(token: Token) -> bool:
    if listed(token, "comparison", "changes") or listed(token, "cause", "nouns"):
        return True
    return any(_comparative(c) or listed(c, "cause", "verbs") for c in token.children)


def _causal_noun(token: Token) -> bool:
    if not is_noun(token) or _is_name(token) or relation(token) == "compound":
        return False
    if not listed(token, "cause", "nouns"):
        return False
    return not any(listed(child, "cause", "spoilers") for child in token.children)


def _causal_adjective(token: Token) -> bool:
    return token.pos_ == "ADJ" and listed(token, "cause", "adjectives")


# -- cues of association -------------------------------------------------------------------------


def _is_name(token: Token) -> bool:
    """Part of a name: "the American Heart Association"."""
    if token.pos_ != "PROPN" or not token.text[:1].isupper() or token.i == token.sent.start:
        return False
    return not token.nbor(-1).is_punct


def _association_verb(token: Token) -> bool:
    if _joined(token):
        return False
    if listed(token, "association", "verbs") and (is_verb(token) or acts(token)):
        return True
    if not is_verb(token):
        return False
    following = _next_words(token, 1)
    with_preposition = listed(token, "association", "verbs_with")
    return with_preposition and any(
        written(word, "association", "prepositions") for word in following
    )


def _association_noun(token: Token) -> bool:
    if not is_noun(token) or _is_name(token) or written(token, "association", "never"):
        return False
    if listed(token, "association", "nouns"):
        return True
    return listed(token, "association", "factors") and any(
        listed(child, "association", "of_factors") for child in token.children
    )


def _association_adjective(token: Token) -> bool:
    return (
        token.pos_ in ("ADJ", "VERB")
        and listed(token, "association", "adjectives")
        and not written(token, "association", "never")
        and not _joined(token)
    )


def _more_likely(token: Token) -> bool:
    """ "more likely", "three times as likely", « plus susceptible »."""
    if not written(token, "association", "likely"):
        return False
    near = token.doc[max(token.sent.start, token.i - 3) : token.i]
    return any(written(word, "comparison", "degrees") for word in near)


def _risk(token: Token) -> bool:
    """A risk that is told to be high, low or a factor; not "high-risk patients"."""
    if not is_noun(token) or not listed(token, "association", "risk"):
        return False
    if relation(token) == "compound" and listed(token.head, "grammar", "persons"):
        return False
    if any(_measures(word) for word in token.subtree if word != token and _beside(word, token)):
        return True
    previous = token.nbor(-1) if token.i > token.sent.start else None
    following = after(token)
    return (previous is not None and written(previous, "association", "at_risk")) or (
        following is not None and listed(following, "association", "factors")
    )


def _beside(word: Token, noun: Token) -> bool:
    """Where words that measure a noun stand: before it, in French also right behind it."""
    return word.i < noun.i or (language_of(noun) == "fr" and word.head == noun)


def _measures(token: Token) -> bool:
    return (
        _is_comparative(token)
        or token.like_num
        or listed(token, "cause", "verbs")
        or written(token, "association", "measures")
    )


# -- comparisons ---------------------------------------------------------------------------------


def _is_comparative(token: Token) -> bool:
    if has(token, "Degree", "Cmp") or written(token, "comparison", "comparatives"):
        return True
    return language_of(token) == "fr" and _intensifies(token)


def _intensifies(token: Token) -> bool:
    """« plus élevé », « moins d’appels »; not « le plus élevé », « plus de 80 », « ne … plus »."""
    if not written(token, "comparison", "intensifiers"):
        return False
    around = token.doc[max(token.sent.start, token.i - 3) : token.i]
    if any(word.lower_ in ("ne", "n'", "n’") for word in around):
        return False
    if len(around) and around[-1].lower_ in ("le", "la", "les"):
        return False
    following = _next_words(token, 2)
    if not following:
        return False
    if following[0].pos_ in ("ADJ", "ADV", "VERB"):
        return True
    of_what = following[0].lower_ in ("de", "d'", "d’") and len(following) > 1
    return of_what and not _is_amount(following[1])


def _comparative(token: Token) -> bool:
    """ "higher", "fewer"; not "more than 80", not "older adults" without a "than"."""
    if not _is_comparative(token) or not token.is_alpha:
        return False
    following = _next_words(token, _THAN_REACH)
    than = [n for n, word in enumerate(following) if written(word, "comparison", "than")]
    if than and than[0] == 0 and any(_is_amount(word) for word in following[1:3]):
        return False
    return bool(than) or not written(token, "comparison", "everyday")


def _is_amount(token: Token) -> bool:
    return token.like_num or token.pos_ == "NUM" or written(token, "grammar", "amounts")


def _compared(token: Token) -> bool:
    return written(token, "comparison", "compared")


def _difference(token: Token) -> bool:
    return is_noun(token) and not _is_name(token) and listed(token, "comparison", "nouns")


def _differs(token: Token) -> bool:
    return is_verb(token) and listed(token, "comparison", "verbs") and not _joined(token)


def _alike(token: Token) -> bool:
    if token.pos_ != "ADJ" or not listed(token, "comparison", "adjectives"):
        return False
    if relation(token) == "amod" and listed(token, "comparison", "predicates"):
        return False
    return not any(listed(c, "grammar", "studies") for c in dependents(token, "nsubj"))


def _common(token: Token) -> bool:
    """ "is common among", "less frequent"; not "the most common tumour"."""
    if token.pos_ != "ADJ" or not listed(token, "comparison", "frequency"):
        return False
    if any(_is_comparative(child) for child in token.children):
        return True
    return relation(token) != "amod" and bool(dependents(token, "cop"))


def _change(token: Token) -> bool:
    return (
        is_noun(token)
        and not _is_name(token)
        and relation(token) != "compound"
        and listed(token, "comparison", "changes")
    )


def _described_change(token: Token) -> bool:
    if not is_verb(token) or not listed(token, "cause", "verbs"):
        return False
    return _attribute(token) or (past_participle(token) and relation(token) == "acl")


def _changes(token: Token) -> bool:
    """A verb of change without who or what brings it about: "rates increased", "was reduced"."""
    return is_verb(token) and listed(token, "cause", "verbs")


#: Tried in order; the first that applies names the cue.
RULES: tuple[CueRule, ...] = (
    CueRule("reason given", "causal", _reason, 0, near=True),
    CueRule("causal phrase", "causal", _phrase, 0),
    CueRule("causal verb", "causal", _causal_verb, 0),
    CueRule("passive with an agent", "causal", _causal_passive, 0),
    CueRule("change described", "correlational", _described_change, 1, near=True),
    CueRule("change", "correlational", _changes, 1, near=True, trend=True),
    CueRule("association verb", "correlational", _association_verb, 0),
    CueRule("differing", "correlational", _differs, 1, near=True, trend=True),
    CueRule("change given", "causal", _gives_change, 0.2),
    CueRule("causal noun", "causal", _causal_noun, 0.3),
    CueRule("risk", "correlational", _risk, 1),
    CueRule("association noun", "correlational", _association_noun, 0.3),
    CueRule("difference", "correlational", _difference, 1, near=True),
    CueRule("noun of change", "correlational", _change, 2, near=True, trend=True),
    CueRule("likelihood compared", "correlational", _more_likely, 0),
    CueRule("association adjective", "correlational", _association_adjective, 0.5, near=True),
    CueRule("causal adjective", "causal", _causal_adjective, 0.3, near=True),
    CueRule("frequency", "correlational", _common, 1, near=True),
    CueRule("likeness", "correlational", _alike, 1, near=True),
    CueRule("comparative", "correlational", _comparative, 1),
    CueRule("comparison", "correlational", _compared, 1),
)


def _about_knowledge(token: Token) -> bool:
    """A verb of change by or of what is known: "may improve our understanding", "raises doubts"."""
    if not is_verb(token):
        return False
    return any(listed(c, "grammar", "knowledge") for c in dependents(token, "obj")) or any(
        listed(c, "grammar", "studies") or listed(c, "grammar", "research")
        for c in dependents(token, "nsubj")
        if listed(token, "cause", "verbs")
    )


def cue(token: Token) -> CueRule | None:
    """The rule by which a word is a cue; None where it is none."""
    if not notable(token) or _about_knowledge(token):
        return None
    return next((rule for rule in RULES if rule.applies(token)), None)


@cache
def trend(language: Language) -> Callable[[str], bool]:
    """Whether a text names years or a stretch of years."""
    search = pattern("strength", language, "grammar", "trend").search
    return lambda text: search(text) is not None

"""``certainty_word``: a causal claim worded no more firmly than its kind of study allows.

In the manner of GRADE's plain statements (Santesso et al. 2020): high certainty "reduces",
moderate "probably reduces", low "may reduce", very low "it is uncertain whether … reduces". Only a
claim of cause that its authors didn't hedge themselves is touched, only where its verb carries the
sentence; nothing is ever worded more firmly. Not part of ``loop``: it needs the study's rating.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token
from wordfreq import zipf_frequency

from corpus.document import Language
from models.parsing import parse
from pipelines.brief import Certainty
from pipelines.claims.cue_rules import dependents, has, relation
from pipelines.claims.placed_cues import placed_cues
from pipelines.rewrite.changes import Change, Edit, apply
from pipelines.rewrite.steps import lowered

#: What is added, by level and language; the verb's form after it is made by the parse.
_PROBABLY: dict[Language, str] = {"en": "probably", "fr": "probablement"}
_UNCERTAIN: dict[Language, str] = {"en": "It is uncertain whether ", "fr": "Il reste à savoir si "}
#: What an auxiliary becomes under "may".
_MAY = {
    "is": "may be", "are": "may be", "was": "may have been", "were": "may have been",
    "has": "may have", "have": "may have", "does": "may", "do": "may",
}  # fmt: skip
_AUXILIARIES = ("aux", "aux:pass", "aux:tense")


def certainty_word(text: str, language: Language, level: Certainty | None) -> str:
    """The sentence with the word of certainty that its level asks for; unchanged where none fits.

    ``text`` is one sentence. Raises ``ModelMissingError``.
    """
    sentences = list(parse(text, language).sents)
    if level in (None, "high") or len(sentences) != 1:
        return text
    verb = _causal_root(sentences[0])
    if verb is None:
        return text
    if level == "very_low":
        return _uncertain(text, sentences[0], language)
    change = _probably(verb, language) if level == "moderate" else _may(verb, language)
    return apply(text, [change]) if change else text


def _causal_root(sentence: Span) -> Token | None:
    """The sentence's main verb where it claims a cause, unhedged and undenied."""
    found = [
        claim
        for claim in placed_cues(sentence)
        if claim.barrier is None and not (claim.hedges or claim.denials or claim.abilities)
    ]
    made = [claim for claim in found if claim.rule.says == "causal" and claim.word.pos_ == "VERB"]
    verb = next((claim.word for claim in made if claim.word == sentence.root), None)
    if verb is None or not dependents(verb, "nsubj") or not _finite(verb):
        return None
    return verb


def _finite(verb: Token) -> bool:
    auxiliaries = _auxiliaries(verb)
    if auxiliaries:
        return all(has(word, "VerbForm", "Fin") for word in auxiliaries[:1])
    return has(verb, "VerbForm", "Fin")


def _auxiliaries(verb: Token) -> list[Token]:
    return sorted((c for c in verb.children if c.dep_ in _AUXILIARIES), key=lambda token: token.i)


def _joined(verb: Token) -> Iterator[Token]:
    """The verbs that share the subject of ``verb``."""
    for child in verb.children:
        if relation(child) == "conj" and child.pos_ == "VERB" and not dependents(child, "nsubj"):
            yield child


def _probably(verb: Token, language: Language) -> Change:
    """English before the verb or after its first auxiliary, French after either."""
    auxiliaries = _auxiliaries(verb)
    word = _PROBABLY[language]
    if auxiliaries or language == "fr":
        end = _end(auxiliaries[0] if auxiliaries else verb)
        return (Edit(end, end, f" {word}"),)
    return (Edit(verb.idx, verb.idx, f"{word} "),)


def _end(token: Token) -> int:
    return token.idx + len(token.text)


def _may(verb: Token, language: Language) -> Change | None:
    """ "reduces" to "may reduce", "reduced" to "may have reduced"; « pourrait » in French."""
    if any(relation(child) in ("expl", "expl:subj", "expl:pass", "iobj") for child in verb.lefts):
        return None
    return _may_french(verb) if language == "fr" else _may_english(verb)


def _may_english(verb: Token) -> Change | None:
    auxiliaries, joined = _auxiliaries(verb), list(_joined(verb))
    if auxiliaries:
        first = auxiliaries[0]
        if first.lower_ not in _MAY or any(_auxiliaries(other) for other in joined):
            return None
        return (Edit(first.idx, _end(first), _MAY[first.lower_]),)
    if has(verb, "Tense", "Past"):
        if not all(_regular_past(word) for word in (verb, *joined)):
            return None
        return (Edit(verb.idx, verb.idx, "may have "),)
    if any(_auxiliaries(other) or has(other, "Tense", "Past") for other in joined):
        return None
    edits = [Edit(verb.idx, _end(verb), f"may {verb.lemma_}")]
    return (*edits, *(Edit(other.idx, _end(other), other.lemma_) for other in joined))


def _regular_past(verb: Token) -> bool:
    """Whether a past form is also the participle: "reduced", "led", "cut"."""
    return verb.lower_.endswith("ed") or verb.lower_ in ("led", "cut", "made", "kept", "brought")


def _may_french(verb: Token) -> Change | None:
    auxiliaries, joined = _auxiliaries(verb), list(_joined(verb))
    several = any(has(word, "Number", "Plur") for word in (auxiliaries or [verb])[:1])
    modal = "pourraient" if several else "pourrait"
    if any(_auxiliaries(other) for other in joined):
        return None
    if auxiliaries:
        infinitive = {"a": "avoir", "ont": "avoir", "est": "être", "sont": "être"}
        first = auxiliaries[0]
        if first.lower_ not in infinitive:
            return None
        return (Edit(first.idx, _end(first), f"{modal} {infinitive[first.lower_]}"),)
    if not has(verb, "Tense", "Pres") or not all(_infinitive(word) for word in (verb, *joined)):
        return None
    edits = [Edit(verb.idx, _end(verb), f"{modal} {verb.lemma_}")]
    return (*edits, *(Edit(other.idx, _end(other), other.lemma_) for other in joined))


def _infinitive(verb: Token) -> bool:
    """Whether a French verb's lemma is a word; the lemmatizer makes some up (« réduiser »)."""
    return verb.lemma_.endswith(("er", "ir", "re")) and zipf_frequency(verb.lemma_, "fr") >= 2


def _uncertain(text: str, sentence: Span, language: Language) -> str:
    opening = _UNCERTAIN[language]
    rest = lowered(text, sentence[0])
    if language == "fr" and rest.lower().startswith(("il ", "ils ")):
        return f"{opening[:-2]}’{rest}"
    return opening + rest

"""French claims worded less firmly: « réduit probablement », « pourrait réduire »."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token
from wordfreq import zipf_frequency

from pipelines.language.splices import Change, Splice, end_of, instead

_INFINITIVES = {"a": "avoir", "ont": "avoir", "est": "être", "sont": "être"}
#: A made-up infinitive is met less often than this (Zipf scale).
_KNOWN = 2


def probably(verb: Token, auxiliaries: Sequence[Token]) -> Change:
    """« probablement » after the verb, or after its first auxiliary."""
    end = end_of(auxiliaries[0] if auxiliaries else verb)
    return (Splice(end, end, " probablement"),)


def may(
    verb: Token, auxiliaries: Sequence[Token], joined: Sequence[Token], helped: bool
) -> Change | None:
    """« réduit » to « pourrait réduire »; None where it is in doubt.

    ``joined`` are the verbs that share the subject, ``helped`` whether one has an auxiliary.
    """
    said = auxiliaries[0] if auxiliaries else verb
    modal = "pourraient" if "Plur" in said.morph.get("Number", []) else "pourrait"
    if helped:
        return None
    if auxiliaries:
        if said.lower_ not in _INFINITIVES:
            return None
        return (instead(said, f"{modal} {_INFINITIVES[said.lower_]}"),)
    present = "Pres" in verb.morph.get("Tense", [])
    if not present or not all(_has_infinitive(word) for word in (verb, *joined)):
        return None
    return (
        instead(verb, f"{modal} {verb.lemma_}"),
        *(instead(other, other.lemma_) for other in joined),
    )


def uncertain(rest: str) -> str:
    """A sentence, its first word without its capital, told as a question that is open."""
    if rest.lower().startswith(("il ", "ils ")):
        return f"Il reste à savoir s’{rest}"
    return f"Il reste à savoir si {rest}"


def _has_infinitive(verb: Token) -> bool:
    """Whether a verb's lemma is a word; the lemmatizer makes some up (« réduiser »)."""
    ends = verb.lemma_.endswith(("er", "ir", "re"))
    return ends and zipf_frequency(verb.lemma_, "fr") >= _KNOWN

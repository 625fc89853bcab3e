"""English claims worded less firmly: "probably reduces", "may reduce", "is uncertain whether"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from pipelines.language.splices import Change, Splice, end_of, instead

#: What an auxiliary becomes under "may".
_MAY = {
    "is": "may be", "are": "may be", "was": "may have been", "were": "may have been",
    "has": "may have", "have": "may have", "does": "may", "do": "may",
}  # fmt: skip
#: Past forms that are participles too, though they don't end in -ed.
_ALIKE = ("led", "cut", "made", "kept", "brought")


def probably(verb: Token, auxiliaries: Sequence[Token]) -> Change:
    """ "probably" before the verb, or after its first auxiliary."""
    if auxiliaries:
        end = end_of(auxiliaries[0])
        return (Splice(end, end, " probably"),)
    before = verb  # "probably slightly increases"
    while (
        before.i > verb.sent.start and before.nbor(-1).head == verb and before.nbor(-1).tag_ == "RB"
    ):
        before = before.nbor(-1)
    return (Splice(before.idx, before.idx, "probably "),)


def may(
    verb: Token, auxiliaries: Sequence[Token], joined: Sequence[Token], helped: bool
) -> Change | None:
    """ "reduces" to "may reduce", "reduced" to "may have reduced"; None where it is in doubt.

    ``joined`` are the verbs that share the subject, ``helped`` whether one has an auxiliary.
    """
    if auxiliaries:
        first = auxiliaries[0]
        if first.lower_ not in _MAY or helped:
            return None
        return (instead(first, _MAY[first.lower_]),)
    if _past(verb):
        if not all(_regular(word) for word in (verb, *joined)):
            return None
        return (Splice(verb.idx, verb.idx, "may have "),)
    if helped or any(_past(other) for other in joined):
        return None
    return (
        instead(verb, f"may {verb.lemma_}"),
        *(instead(other, other.lemma_) for other in joined),
    )


def uncertain(rest: str) -> str:
    """A sentence, its first word without its capital, told as a question that is open."""
    return f"It is uncertain whether {rest}"


def _past(verb: Token) -> bool:
    return "Past" in verb.morph.get("Tense", [])


def _regular(verb: Token) -> bool:
    """Whether a past form is also the participle: "reduced", "led", "cut"."""
    return verb.lower_.endswith("ed") or verb.lower_ in _ALIKE

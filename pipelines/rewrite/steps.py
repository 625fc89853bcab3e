"""The registry of rewriting steps: what a step is, and which there are.

Two kinds are registered by the functions' names, which the brief shows in ``steps``. A cleaning
step, ``(text, context) -> text``, takes away what a reader of a brief has no use for, and is
tried on every sentence. A plainer step, ``(parsed, context) -> changes``, proposes simpler
wordings, and is tried where a sentence is harder to read than the target. ``loop`` applies both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from corpus.document import Kind, Language
from corpus.registry import Registered
from pipelines.language.splices import Change
from pipelines.rewrite.writers import Reworder


@dataclass(frozen=True, slots=True)
class Context:
    """What a step may know besides the sentence."""

    language: Language
    kind: Kind
    cited_names: frozenset[str] = frozenset()
    """Family names of the reference list, by which author-year citations are told."""
    long_forms: Mapping[str, str] = field(default_factory=dict)
    """Abbreviation to its long form, as the document defines it."""
    introduced: frozenset[str] = frozenset()
    """Abbreviations that the brief has already written out."""
    one_sentence: bool = False
    """Whether the text must stay one sentence, as a bottom line must."""
    study: bool = True
    """Whether the document shows that it is a study, so that "we" are its researchers."""
    by_one: bool = False
    """Whether one author speaks, so that "I" is nobody else."""
    people: bool = True
    """Whether the document names people, so that "individuals" are such, and no goats."""
    reworder: Reworder | None = None
    """The optional writer, asked after every step."""


Cleaning = Callable[[str, Context], str]
Plainer = Callable[[Doc, Context], Iterable[Change]]

#: Cleaning steps by the kind of document that they are for, in the order in which they are tried.
#: What only takes away comes first, so that no abbreviation is written out that goes with its
#: bracket.
CLEANING: dict[Kind, dict[str, Registered]] = {
    "paper": {
        "drop_citation": "pipelines.rewrite.trim:drop_citation",
        "drop_pointer": "pipelines.rewrite.trim:drop_pointer",
        "say_effect": "pipelines.rewrite.effect_words:say_effect",
        "drop_statistic": "pipelines.rewrite.trim:drop_statistic",
        "drop_opener": "pipelines.rewrite.trim:drop_opener",
        "drop_padding": "pipelines.rewrite.trim:drop_padding",
        "name_researchers": "pipelines.rewrite.person:name_researchers",
        "name_results": "pipelines.rewrite.person:name_results",
        "name_author": "pipelines.rewrite.person:name_author",
        "write_out_abbreviation": "pipelines.rewrite.write_out:write_out_abbreviation",
    },
    "exchange": {
        "drop_filler": "pipelines.rewrite.speech:drop_filler",
        "drop_repetition": "pipelines.rewrite.speech:drop_repetition",
        "drop_speech_opener": "pipelines.rewrite.speech:drop_speech_opener",
        "drop_announcement": "pipelines.rewrite.speech:drop_announcement",
        "drop_said_by": "pipelines.rewrite.speech:drop_said_by",
        "drop_lead_in": "pipelines.rewrite.lead_ins:drop_lead_in",
    },
}
#: Plainer steps, for documents of both kinds, that leave a sentence one sentence.
PLAINER: dict[str, Registered] = {
    "plain_word": "pipelines.rewrite.plain_words:plain_word",
    "unhide_verb": "pipelines.rewrite.hidden_verbs:unhide_verb",
    "say_number_plainly": "pipelines.rewrite.number_signs:say_number_plainly",
    "passive_to_active": "pipelines.rewrite.voice:passive_to_active",
    "unpack_nouns": "pipelines.rewrite.nouns:unpack_nouns",
    "drop_report": "pipelines.rewrite.report:drop_report",
}
#: Those that make several sentences of one.
SPLITTING: dict[str, Registered] = {
    "split_semicolon": "pipelines.rewrite.split:split_semicolon",
    "split_connector": "pipelines.rewrite.split:split_connector",
    "split_colon": "pipelines.rewrite.split:split_colon",
    "split_coordination": "pipelines.rewrite.split:split_coordination",
    "split_that": "pipelines.rewrite.split:split_that",
    "split_relative": "pipelines.rewrite.additions:split_relative",
    "split_participle": "pipelines.rewrite.additions:split_participle",
    "split_whole": "pipelines.rewrite.split:split_whole",
    "split_ending": "pipelines.rewrite.additions:split_ending",
    "split_subordinate": "pipelines.rewrite.split:split_subordinate",
    "split_examples": "pipelines.rewrite.additions:split_examples",
    "split_reason": "pipelines.rewrite.additions:split_reason",
    "split_front": "pipelines.rewrite.tails:split_front",
    "split_tail": "pipelines.rewrite.tails:split_tail",
    "split_bracket": "pipelines.rewrite.tails:split_bracket",
}
#: Those that leave out what is said in passing: tried last, where nothing else reaches the target.
DROPPING: dict[str, Registered] = {
    "drop_addition": "pipelines.rewrite.shorten:drop_addition",
    "drop_example": "pipelines.rewrite.asides:drop_example",
    "drop_aside": "pipelines.rewrite.asides:drop_aside",
}


#: A first word that may take a capital: "the", « l’eau »; not "pH", "mRNA", "p < 0.05", "unc-116".
_PLAIN_FIRST_WORD = re.compile(
    r"(?:[aày]|[a-zà-öø-ÿœ]{2,}(?:-[a-zà-öø-ÿœ]+)*|[a-z](?=[’']))(?=[\s,;:.’')?!…-]|$)(?!-\w*\d)"
)


def capitalized(text: str) -> str:
    """The text with a capital first letter, where its first word is one that takes it."""
    return text[:1].upper() + text[1:] if _PLAIN_FIRST_WORD.match(text) else text


def lowered(text: str, first: Token) -> str:
    """The text without the capital that only its place gave its first word.

    Names, abbreviations ("DNA"), and names with a digit or a capital inside stay.
    """
    word = first.text
    name = first.pos_ == "PROPN" or (
        len(word) > 1 and not re.fullmatch(r"[^\W\d_][a-zà-öø-ÿœ’'-]*", word)
    )
    if name or (word == "I" and len(word) == 1):
        return text
    return text[:1].lower() + text[1:]


def tidy(text: str) -> str:
    """Mend what removals leave: double spaces, a space before a full stop, empty brackets.

    The first letter becomes a capital. French spacing before ; : ? ! is left as it is.
    """
    text = re.sub(r"(?<!\w)\(\s*[,;]?\s*\)|(?<!\w)\[\s*\]", "", text)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s+([,.)\]])(?!\d)", r"\1", text)
    text = re.sub(r"([(\[])\s+", r"\1", text)
    text = re.sub(r"(?:,\s*)+([,;:?!]|\.(?!\d))", r"\1", text)
    return capitalized(re.sub(r"^[\s,;:]+", "", text).strip())

"""The registry of rewriting steps: what a step is, and which there are.

Two kinds are registered under their own names, which the brief shows in ``steps``. A cleaning
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
from pipelines.rewrite.edits import Change
from pipelines.writers import Reworder


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
    reworder: Reworder | None = None
    """The optional writer, asked after every step."""


Cleaning = Callable[[str, Context], str]
Plainer = Callable[[Doc, Context], Iterable[Change]]

#: Cleaning steps by the kind of document that they are for, in the order in which they are tried.
CLEANING: dict[Kind, dict[str, Cleaning]] = {"paper": {}, "exchange": {}}
#: Plainer steps, for documents of both kinds.
PLAINER: dict[str, Plainer] = {}
#: Those that make several sentences of one.
SPLITTING: dict[str, Plainer] = {}
#: Those that leave out what is said in passing: tried last, where nothing else reaches the target.
DROPPING: dict[str, Plainer] = {}


def clean(kind: Kind, *steps: Cleaning) -> None:
    """Register cleaning steps for documents of one kind; a brief shows each function's name."""
    CLEANING[kind].update({step.__name__: step for step in steps})


def plainer(*steps: Plainer) -> None:
    """Register plainer steps that leave a sentence one sentence."""
    PLAINER.update({step.__name__: step for step in steps})


def split(*steps: Plainer) -> None:
    """Register plainer steps that make several sentences of one."""
    SPLITTING.update({step.__name__: step for step in steps})


def drop(*steps: Plainer) -> None:
    """Register plainer steps that leave out what is said in passing."""
    DROPPING.update({step.__name__: step for step in steps})


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

"""What a rewriting step proposes: changes, each a few splices of the text that go together.

A splice puts other characters in the place of some of the text that the step was given. A change
is accepted or refused whole; the changes of a step are independent of each other. What is done
with changes is left to ``rewrite.changes`` and ``rewrite.loop``.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Splice:
    """Characters ``start`` to ``end`` of the step's text become ``text``."""

    start: int
    """Code points into the text that the step was given; equal to ``end`` for an insertion."""
    end: int
    text: str


Change = tuple[Splice, ...]
"""Splices that make sense only together: "conducted an assessment of" to "assessed"."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """New words for the tokens ``start`` to ``end`` (token indices, end exclusive)."""

    start: int
    end: int
    words: str
    gender: str = ""
    """"Masc" or "Fem" for a French noun, "" where it doesn't matter."""


def end_of(token: Token) -> int:
    """Where a token ends, in code points into its text."""
    return token.idx + len(token.text)


def instead(token: Token, text: str) -> Splice:
    """Another text for a token."""
    return Splice(token.idx, end_of(token), text)

"""What an optional writer is asked, what it is, and how it fails.

A writer is any plain function from a ``Request`` to a text. ``local`` and ``chat`` make two;
what is kept of an answer is decided by verification, never by the writer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from corpus.document import Language
from corpus.errors import PasserelleError
from pipelines.brief import Audience


@dataclass(frozen=True, slots=True)
class Request:
    """One passage to reword."""

    text: str
    """The source's words as the rewriting steps left them."""
    evidence: tuple[str, ...]
    """The quotes on which the passage rests."""
    language: Language
    audience: Audience
    problems: tuple[str, ...] = ()
    """What was wrong with the answer before; empty the first time."""


Writer = Callable[[Request], str]
"""Gives the passage in other words, as one line of plain text, or raises ``WriterError``."""


class WriterError(PasserelleError):
    """A writer gave no answer that could be used; the next request may fare better."""


class WriterUnavailableError(WriterError):
    """A writer can't be reached or loaded; asking it again is of no use."""

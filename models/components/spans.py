"""From characters to tokens: the span of a ``Doc`` that holds a stretch of its text.

spaCy's tokens may end elsewhere than a quantity or a place does ("12%–18%" may be one token), so
a span covers every token that the stretch touches; the value on it keeps the exact offsets.
"""

from __future__ import annotations

from spacy.tokens import Doc, Span


def whole_tokens(doc: Doc, start: int, end: int, label: str) -> Span:
    """The tokens that hold ``doc.text[start:end]``, under a label.

    Raises ``ValueError`` where the stretch is outside the text.
    """
    span = doc.char_span(start, end, label, alignment_mode="expand")
    if span is None:
        raise ValueError(f"characters {start} to {end} are outside a text of {len(doc.text)}")
    return span

"""The registry of rewriting steps, and the loop that applies them under verification.

A step is a function ``(text, context) -> text`` registered under its own name, which the brief
shows in ``steps``. The loop applies the steps in the order of registration, never inside a
quotation, and undoes every change that the caller's check refuses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from corpus.document import Kind, Language


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


Step = Callable[[str, Context], str]
#: Every step with the kind of document it is for, in the order in which they are tried.
STEPS: dict[str, tuple[Kind, Step]] = {}

_QUOTATION = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"|(?<!\w)‘(?:[^‘’]|’(?=\w))*’")
#: Private-use characters stand for quotations while steps run.
_FIRST_HELD = 0xE000
_HELD = re.compile("[\ue000-\uf8ff]")


def register(kind: Kind, *steps: Step) -> None:
    """Add steps for documents of one kind; a brief shows each under its function's name."""
    STEPS.update({step.__name__: (kind, step) for step in steps})


#: A first word that may take a capital: "the", « l’eau »; not "pH", "mRNA", "p < 0.05", "unc-116".
_PLAIN_FIRST_WORD = re.compile(
    r"(?:[aày]|[a-zà-öø-ÿœ]{2,}(?:-[a-zà-öø-ÿœ]+)*|[a-z](?=[’']))(?=[\s,;:.’')?!…-]|$)(?!-\w*\d)"
)


def capitalized(text: str) -> str:
    """The text with a capital first letter, where its first word is one that takes it."""
    return text[:1].upper() + text[1:] if _PLAIN_FIRST_WORD.match(text) else text


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


def rewrite(
    text: str, context: Context, accept: Callable[[str], bool]
) -> tuple[str, tuple[str, ...]]:
    """Apply every registered step that changes the text and passes ``accept``.

    Returns the text and the names of the steps that made it, in order. A sentence that begins or
    ends a quotation is left alone: its "we" is somebody else's.
    """
    if text.count("“") != text.count("”") or text.count("«") != text.count("»"):
        return text, ()
    applied = []
    for name, (kind, step) in STEPS.items():
        if kind != context.kind:
            continue
        held, quotations = _hold(text)
        worded = step(held, context)
        changed = _release(tidy(worded), quotations) if worded != held else text
        if changed != text and re.search(r"\w", changed) and accept(changed):
            text = changed
            applied.append(name)
    return text, tuple(applied)


def _hold(text: str) -> tuple[str, list[str]]:
    """Replace each quotation by one character, so that no step can touch it."""
    quotations: list[str] = []

    def hold(match: re.Match[str]) -> str:
        quotations.append(match.group())
        return chr(_FIRST_HELD + len(quotations) - 1)

    return (text, []) if _HELD.search(text) else (_QUOTATION.sub(hold, text), quotations)


def _release(text: str, quotations: list[str]) -> str:
    for index, quotation in enumerate(quotations):
        text = text.replace(chr(_FIRST_HELD + index), quotation)
    return text

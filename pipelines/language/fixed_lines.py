"""Fixed statements of a brief, in both languages from the start; their words are data.

In: the key of a statement in ``templates.toml``. Out: a ``Segment`` without an id, which rests on
no evidence and says so. Which of them a brief needs is left to others.
"""

from __future__ import annotations

from corpus.document import Language, other
from pipelines.brief import Section, Segment, Target
from pipelines.language.lexicon import table


def template(section: Section, group: str, key: str, language: Language) -> Segment:
    """One of the lexicon's fixed statements."""
    texts = table("templates")[group][key]
    return fixed_line(section, texts[language], texts[other(language)], language)


def fixed_line(section: Section, text: str, other_text: str, language: Language) -> Segment:
    """A statement of words that are fixed in both languages."""
    return Segment(
        id="",
        section=section,
        text=text,
        language=language,
        target=Target(other(language), other_text, "final", "template"),
        origin="template",
    )

"""A stand-in for the steps, where a test is about what goes on around them."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.document import Document, Language, other
from corpus.errors import PasserelleError
from pipelines.brief import (
    Audience,
    Brief,
    BriefDocument,
    Evidence,
    ReadabilityPair,
    Segment,
    Target,
)
from pipelines.rewrite.writers import Reworder


@dataclass
class Maker:
    """Stands in for the steps: makes the shortest brief, and remembers how often it was asked."""

    asked: list[str] = field(default_factory=list)
    fails_on: str = ""

    def draft(
        self,
        document: Document,
        *,
        audience: Audience,
        language: Language,
        reworder: Reworder | None = None,
    ) -> Brief:
        self.asked.append(document.source)
        if document.source == self.fails_on:
            raise PasserelleError(f"{document.source}: tells of nothing; give another document")
        words = "Streets with more trees were"
        start = document.text.find(words)
        evidence = Evidence(document.id, start, start + len(words), words)
        spoken = document.language
        target = Target(other(spoken))
        named = BriefDocument(
            document.id,
            document.kind,
            document.language,
            document.title,
            document.source,
            document.sha256,
        )
        return Brief(
            f"shade-{document.id[:8]}",
            language,
            audience,
            (named,),
            (Segment("s1", "bottom_line", words, spoken, target, evidence=(evidence,)),),
            ReadabilityPair(),
        )

"""How sure a reader may be: the kind of study, and the fixed bilingual statement that follows.

The level starts from the kind of study, as GRADE does (Guyatt et al. 2008), and is lowered by
one step where the authors word their main finding with hedges. Nothing raises it. Statements are
data (``lexicon/templates.toml``).
"""

from __future__ import annotations

from corpus.document import Document
from pipelines.annotate import Annotation, in_abstract
from pipelines.brief import Certainty
from pipelines.lexicon import pattern, table

_LEVELS: tuple[Certainty, ...] = ("high", "moderate", "low", "very_low")

_START: dict[str, Certainty] = {
    "meta_analysis": "high",
    "randomized": "high",
    "quasi": "moderate",
    "cohort": "moderate",
    "cross_sectional": "low",
    "qualitative": "low",
    "model": "low",
    "laboratory": "low",
    "review": "low",
}


def study_design(document: Document, annotation: Annotation) -> str:
    """The kind of study, by the words of title, abstract and methods.

    The title decides, then the abstract, then the methods, each only where the one before is
    silent. Where two
    kinds are named in one place, the one named more often, then the weaker, so that a passing
    mention of a stronger design raises nothing.
    """
    abstract, methods = [], []
    for sentence in annotation.sentences:
        block = document.blocks[sentence.block]
        text = document.text[sentence.start : sentence.end]
        if in_abstract(block):
            abstract.append(text)
        elif sentence.role == "method":
            methods.append(text)
    for place in (document.title or "", " ".join(abstract), " ".join(methods)):
        counts: dict[str, int] = {
            design: len(pattern("certainty", document.language, "designs", design).findall(place))
            for design in table("certainty")[document.language]["designs"]
        }
        most = max(counts.values())
        if most:
            return [design for design, count in counts.items() if count == most][-1]
    return "unknown"


def certainty(design: str, hedged: bool) -> Certainty | None:
    """The level for a kind of study, one step lower where the main finding is hedged.

    None where the kind of study is unknown: then nothing is rated.
    """
    if design not in _START:
        return None
    level = _LEVELS.index(_START[design])
    return _LEVELS[min(level + hedged, len(_LEVELS) - 1)]

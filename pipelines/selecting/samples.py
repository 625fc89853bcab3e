"""``samples(reading, found)``: the sentences that say who, where, when and how many was studied.

In: a paper's reading and its findings. Out: the candidates for "Applies to", best first. Cues are
data (``study.toml``), in both languages.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.brief import Finding
from pipelines.language.lexicon import pattern
from pipelines.reading.reading import Reading
from pipelines.reading.sentence_roles import in_abstract, section_role
from pipelines.selecting.tellable import of_others
from pipelines.selecting.weights import SAMPLE_PARTS, SAMPLE_SALIENCE


def samples(reading: Reading, found: Sequence[Finding]) -> list[Finding]:
    """The sentences that say who, where, when and how many was studied, best first.

    They are methods or aims. One outside the abstract has to say two of size, place and time; one
    in the abstract, how it was studied or by what numbers.
    """
    language = reading.language
    scored = []
    for finding in found:
        text, block = reading.text(finding.sentence), reading.block(finding.sentence)
        early = in_abstract(block)
        if finding.role not in ("method", "objective") or (of_others(text, language) and not early):
            continue
        parts = {
            "size": bool(pattern("study", language, "sample", "size").search(text)),
            "place": finding.places,
            "time": bool(pattern("study", language, "sample", "time").search(text)),
            "design": bool(pattern("study", language, "sample", "design").search(text)),
        }
        named = finding.population or bool(
            pattern("study", language, "sample", "subjects").search(text)
        )
        told = sum(parts[name] for name in ("size", "place", "time"))
        by_numbers = bool(finding.numbers) and section_role(block.section, language) == "method"
        studied = by_numbers or (named and (parts["design"] or parts["size"]))
        if (named and told >= 2) or (early and studied):
            worth = sum(SAMPLE_PARTS[name] for name in parts if parts[name])
            scored.append((-worth - SAMPLE_SALIENCE * finding.salience, finding.start, finding))
    return [finding for *_, finding in sorted(scored, key=lambda item: item[:2])]

"""Are the briefs of a folder of documents faithful, short and plain?

    python benchmarks/brief_quality.py FOLDER...

Drafts every document and counts, by rules written here anew and not by the program's own: numbers,
names and negations that a segment has and its evidence lacks, quotes that aren't the document's to
the letter, strength words that its evidence lacks, briefs over 400 words (of exchanges 600), bottom
lines of more than one sentence or 30 words. A ratio of 0.88 may be told as 12% lower. Prints, too,
textstat's Flesch-Kincaid grade of each source and draft, and their medians: the goal is at most 9,
and at least 5 under the source. French papers are told by their Kandel-Moles ease.
"""

from __future__ import annotations

import re
import statistics
import sys
from collections import Counter
from pathlib import Path

from corpus.document import Document
from corpus.errors import PasserelleError
from corpus.readers import read
from pipelines.brief import Brief, Segment
from pipelines.draft import draft

MOST_WORDS, MOST_OF_EXCHANGE, MOST_BOTTOM_LINE = 400, 600, 30
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
NAME = re.compile(r"(?<![.!?:…] )(?<!^)(?<!\w)[A-ZÀ-Ý][\w’'-]+")
NEGATION = re.compile(
    r"\b(?:not|no|never|neither|nor|none|cannot|without|\w+n[’']t|ne|n(?=[’'])|aucune?|jamais|sans)\b",
    re.IGNORECASE,
)
#: Words that claim a cause outright.
CAUSAL = re.compile(
    r"\b(?:caus(?:es?|ed|ing)|proves?|proved|proof|(?:leads?|led|leading) to|"
    r"result(?:s|ed|ing)? in|"
    r"entraînent?|cause(?:nt)?|provoquent?|prouvent?)\b",
    re.IGNORECASE,
)


def counted(pattern: re.Pattern[str], text: str) -> Counter[str]:
    """What a pattern finds in a text, in lower case."""
    return Counter(found.lower() for found in pattern.findall(text))


def told_of_ratios(evidence: str) -> set[str]:
    """What ratios come to in per cent: 0.88 is 12 lower, 1.17 is 17 higher."""
    decimals = [float(d.replace(",", ".")) for d in re.findall(r"\b[0-3][.,]\d{1,3}\b", evidence)]
    return {f"{abs(1 - ratio) * 100:.{places}f}" for ratio in decimals for places in (0, 1)}


def faults(segment: Segment, document: Document) -> list[str]:
    """What a segment says that its evidence doesn't, by kind."""
    quotes = [item.quote for item in segment.evidence]
    evidence = " ".join(quotes)
    found = [
        "quote" for item in segment.evidence if document.text[item.start : item.end] != item.quote
    ]
    unknown = counted(NUMBER, segment.text).keys() - counted(NUMBER, evidence).keys()
    unknown -= told_of_ratios(evidence)
    found += ["number"] * len(unknown)
    found += ["causal word"] * (len(CAUSAL.findall(segment.text)) > len(CAUSAL.findall(evidence)))
    found += ["negation"] * (len(NEGATION.findall(segment.text)) > len(NEGATION.findall(evidence)))
    known = evidence.lower()
    body = segment.text.partition(": ")[2] or segment.text
    found += ["name"] * sum(name not in known for name in counted(NAME, body))
    return found


def too_long(brief: Brief) -> list[str]:
    """Whether the brief or its bottom line is too long."""
    words = sum(len(segment.text.split()) for segment in brief.segments)
    most = MOST_WORDS if brief.documents[0].kind == "paper" else MOST_OF_EXCHANGE
    found = [f"{words} words"] if words > most else []
    for segment in brief.segments:
        if segment.section == "bottom_line" and brief.documents[0].kind == "paper":
            length = len(segment.text.split())
            if length > MOST_BOTTOM_LINE:
                found.append(f"bottom line of {length} words")
    if not any(segment.section == "bottom_line" for segment in brief.segments):
        found.append("no bottom line")
    return found


def measure(folder: Path) -> tuple[list[float], list[float], int]:
    """Print what one folder's briefs hold; grades of sources and of drafts, how many faults."""
    before, after, wrong, segments = [], [], 0, 0
    for path in sorted(folder.iterdir()):
        try:
            document = read(path)
        except PasserelleError:
            continue
        brief = draft(document)
        told = [s for s in brief.segments if s.evidence and s.section not in ("terms", "sources")]
        found = [f"{s.id} {kind}" for s in told for kind in faults(s, document)] + too_long(brief)
        found += [f"check {check.name}" for check in brief.checks if not check.passed]
        segments, wrong = segments + len(told), wrong + len(found)
        source, plain = brief.readability.source, brief.readability.draft
        name = "flesch_kincaid_grade" if document.language == "en" else "kandel_moles_207"
        if document.language == "en" and name in source and name in plain:
            before.append(source[name])
            after.append(plain[name])
        grades = f"{source.get(name, 0):.1f} to {plain.get(name, 0):.1f}"
        common = f"{source.get('passerelle_grade', 0)} to {plain.get('passerelle_grade', 0)}"
        print(f"  {path.name}: {name} {grades}, common scale {common}; {', '.join(found) or 'ok'}")
    print(f"{folder.name}: {segments} segments, {wrong} faults")
    return before, after, wrong


if __name__ == "__main__":
    results = [measure(Path(folder)) for folder in sys.argv[1:]]
    sources = [grade for before, _, _ in results for grade in before]
    drafts = [grade for _, after, _ in results for grade in after]
    if drafts:
        differences = [one - other for one, other in zip(sources, drafts, strict=True)]
        print(
            f"median Flesch-Kincaid grade: {statistics.median(sources):.1f} of the sources, "
            f"{statistics.median(drafts):.1f} of the drafts; median difference "
            f"{statistics.median(differences):.1f}"
        )
    sys.exit(1 if any(wrong for _, _, wrong in results) else 0)

"""What a paper's finding is like: where it stands, what it tells, and whether it can stand alone.

In: a ``Reading`` and one of its ``Finding``s. Out: yes or no, or a measure. Headings and cues are
data (``roles.toml``, ``telling.toml``), in both languages. What each answer is worth is
``salience``'s business.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.document import Block
from pipelines.brief import Finding, Section
from pipelines.language.lexicon import pattern
from pipelines.language.numbers import numbers
from pipelines.reading.reading import Reading
from pipelines.reading.sentence_roles import cue, in_abstract, section_role
from pipelines.selecting.tellable import (
    in_summary,
    leans,
    of_others,
    rare_share,
    reports,
    without_brackets,
)
from pipelines.selecting.weights import LEAST, PLAIN


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as the criteria of selection look at it."""

    reading: Reading

    def words(self, finding: Finding) -> str:
        """Its sentence, to the letter."""
        return self.reading.document.text[finding.start : finding.end]

    def section(self, finding: Finding) -> Block:
        """The block in which it stands."""
        return self.reading.block(finding.sentence)

    def early(self, finding: Finding) -> bool:
        """Whether it stands in the abstract."""
        return in_abstract(self.section(finding))

    def summary(self, finding: Finding) -> bool:
        """Whether it stands in the abstract, or in what else is written to be read alone."""
        return in_summary(self.section(finding), self.reading.language)

    def tells(self, finding: Finding, *keys: str) -> bool:
        """Whether it has a cue of ``telling.toml``."""
        cues = pattern("telling", self.reading.language, *keys)
        return bool(cues.search(self.words(finding)))

    def elsewhere(self, finding: Finding) -> bool:
        """Whether it tells what others found, only announces, or points to another place."""
        language = self.reading.language
        points = pattern("telling", language, "elsewhere").search(
            without_brackets(self.words(finding))
        )
        return bool(points or self.tells(finding, "announces")) or (
            of_others(self.words(finding), self.reading.language) and not self.early(finding)
        )

    def found(self, finding: Finding) -> bool:
        """Whether it tells what the paper found, by its role or, in a summary, by its words.

        The roles' model learned from abstracts of computing, and takes "We further show that…"
        for a method; what an abstract says after "Here, we show" is what was shown, unless it
        says how.
        """
        if self.elsewhere(finding) or finding.salience < LEAST:
            return False
        told = reports(self.words(finding), self.reading.language)
        if self.does(finding) or self.tells(finding, "unsure"):
            return False
        if finding.role in ("result", "conclusion"):
            return True
        if finding.role not in ("method", "background", "other") or not self.summary(finding):
            return False
        if not self.early(finding):
            return True
        headed = section_role(self.section(finding).section, self.reading.language)
        own = self.tells(finding, "own") or finding.role != "background"
        return headed is None and ((own and told) or self.follows(finding))

    def does(self, finding: Finding) -> bool:
        """Whether it tells what was done, and no result of it."""
        words, language = self.words(finding), self.reading.language
        if cue(words, "result", language):
            return False
        method = cue(words, "method", language) is not None and not reports(words, language)
        return method or self.tells(finding, "does")

    def follows(self, finding: Finding) -> bool:
        """Whether its abstract has told a result before it, and it says neither how nor why."""
        language, sentences = self.reading.language, self.reading.sentences
        before = sentences[finding.sentence - 1] if finding.sentence else None
        if before is None or before.block != sentences[finding.sentence].block:
            return False
        if self.does(finding):
            return False
        start = self.section(finding).start
        return any(
            reports(text, language) and pattern("telling", language, "own").search(text)
            for text in self._texts(start, finding.start)
        )

    def _texts(self, start: int, end: int) -> Iterator[str]:
        """The sentences between two places."""
        for sentence in self.reading.sentences:
            if start <= sentence.start < end:
                yield self.reading.document.text[sentence.start : sentence.end]

    def stands(self, finding: Finding) -> bool:
        """Whether it can be read without the sentence before it."""
        return not leans(self.words(finding), self.reading.language)

    def own_limit(self, finding: Finding) -> bool:
        """Whether it tells a limit of the study, by its heading or its words."""
        heading = section_role(self.section(finding).section, self.reading.language)
        if finding.role == "conclusion":
            return self.tells(finding, "unsure")
        return heading == "limitation" or self.tells(finding, "limits")

    def hardness(self, finding: Finding) -> float:
        """The share of rare words."""
        return rare_share(self.words(finding), self.reading.language)

    def figures(self, finding: Finding) -> int:
        """How many numbers it has outside brackets."""
        told = numbers(without_brackets(self.words(finding)), self.reading.language)
        return sum(number.in_digits for number in told)

    def misfit(self, finding: Finding) -> int:
        """By how many words, brackets aside, it is longer or shorter than a plain sentence."""
        length = len(without_brackets(self.words(finding)).split())
        return max(0, length - PLAIN[-1], PLAIN[0] - length)

    def concludes(self, finding: Finding) -> bool:
        """Whether it stands in the abstract's own conclusion."""
        section = self.section(finding).section
        return self.early(finding) and section_role(section, self.reading.language) == "conclusion"

    def home(self, finding: Finding) -> Section:
        """Where a finding that a person asked for is told: no advice among what was found."""
        if finding.role == "implication":
            return "implications"
        if finding.role == "limitation" and self.own_limit(finding):
            return "limits"
        aside = finding.role in ("background", "objective", "method")
        return "context" if aside and not self.found(finding) else "findings"

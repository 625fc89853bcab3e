"""What a paper's finding is like: what it does, and whether it can be told by itself.

In: a ``Reading`` and one of its ``Finding``s. Out: a probability, yes or no, or a measure. What a
sentence does was learned (``models.sentence_functions``); what forbids telling it, whoever it is
for, are cues (``telling.toml``), in both languages. What each answer is worth is ``worth``'s
business.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc

from corpus.document import Block
from models.headings import in_abstract, section_role
from models.sentence_functions import FUNCTIONS, Function
from models.stated_parts import says_advice
from models.study_kind import MARGIN
from pipelines.brief import Finding, Section
from pipelines.language.lexicon import pattern
from pipelines.language.numbers import numbers
from pipelines.language.typography import QUOTATION
from pipelines.reading.reading import Reading
from pipelines.selecting.tellable import (
    advice_of_others,
    balances,
    calls_for_research,
    defends,
    formal,
    leans,
    of_everybody,
    of_others,
    points_back,
    points_elsewhere,
    rare_share,
    without_brackets,
)
from pipelines.selecting.weights import (
    ADVICE,
    ADVISED,
    IS_LIMIT,
    LESS_THAN_NEEDED,
    LIKELY,
    PLAIN,
    SURE_LIMIT,
)

#: Where a sentence that a person asked for is told, by what it most likely does.
_HOME: dict[Function, Section] = {
    "main_finding": "findings",
    "finding": "findings",
    "key_finding": "findings",
    "limit": "limits",
    "recommendation": "implications",
    "research_need": "limits",
    "sample": "applies_to",
    "problem": "context",
}


#: A number of one digit is too common to tell whose it is.
_DIGITS = 2
_FIGURE = re.compile(r"\d+(?:[.,·]\d+)?")


@lru_cache(maxsize=256)
def _figures(text: str) -> frozenset[str]:
    """The numbers of a text, with a decimal point."""
    return frozenset(found.replace(",", ".").replace("·", ".") for found in _FIGURE.findall(text))


@lru_cache(maxsize=8)
def _values(text: str) -> tuple[float, ...]:
    return tuple(sorted(map(float, _figures(text))))


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as the criteria of selection look at it."""

    reading: Reading

    @property
    def found(self) -> bool:
        """Whether it can have found anything: the plan of a study has not."""
        return self.reading.kind.kind != "protocol"

    @property
    def studies(self) -> bool:
        """Whether it studied anything: guidance and opinion are there for their advice."""
        judged = self.reading.kind
        return judged.kind != "guidance" or judged.probability < MARGIN

    def words(self, finding: Finding) -> str:
        """Its sentence, to the letter."""
        return self.reading.document.text[finding.start : finding.end]

    def section(self, finding: Finding) -> Block:
        """The block in which it stands."""
        return self.reading.block(finding.sentence)

    def early(self, finding: Finding) -> bool:
        """Whether it stands in the abstract."""
        return in_abstract(self.section(finding))

    def likely(self, finding: Finding, function: Function) -> float:
        """How likely it does this: 0 to 1."""
        return self.reading.likely(finding.sentence, function)

    def understood(self, finding: Finding) -> float:
        """How likely a reader understands it under the paper's title alone: 0 to 1."""
        return float(self.reading.standing[finding.sentence])

    def limits_before(self, finding: Finding) -> int:
        """How many sentences before it are likely limits."""
        column = FUNCTIONS.index("limit")
        return int((self.reading.functions[: finding.sentence, column] >= IS_LIMIT).sum())

    def printed(self, finding: Finding) -> float:
        """How likely an editor prints it among what was found: 0 to 1."""
        return float(self.reading.worth[finding.sentence])

    def tells(self, finding: Finding, section: Section) -> float:
        """How likely it belongs in a section: 0 to 1. Not every finding is worth its place."""
        likely = self.likely(finding, LIKELY[section][0])
        if section != "findings":
            return likely
        return min((likely + self.printed(finding)) / 2, 2 * likely)  # hardly one isn't printed

    def advises(self, finding: Finding) -> bool:
        """Whether it rather advises than admits a limit, and does not only call for research."""
        if calls_for_research(self.words(finding), self.reading.language):
            return False
        own = self.likely(finding, "recommendation")
        needs = self.likely(finding, "research_need")
        other = max(needs, self.likely(finding, "finding"))
        if own < min(ADVICE, other) and not says_advice(self.words(finding), self.reading.language):
            return False  # a finding hardly advises, and a call for research neither
        return own >= max(self.likely(finding, "limit"), needs - LESS_THAN_NEEDED)

    def passes_on(self, finding: Finding) -> bool:
        """Whether it is advice of others, passed on by a paper that studied something itself.

        It cites them, names the body that recommends, or stands before the study begins. Of the
        advice told from the labelled papers that cites others three lines in ten are right (models
        that hadn't seen the paper), of the other two in three.
        """
        if self.reading.kind.kind in ("guidance", "review"):
            return False
        language, words = self.reading.language, self.words(finding)
        before = section_role(self.section(finding).section, language) == "background"
        return before or of_others(words, language) or advice_of_others(words, language)

    def admits(self, finding: Finding) -> bool:
        """Whether it is a limit of the paper itself: no strength, hope, gap or example of one.

        Less sure ones that cite others or advise are those of other work, or what to do: of 36 of
        the labelled papers (models that hadn't seen the paper) seven are limits, of others half.
        """
        language, words = self.reading.language, self.words(finding)
        example = pattern("telling", language, "examples").match(words)
        gathers = self.reading.kind.kind in ("guidance", "review", "meta_analysis")
        gap = not gathers and pattern("telling", language, "gaps").search(words)
        if example or gap or self.hopes(finding) or defends(words, language):
            return False
        advises = self.likely(finding, "recommendation") >= ADVISED
        sure = self.likely(finding, "limit") >= SURE_LIMIT
        return sure or not (advises or of_others(words, language))

    def describes(self, finding: Finding) -> bool:
        """Whether it tells of what was studied, and not of the leave to do so."""
        return not formal(self.words(finding), self.reading.language)

    def reports(self, finding: Finding) -> bool:
        """Whether it tells more than that groups were alike to begin with, or nobody had looked.

        That there is no study is a finding of a review alone.
        """
        language, words = self.reading.language, self.words(finding)
        kind = self.reading.kind
        gathers = kind.kind in ("meta_analysis", "review") and kind.probability >= MARGIN
        unstudied = pattern("telling", language, "unstudied").match(words)
        return not balances(words, language) and (gathers or not unstudied)

    def announces(self, finding: Finding) -> bool:
        """Whether it only announces what is said or done elsewhere."""
        language = self.reading.language
        return bool(pattern("telling", language, "announces").search(self.words(finding)))

    def points(self, finding: Finding) -> bool:
        """Whether it points to another place of the paper."""
        return points_elsewhere(self.words(finding), self.reading.language)

    def hopes(self, finding: Finding) -> bool:
        """Whether the authors only hope or expect it: it may advise, but nothing was found."""
        return bool(pattern("telling", self.reading.language, "hopes").search(self.words(finding)))

    def of_others(self, finding: Finding) -> bool:
        """Whether it tells what others found: never so in the abstract."""
        if self.early(finding):
            return False
        return of_others(self.words(finding), self.reading.language) or self.borrows(finding)

    def borrows(self, finding: Finding) -> bool:
        """Whether its numbers stand nowhere but in the discussion: they are another study's."""
        language, block = self.reading.language, self.section(finding)
        if section_role(block.section, language) != "conclusion":
            return False
        told = _figures(without_brackets(self.words(finding)))
        measured = [number for number in told if sum(map(str.isdigit, number)) >= _DIGITS]
        if not measured:
            return False
        document = self.reading.document
        rest = "\n".join(
            document.text[one.start : one.end]
            for one in document.blocks
            if section_role(one.section, language) not in ("conclusion", "background")
        )
        return not any(
            round(one, len(number.partition(".")[2])) == float(number)
            for number in measured
            for one in _values(rest)
        )

    def of_everybody(self, finding: Finding) -> bool:
        """Whether its "our" may be everybody's."""
        return of_everybody(self.words(finding), self.reading.language)

    def of_somebody(self, finding: Finding) -> bool:
        """Whether its "I" is nobody that can be named: a participant, or a French author."""
        language = self.reading.language
        said = QUOTATION.sub("", self.words(finding))
        if not pattern("roles", language, "first_person", "singular").search(said):
            return False
        return language == "fr" or not self.reading.by_one

    def points_back(self, finding: Finding) -> bool:
        """Whether it points at the sentence before it."""
        return points_back(self.words(finding), self.reading.language)

    def set_against(self, finding: Finding) -> list[int]:
        """The sentences of its paragraph right beside it that are set against it by an opening."""
        reading, own = self.reading, finding.sentence
        found = []
        for other, second in ((own - 1, own), (own + 1, own + 1)):
            if not 0 <= other < len(reading.sentences):
                continue
            opens = pattern("telling", reading.language, "set_against").match(reading.text(second))
            if opens and reading.block(other) == reading.block(own):
                found.append(other)
        return found

    def stands(self, finding: Finding) -> bool:
        """Whether it can be read without the sentence before it."""
        return not leans(self.words(finding), self.reading.language)

    def states(self, finding: Finding) -> bool:
        """Whether it says that something is so: it has a verb, and neither asks nor names alone.

        An item of a list has none, or one in the infinitive; or it is told what to do: "Write to
        owners each year.", « Que la province écrive chaque année. »
        """
        parsed = self.reading.parsed[finding.sentence]
        asks = any(
            token.dep_ == "ROOT"
            and {"Imp", "Sub"} & set(token.morph.get("Mood", []))
            and not any(child.dep_.startswith("nsubj") for child in token.children)
            for token in parsed
        )
        if asks or (self.reading.language == "fr" and self.words(finding).startswith("Que ")):
            return False
        if self.reading.language == "en" and _lacks_subject(parsed):
            return False
        return any(
            (token.pos_ in ("VERB", "AUX") and "VerbForm=Inf" not in str(token.morph))
            or (token.dep_ == "ROOT" and any(child.dep_ == "nsubj" for child in token.children))
            for token in parsed
        )

    def claims_priority(self, finding: Finding) -> bool:
        """Whether it says that nobody did or showed it before."""
        return bool(
            pattern("telling", self.reading.language, "priority").search(self.words(finding))
        )

    def adds(self, finding: Finding) -> bool:
        """Whether it only adds to what stands before it: "it also showed…"."""
        return bool(pattern("telling", self.reading.language, "adds").search(self.words(finding)))

    def vague(self, finding: Finding) -> bool:
        """Whether it says that something was found, and not what: "distinct patterns"."""
        return bool(pattern("telling", self.reading.language, "vague").search(self.words(finding)))

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

    def home(self, finding: Finding) -> Section:
        """Where a finding that a person asked for is told: no advice among what was found."""
        return _HOME[max(FUNCTIONS, key=lambda function: self.likely(finding, function))]


def _lacks_subject(parsed: Doc) -> bool:
    """Whether a sentence opens with its verb, as an item of a list may: "Have not received…"."""
    roots = [token for token in parsed if token.dep_ == "ROOT"]
    subjects = ("nsubj", "csubj", "expl")
    return parsed[0].pos_ == "AUX" and not any(
        child.dep_.startswith(subjects) for root in roots for child in root.children
    )

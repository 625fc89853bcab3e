"""``findings(reading)``: the sentences of a paper that are worth telling, best first.

In: a paper's ``Reading``. Out: ``Finding`` values of every role, ranked by salience; a sentence
that isn't tellable is left out. Points at the document, copies nothing. Which of them a brief
tells is ``plan``'s business.
"""

from __future__ import annotations

from corpus.document import Language
from pipelines.brief import Finding
from pipelines.language.lexicon import pattern
from pipelines.language.numbers import numbers
from pipelines.reading.reading import Reading
from pipelines.selecting.salience import paper_salience
from pipelines.selecting.tellable import empty, quoted, says_where, tellable


def findings(reading: Reading) -> tuple[Finding, ...]:
    """The tellable sentences of a paper, most worth telling first."""
    language = reading.language
    beside = pattern("telling", language, "beside")
    salience = paper_salience(reading)
    found = []
    for index, sentence in enumerate(reading.sentences):
        text, block = reading.text(index), reading.block(index)
        if (
            not tellable(text, language)
            or empty(text, language)
            or beside.match(block.section or "")
        ):
            continue
        inside = reading.document.text[block.start : sentence.end]
        if any(quoted(part) for part in (inside[: sentence.start - block.start], inside)):
            continue
        found.append(
            Finding(
                sentence=index,
                start=sentence.start,
                end=sentence.end,
                role=sentence.role,
                certainty=None,
                numbers=_in_digits(text, language),
                places=says_where(text, language),
                population=bool(pattern("scope", language, "population").search(text)),
                salience=salience[index],
            )
        )
    return tuple(sorted(found, key=lambda finding: (-finding.salience, finding.start)))


def _in_digits(text: str, language: Language) -> tuple[str, ...]:
    """Numbers as they are written; most sentences have no digit, and needn't be read for one."""
    if not any(character.isdigit() for character in text):
        return ()
    return tuple(item.written for item in numbers(text, language) if item.in_digits)

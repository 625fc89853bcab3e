"""What a paper states of its own parts, beyond what was learned of their sentences.

In: the probabilities of functions (``sentence_functions``) and the sentences they are of. Out: the
same, with the odds of a sentence multiplied where its heading, the sentence that announces it
("This study has several limitations."), or its own words where a paper concludes ("Towns should…")
say what it does. The learned functions know such headings and words too, but most papers they
learned from have none; in a report, a short paper or a French one they say less than the heading
does. Headings, announcements and words of advice are data (``headings.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from corpus.document import Language
from corpus.text import cue_pattern
from models.function_features import CITED, Located
from models.headings import headings, in_abstract, section_role
from models.sentence_functions import FUNCTIONS, Function

#: How many times likelier a sentence does what is stated than was learned, by maximum likelihood on
#: 79 labelled papers, whose probabilities are those of models that hadn't seen the paper: on 103
#: sentences of abstracts' results, 211 announced limits, 56 under advice, and on 31 of half of the
#: papers that advise in so many words (6 on the 31 of the others); under limits alone, where there
#: are 15, it would be 6.
ODDS: MappingProxyType[str, MappingProxyType[Function, float]] = MappingProxyType(
    {
        "results of an abstract": MappingProxyType({"finding": 2.4, "key_finding": 1.9}),
        "limits alone": MappingProxyType({"limit": 4.0}),
        "advice": MappingProxyType({"recommendation": 2.1}),
        "announced limits": MappingProxyType({"limit": 3.2}),
        "advice in so many words": MappingProxyType({"recommendation": 3.4}),
    }
)
#: So many sentences of a paragraph are announced, and an announcement has no more words.
ANNOUNCED, LONGEST = 7, 22


def as_stated(
    probabilities: NDArray[np.float64], sentences: Sequence[Located], language: Language
) -> NDArray[np.float64]:
    """The probabilities with what the paper states of its parts: (n_sentences, n_functions)."""
    odds = np.ones_like(probabilities)
    for place, stated in enumerate(_stated(sentences, language)):
        for part in stated:
            for function, times in ODDS[part].items():
                odds[place, FUNCTIONS.index(function)] *= times
    said: NDArray[np.float64] = probabilities * odds / (1 - probabilities + probabilities * odds)
    return said


def _stated(sentences: Sequence[Located], language: Language) -> list[list[str]]:
    found: list[list[str]] = []
    left, paragraph = 0, -1
    for one in sentences:
        role = section_role(one.block.section, language)
        last = (one.block.section or "").split(" › ")[-1]
        stated = []
        if role == "result" and in_abstract(one.block):
            stated.append("results of an abstract")
        if role == "limitation" and _alone(language).fullmatch(last.strip(" .:").lower()):
            stated.append("limits alone")
        elif one.block.start == paragraph and left:
            stated.append("announced limits")
        if role == "implication":
            stated.append("advice")
        concludes = in_abstract(one.block) or role in ("conclusion", "implication")
        if concludes and says_advice(one.doc.text, language):
            stated.append("advice in so many words")
        left = max(0, left - 1) if one.block.start == paragraph else 0
        if announces_limits(one.doc.text, language):
            left, paragraph = ANNOUNCED, one.block.start
        found.append(stated)
    return found


def announces_limits(text: str, language: Language) -> bool:
    """Whether a sentence says that limits of the study follow, and hardly more."""
    return len(text.split()) <= LONGEST and all(cue.search(text) for cue in _announcing(language))


def says_advice(text: str, language: Language) -> bool:
    """Whether a sentence advises in so many words, citing nobody, and not to do research."""
    advises, research = _advising(language)
    return bool(advises.search(text)) and not (research.search(text) or CITED.search(text))


@cache
def _advising(language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What advice says, and what it says of research."""
    known = headings(language)
    return cue_pattern(known["says_advice"]), cue_pattern(known["advises_research"])


@cache
def _announcing(language: Language) -> tuple[re.Pattern[str], ...]:
    """What an announcement names, and of what."""
    return tuple(cue_pattern(headings(language)[key]) for key in ("of_limits", "of_the_study"))


@cache
def _alone(language: Language) -> re.Pattern[str]:
    """A heading under which nothing but limits stands."""
    cues = [cue for cue in headings(language)["limitation"] if not re.search("strength|force", cue)]
    return re.compile(rf"(?:[\d.]+\s+)?(?:{'|'.join(cues)})")

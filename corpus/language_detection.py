"""English or French? Told by the share of function words, for sources that don't say.

In: the text of a document and the name to call it by. Out: ``en`` or ``fr``, or an
``UnreadableError`` where the words belong to neither. Function words (the, of, le, des…) make up
about half of any running text whatever its subject, so short lists tell languages apart without
a model; sources that state their language (JATS ``xml:lang``) don't need this module.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from corpus.document import LANGUAGES, Language, other
from corpus.errors import UnreadableError
from corpus.text import LETTERS

#: The commonest function words of each language. The lists of other languages are there to lose
#: against: half of Spanish's commonest words (de, la, que, en) are French words too. French
#: elided forms (l', d', qu') are split from the word that follows and counted by themselves.
_FUNCTION_WORDS: Mapping[str, str] = {
    "en": """
        a about after also although an and any are as at be because been before being between both
        but by can could did do does during each for from had has have he her his how i if in
        into is it its may might more most my no not of on only or other our she should so some
        such than that the their them then there these they this those through to was we were
        what when where which while who will with would you your
        """,
    "fr": """
        a ainsi alors as au aucun aussi aux avec avait avez avons c car ce ceci cela celle ces cet
        cette ceux chez comme d dans de depuis des donc dont du elle elles en entre est et été
        être eux il ils j je l la le les leur leurs lors lorsque mais même moins n ne nos notre
        nous on ont ou où par parce pas pendant peut plus pour puis qu que quel quelle qui s sa
        sans se selon ses si sont sous sur tous tout toute très un une votre vous y à étaient
        était
        """,
    "es": """
        a al como con cuando de del desde dos el en entre era es esta este está fue ha han la las
        le lo los más muy no nos o para pero por que se según ser si sin sobre son su sus también
        todo un una y ya
        """,
    "pt": """
        a ao as com como da das de do dos e em entre era este está foi há isso mais mas muito na
        não nas no nos o os ou para pela pelo por que se sem ser seu sua são também um uma à é
        """,
    "ca": """
        a al als amb com de del dels des el els en entre era es està ha han hi i l la les més
        molt no o per però que se ser si són un una va és
        """,
    "it": """
        a ai al alla anche che come con da dal dei del della delle di dove e era fra gli ha hanno
        i il in l la le lo ma nei nel nella non o per più quando se si sia sono su sul tra un una
        è
        """,
    "de": """
        als am an auch auf aus bei bis das dass dem den der des die durch ein eine einen einer er
        es für hat ich im in ist man mehr mit nach nicht noch nur oder sich sie sind so um und
        unter von vor war was wenn werden wie wir wird zu zum zur über
        """,
    "nl": """
        aan als bij dan dat de den deze die dit door een en er het hij hun ik in is je maar met
        meer naar niet nog of om ons onze ook op over te tot uit van voor was wat we werd wij
        worden zij zijn ze
        """,
}
FUNCTION_WORDS: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split()) for language, words in _FUNCTION_WORDS.items()
}

#: Below this number of words the larger share decides: a title has few function words.
ENOUGH_WORDS = 20

#: Share of function words under which a text is neither language. English and French running
#: text lies between 0.35 and 0.55, lists of names and tables between 0.1 and 0.25, random
#: letters and languages of other families under 0.05.
LEAST_SHARE = 0.08

#: Words beyond this number no longer change the answer.
SAMPLE_WORDS = 20_000

#: Share of function words that only the other language has, from which a sentence is foreign.
FOREIGN_SHARE = 0.15


def _words(text: str) -> list[str]:
    return LETTERS.findall(text.lower())[:SAMPLE_WORDS]


def _shares(words: Sequence[str]) -> dict[str, float]:
    """The share of each language's function words among the words."""
    return {
        language: sum(word in known for word in words) / max(len(words), 1)
        for language, known in FUNCTION_WORDS.items()
    }


@cache
def _telling(language: Language) -> frozenset[str]:
    """Function words that only this one of the two languages has."""
    return frozenset(FUNCTION_WORDS[language] - FUNCTION_WORDS[other(language)])


def is_foreign(sentence: str, language: Language) -> bool:
    """Whether a sentence of a document in ``language`` is plainly in the other language."""
    words = _words(sentence)
    telling_other = sum(map(_telling(other(language)).__contains__, words))
    telling_own = sum(map(_telling(language).__contains__, words))
    return telling_other >= FOREIGN_SHARE * len(words) and telling_other > 2 * telling_own


def detect_language(text: str, name: str) -> Language:
    """The language that ``text`` is written in; ``name`` is what the error calls its source.

    Raises ``UnreadableError`` where 20 words or more hold few function words of English and of
    French, or more of another language's. Shorter texts take the larger share of the two, and
    English where they are equal.
    """
    words = _words(text)
    shares = _shares(words)
    best = max(LANGUAGES, key=lambda language: shares[language])
    foreign = shares[best] < max(LEAST_SHARE, *shares.values())
    if foreign and len(words) >= ENOUGH_WORDS:
        raise UnreadableError(
            f"{name}: neither English nor French as far as its words tell; "
            "give a document in one of the two languages"
        )
    return best

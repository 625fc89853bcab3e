"""Which language? The words decide, whatever a source says of itself.

In: the text of a document or of a block. Out: ``en`` or ``fr``, or an ``UnreadableError`` that
names the language it is in; for a block any language's code. Function words (the, of, le, des…)
make up about half of any running text whatever its subject, so where they are plain they decide
by themselves. Where they aren't, py3langid does, a naive Bayes classifier over 97 languages (Lui &
Baldwin 2012) whose model comes with the package. What a source declares counts for texts too short
to tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

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

#: Share of function words from which the words are plainly of the language that has the most.
PLAIN_SHARE = 0.25
#: …and how many times as many as any other language has.
PLAIN_LEAD = 1.3

#: A block with fewer letters than this says too little of its language.
ENOUGH_LETTERS = 60
#: Characters of a block that are looked at: a paragraph tells in its first sentences.
LOOKED_AT = 500
#: Share of function words that a block in another language has at least.
LEAST_FOREIGN = 0.15
#: Words from which the classifier alone may contradict a source, where no list can.
MANY_WORDS = 100
#: How sure the classifier must be that a block is in another language than its document.
SURE = 0.99
#: Characters that the classifier is shown of a long text.
SHOWN = 6_000

#: Words and characters beyond these numbers no longer change the answer.
SAMPLE_WORDS, READ = 3_000, 30_000

#: Share of function words that only the other language has, from which a sentence is foreign.
FOREIGN_SHARE = 0.15


#: Every ASCII character that is no letter as a blank.
_BLANKS = bytes(code if code > 127 or chr(code).isalpha() else 32 for code in range(256))


def _words(text: str) -> list[str]:
    """The first words of a text, in lower case; a word is what ``LETTERS`` finds."""
    small = text.lower()
    # splitting at blanks takes a quarter of the pattern's time, and nearly all text is read here
    if not small.isascii():
        for sign in set(small):
            if sign > "\x7f" and not LETTERS.match(sign):
                small = small.replace(sign, " ")
    return small.encode("utf-8", "replace").translate(_BLANKS).decode().split()[:SAMPLE_WORDS]


def _shares(words: Sequence[str]) -> dict[str, float]:
    """The share of each language's function words among the words."""
    counts = Counter(words)
    return {language: _share(counts, language) for language in FUNCTION_WORDS}


def _share(counts: Counter[str], language: str) -> float:
    """The share of one language's function words among counted words."""
    known = FUNCTION_WORDS[language] & counts.keys()
    return sum(counts[word] for word in known) / max(counts.total(), 1)


@cache
def _telling(language: Language) -> frozenset[str]:
    """Function words that only this one of the two languages has."""
    return frozenset(FUNCTION_WORDS[language] - FUNCTION_WORDS[other(language)])


@cache
def _long_telling(language: Language) -> frozenset[str]:
    return frozenset(word for word in _telling(language) if len(word) > 1)


def is_foreign(sentence: str, language: Language) -> bool:
    """Whether a sentence of a document in ``language`` is plainly in the other language."""
    words = _words(sentence)
    if _telling(other(language)).isdisjoint(words):
        return False
    telling_other = sum(map(_telling(other(language)).__contains__, words))
    telling_own = sum(map(_telling(language).__contains__, words))
    return telling_other >= FOREIGN_SHARE * len(words) and telling_other > 2 * telling_own


def has_no_other(text: str, language: Language) -> bool:
    """Whether no word of a text, of two letters or more, is one that only the other language has.

    No part of such a text is foreign.
    """
    words = _words(text)
    return len(words) < SAMPLE_WORDS and _long_telling(other(language)).isdisjoint(words)


def speaks(text: str, language: Language) -> bool:
    """Whether a text has any function word of a language."""
    return not FUNCTION_WORDS[language].isdisjoint(_words(text))


def speaks_another(text: str, language: Language) -> bool:
    """Whether a statement, too short for more, has another language's function words alone."""
    shares = _shares(_words(text))
    return shares[language] == 0 and max(shares.values()) >= PLAIN_SHARE


def detect_language(text: str, name: str, declared: Language | None = None) -> Language:
    """The language that ``text`` is written in; ``name`` is what the error calls its source.

    ``declared`` is what the source says of itself: it counts for fewer than 20 words, and for
    words that tell nothing. Raises ``UnreadableError`` where 20 words or more are of another
    language, or hold few function words of English and of French. Short texts that declare
    nothing take the larger share of the two, and English where they are equal.
    """
    words = _words(_parts(text, READ))
    shares = _shares(words)
    best = max(LANGUAGES, key=lambda language: shares[language])
    if len(words) < ENOUGH_WORDS:
        return declared or best
    if _is_plain(best, shares):
        return best
    code, probability = _classified(text)
    told = next((language for language in LANGUAGES if language == code), None)
    if shares[best] >= LEAST_SHARE and told is not None:
        return told
    if declared is not None and not (
        probability >= SURE and _outweighs(shares.get(code), shares[best], len(words))
    ):
        return declared  # names, numbers and terms: hardly a sentence to tell by
    known = code not in LANGUAGES and max(shares.values()) >= LEAST_SHARE
    raise UnreadableError(
        f"{name}: neither English nor French{f' but {_name_of(code)}' if known else ''} as far as "
        "its words tell; give a document in one of the two languages"
    )


def foreign_language(text: str, language: Language) -> str | None:
    """The ISO 639-1 code of a block's language where it plainly isn't ``language``, else None.

    Short blocks, and those that no one could be sure of, count as the document's.
    """
    own = FUNCTION_WORDS[language]
    rough = text[:LOOKED_AT].lower().split()
    if sum(map(own.__contains__, rough)) > 1.1 * PLAIN_SHARE * len(rough):
        return None  # as nearly every block; the exact count takes five times as long
    words = _words(text[:LOOKED_AT])
    if sum(map(len, words)) < ENOUGH_LETTERS or len(words) < ENOUGH_WORDS // 2:
        return None
    if sum(map(own.__contains__, words)) >= PLAIN_SHARE * len(words):
        return None
    shares = _shares(words)
    if shares[language] >= max(shares.values()):
        return None
    if max(shares.values()) < LEAST_FOREIGN:  # a list, a table, an address
        return None
    code, probability = _classified(text)
    return code if code != language and probability >= SURE else None


def _outweighs(share: float | None, best: float, words: int) -> bool:
    """Whether the words speak for another language against what a source declares.

    ``share`` is that of the other language's function words, None where they aren't known.
    """
    if share is None:
        return best < LEAST_SHARE and words >= MANY_WORDS
    return share >= LEAST_FOREIGN and share > PLAIN_LEAD * best


def _is_plain(best: Language, shares: Mapping[str, float]) -> bool:
    """Whether function words alone tell that a text is in this language."""
    others = max(share for language, share in shares.items() if language != best)
    return shares[best] >= max(PLAIN_SHARE, PLAIN_LEAD * others)


def _classified(text: str) -> tuple[str, float]:
    """The likeliest language of a text, and how likely it is."""
    text = _parts(text, SHOWN)
    code, probability = _classifier().classify(text)
    return str(code), float(probability)


def _parts(text: str, most: int) -> str:
    """A text of more than so many characters as its beginning, middle and end."""
    if len(text) <= most:
        return text
    third, middle = most // 3, len(text) // 2
    return " ".join((text[:third], text[middle : middle + third], text[-third:]))


@cache
def _classifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _name_of(code: str) -> str:
    from babel import Locale

    return str(Locale("en").languages.get(code, f"another language ({code})"))

"""A French sentence word by word in English: what models that know English alone can read.

In: a parsed French sentence. Out: its words, each in the English word that it most likely stands
for: the small ones by a list (``both/glosses.toml``), the others by the dictionary
(``both/dictionary.tsv``) read from French, the most frequent English word first, and sooner where
the French one stands near the front of what is listed for it. No translation: nobody is shown it,
and nothing is checked by it. What a word isn't known for stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from spacy.tokens import Doc, Token
from wordfreq import zipf_frequency

from pipelines.language.lexicon import table, table_rows

#: How much a place further back in what is listed for an English word counts against it, in orders
#: of magnitude of its frequency. By reading glosses of two papers.
BACK = 0.9
_TIGHT = re.compile(r"\s+([.,;:)])")


def gloss(doc: Doc) -> str:
    """A French sentence word by word in English, in the order of the French."""
    words = filter(None, map(_glossed, doc))
    return _TIGHT.sub(r"\1", " ".join(words))


def _glossed(token: Token) -> str:
    word, lemma = (one.lower().replace("’", "'") for one in (token.text, token.lemma_))
    if not any(map(str.isalpha, word)):
        return token.text
    listed = table("glosses")["fr"]
    if "Mood=Cnd" in str(token.morph):
        for beginning, english in listed["conditional"].items():
            if word.startswith(beginning):
                return str(english)
    known: Mapping[str, str] = listed["words"]
    for form in (word, lemma):
        if form in known:
            return known[form]
    english = _english()
    forms = (lemma, word, word.removesuffix("s"))
    return next((english[form] for form in forms if form in english), token.text)


@cache
def _english() -> Mapping[str, str]:
    """The likeliest English word of each French one that the dictionary lists."""
    best: dict[str, tuple[float, str]] = {}
    for _, (word, french) in table_rows("dictionary"):
        frequency = zipf_frequency(word, "en")
        for place, one in enumerate(french.split("|")):
            likely = frequency - BACK * place, word
            best[one] = max(best.get(one, likely), likely)
    return {french: word for french, (_, word) in best.items() if french != "-"}

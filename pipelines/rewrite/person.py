"""Who speaks in a paper: "we" becomes "the researchers", "nous" becomes "les chercheurs".

A sentence is left as it is wherever the change could mislead: "we" that means everybody ("our
understanding of cancer"), "us" that may mean the reader, a French verb form that the list
``person.tsv`` doesn't hold. A pronoun takes up "the researchers" only where it can't
be taken for somebody else. Cues are data (``rewrite.toml``).
"""

from __future__ import annotations

import re

from corpus.document import Language
from pipelines.language.lexicon import entries, pairs, pattern
from pipelines.rewrite.steps import Context, capitalized

_ENGLISH = re.compile(r"\b(?:[Ww]e|us|[Oo]urselves|[Oo]urs?)\b")
_FIRST = {"we": "the researchers", "us": "the researchers", "our": "the researchers’",
          "ours": "the researchers’", "ourselves": "themselves"}  # fmt: skip
_THEN = {"we": "they", "us": "them", "our": "their", "ours": "theirs", "ourselves": "themselves"}
_CONTRACTION = re.compile(r"\b([Ww]e)[’'](ve|re|ll|d)\b")
_CONTRACTED = {"ve": " have", "re": " are", "ll": " will", "d": " would"}
_OTHERS = {
    "en": re.compile(r"\b(?:they|them|theirs?|themselves)\b", re.IGNORECASE),
    "fr": re.compile(r"\b(?:ils|elles|eux|leurs?)\b", re.IGNORECASE),
}

#: "nous", the words that may stand between it and its verb, the verb.
_FRENCH = re.compile(
    r"\b(?P<nous>nous)(?P<between>(?: (?:ne|y|en|les?|la|l[’']|leur))*(?: n[’']| )?)"
    r"(?P<verb>[^\W\d_]+ons)\b",
    re.IGNORECASE,
)
_FRENCH_OWN = re.compile(r"\b(?:notre|nos)\b", re.IGNORECASE)


def name_researchers(text: str, context: Context) -> str:
    """Put the researchers in the third person."""
    if pattern("rewrite", context.language, "everybody").search(text):
        return text
    return _french(text) if context.language == "fr" else _english(text)


def _cased(replacement: str, original: str) -> str:
    return capitalized(replacement) if original[:1].isupper() else replacement


def _clear(text: str, start: int, end: int, language: Language) -> bool:
    """Whether a pronoun at ``end`` can only mean those named at ``start``."""
    between = text[start:end]
    plurals = {word.lower() for word in pattern("rewrite", language, "plurals").findall(between)}
    known = pattern("rewrite", language, "no_plurals")
    return not _OTHERS[language].search(text) and all(known.fullmatch(word) for word in plurals)


def _of_the_reader(text: str) -> bool:
    """Whether "us" or "our" may mean others: "tells us", "Our World in Data"."""
    after = re.compile(rf"\b(?:{'|'.join(entries('rewrite', 'en')['us_after'])})")
    if any(not after.search(text[: m.start()].rstrip()) for m in re.finditer(r"\bus\b", text)):
        return True
    return bool(re.search(r"[a-z,] (?:Our|We)\b", text))


def _english(text: str) -> str:
    if _of_the_reader(text):
        return text
    text = _CONTRACTION.sub(lambda match: match[1] + _CONTRACTED[match[2]], text)
    named = -1

    def change(match: re.Match[str]) -> str:
        nonlocal named
        again = named >= 0 and _clear(text, named, match.start(), "en")
        named = match.end()
        return _cased((_THEN if again else _FIRST)[match.group().lower()], match.group())

    return _ENGLISH.sub(change, text)


def _unsure_verb(text: str, match: re.Match[str]) -> bool:
    """A form that the list doesn't hold; after "que", a form in -ions may be a subjunctive."""
    subjunctive = text[: match.start()].lower().endswith("que ") and match["verb"].endswith("ions")
    return subjunctive or match["verb"].lower() not in pairs("person", "fr")


def _french(text: str) -> str:
    forms = pairs("person", "fr")
    matches = list(_FRENCH.finditer(text))
    if not matches:
        return _without_ours(text)
    if len(re.findall(r"\bnous\b", text, re.IGNORECASE)) != len(matches):
        return text
    verbs = [word for word in re.findall(r"[^\W\d_]+", text.lower()) if word in forms]
    if len(verbs) != len(matches) or any(_unsure_verb(text, match) for match in matches):
        return text  # "nous mesurons et comparons": the second verb has no "nous" of its own
    if _FRENCH_OWN.search(text) and not _clear(text, 0, 0, "fr"):
        return text
    named = -1

    def change(match: re.Match[str]) -> str:
        nonlocal named
        again = named >= 0 and _clear(text, named, match.start(), "fr")
        named = match.end()
        subject = _cased("ils" if again else "les chercheurs", match["nous"])
        return subject + match["between"] + forms[match["verb"].lower()]

    text = _FRENCH.sub(change, text)
    text = re.sub(r"\b(que|lorsque|puisque|quoique|si)(?= ils\b)", _elided, text, flags=re.I)
    text = re.sub(r"(?<=[’']) (?=ils\b)", "", text)
    return _FRENCH_OWN.sub(
        lambda m: _cased("leur" if m.group().lower() == "notre" else "leurs", m.group()), text
    )


def _elided(match: re.Match[str]) -> str:
    return match.group()[:-1] + "’"


def _without_ours(text: str) -> str:
    """« Nos résultats » without a « nous »: « Les résultats »."""
    nouns = "|".join(entries("rewrite", "fr")["research_nouns"])
    articles = {"de nos": "des", "à nos": "aux", "nos": "les"}
    return re.sub(
        rf"\b(?:de |à )?nos(?= (?:{nouns})\b)",
        lambda match: _cased(articles[match.group().lower()], match.group()),
        text,
        flags=re.IGNORECASE,
    )

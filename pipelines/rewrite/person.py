"""Who speaks in a paper: "we" becomes "the researchers", "nous" becomes "les chercheurs".

French verbs change with the person: only forms in ``lexicon/person.fr.tsv`` are changed, and a
sentence with any other form after "nous" is left as it is.
"""

from __future__ import annotations

import re

from pipelines.lexicon import pairs
from pipelines.rewrite.steps import Context

_ENGLISH = re.compile(r"\b(?:we(?=[’'](?:ve|re|ll|d)\b)|we|us|our|ours|ourselves)\b", re.IGNORECASE)
_FIRST = {"we": "the researchers", "us": "the researchers", "our": "the researchers’",
          "ours": "the researchers’", "ourselves": "themselves"}  # fmt: skip
_THEN = {"we": "they", "us": "them", "our": "their", "ours": "theirs", "ourselves": "themselves"}
_CONTRACTED = {"ve": " have", "re": " are", "ll": " will", "d": " would"}

#: "nous", at most two words that may stand between it and its verb, the verb.
_FRENCH = re.compile(
    r"\b(?P<nous>nous)(?P<between>(?: (?:ne|y|en|les?|la|l[’']|leur))*(?: n[’']| )?)"
    r"(?P<verb>[^\W\d_]+ons)\b",
    re.IGNORECASE,
)
_FRENCH_OWN = re.compile(r"\b(?:notre|nos)\b", re.IGNORECASE)


def _cased(replacement: str, original: str) -> str:
    return replacement[:1].upper() + replacement[1:] if original[:1].isupper() else replacement


def name_researchers(text: str, context: Context) -> str:
    """Put the researchers in the third person."""
    return _french(text) if context.language == "fr" else _english(text)


def _english(text: str) -> str:
    if re.search(r"\bus\b", text) and not re.search(r"\b(?:we|our)\b", text, re.IGNORECASE):
        return text  # "tells us", "for us all": whom it means can't be told
    named = False

    def change(match: re.Match[str]) -> str:
        nonlocal named
        word = match.group()
        replacement = (_THEN if named else _FIRST)[word.lower()]
        named = True
        return _cased(replacement, word)

    text = re.sub(
        r"\b([Ww]e)[’'](ve|re|ll|d)\b", lambda m: m.group(1) + _CONTRACTED[m.group(2)], text
    )
    return _ENGLISH.sub(change, text)


def _subjunctive(text: str, match: re.Match[str]) -> bool:
    """After "que", a form in -ions may be a subjunctive, which the list doesn't hold."""
    return text[: match.start()].lower().endswith("que ") and match["verb"].endswith("ions")


def _french(text: str) -> str:
    forms = pairs("person.fr")
    matches = list(_FRENCH.finditer(text))
    if not matches or len(re.findall(r"\bnous\b", text, re.IGNORECASE)) != len(matches):
        return text
    if any(match["verb"].lower() not in forms or _subjunctive(text, match) for match in matches):
        return text
    named = False

    def change(match: re.Match[str]) -> str:
        nonlocal named
        subject = "ils" if named else "les chercheurs"
        named = True
        return _cased(subject, match["nous"]) + match["between"] + forms[match["verb"].lower()]

    text = _FRENCH.sub(change, text)
    return _FRENCH_OWN.sub(
        lambda m: _cased("leur" if m.group().lower() == "notre" else "leurs", m.group()), text
    )

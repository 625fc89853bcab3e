"""French « nous » in the third person: « les chercheurs », then « ils ».

Left as it is where a verb form isn't in ``person.tsv``, or where « notre » may be somebody else's.
"""

from __future__ import annotations

import re

from corpus.text import LETTERS
from pipelines.language.lexicon import entries, pairs, pattern
from pipelines.language.pronouns import only_them
from pipelines.language.typography import cased

#: "nous", the words that may stand between it and its verb, the verb.
_NOUS = re.compile(
    r"\b(?P<nous>nous)(?P<between>(?: (?:ne|y|en|les?|la|l[’']|leur))*(?: n[’']| )?)"
    rf"(?P<verb>{LETTERS.pattern}ons)\b",
    re.IGNORECASE,
)


def in_third_person(text: str) -> str:
    """Put the researchers in the third person."""
    forms = pairs("person", "fr")
    matches = list(_NOUS.finditer(text))
    if not matches:
        return _without_ours(text)
    if len(re.findall(r"\bnous\b", text, re.IGNORECASE)) != len(matches):
        return text
    verbs = [word for word in LETTERS.findall(text.lower()) if word in forms]
    if len(verbs) != len(matches) or any(_unsure_verb(text, match) for match in matches):
        return text  # "nous mesurons et comparons": the second verb has no "nous" of its own
    ours = pattern("rewrite", "fr", "first_person")
    if ours.search(text) and not only_them(text, 0, 0, "fr"):
        return text
    named = -1

    def change(match: re.Match[str]) -> str:
        nonlocal named
        again = named >= 0 and only_them(text, named, match.start(), "fr")
        named = match.end()
        subject = cased("ils" if again else "les chercheurs", match["nous"])
        return subject + match["between"] + forms[match["verb"].lower()]

    text = _NOUS.sub(change, text)
    text = re.sub(r"\b(que|lorsque|puisque|quoique|si)(?= ils\b)", _elided, text, flags=re.I)
    text = re.sub(r"(?<=[’']) (?=ils\b)", "", text)
    return ours.sub(
        lambda m: cased("leur" if m.group().lower() == "notre" else "leurs", m.group()), text
    )


def _unsure_verb(text: str, match: re.Match[str]) -> bool:
    """A form that the list doesn't hold; after "que", a form in -ions may be a subjunctive."""
    subjunctive = text[: match.start()].lower().endswith("que ") and match["verb"].endswith("ions")
    return subjunctive or match["verb"].lower() not in pairs("person", "fr")


def _elided(match: re.Match[str]) -> str:
    return match.group()[:-1] + "’"


def _without_ours(text: str) -> str:
    """« Nos résultats » without a « nous »: « Les résultats »."""
    nouns = "|".join(entries("rewrite", "fr")["research_nouns"])
    articles = {"de nos": "des", "à nos": "aux", "nos": "les"}
    return re.sub(
        rf"\b(?:de |à )?nos(?= (?:{nouns})\b)",
        lambda match: cased(articles[match.group().lower()], match.group()),
        text,
        flags=re.IGNORECASE,
    )

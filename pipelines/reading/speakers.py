"""Who speaks in an exchange, by role and never by name.

``speaker_roles(document)`` gives each speaker label its role, from words of the label
("Councillor Roy", "Sam, city forester") or from how the speakers introduce themselves ("I'm with
the tenants' association"). ``name_spans`` finds where a sentence names a speaker, so that the
name can be left out of a brief.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from corpus.document import Document, Language
from pipelines.brief import SpeakerRole
from pipelines.language.lexicon import pattern, table

_ROLES: tuple[SpeakerRole, ...] = ("elected", "researcher", "civil_society", "staff")
#: Turns in which speakers are expected to say who they are.
_INTRODUCTION_TURNS = 3
_INITIALS = 3


def _role_in(text: str, language: Language) -> SpeakerRole | None:
    """The role whose words come first in the text; where two begin together, the longer."""
    found = [
        (match.start(), -len(match.group()), role)
        for role in _ROLES
        if (match := pattern("points", language, "speakers", role).search(text))
    ]
    return min(found)[2] if found else None


def _bare(label: str) -> str:
    """A label without what stands in brackets or after a comma: the name itself."""
    return re.split(r"\s*[(,\[–—|/]", label, maxsplit=1)[0].strip()


def _role_by_label(label: str, language: Language) -> SpeakerRole | None:
    """What brackets or an apposition say counts first, then the name's own title."""
    rest = label[len(_bare(label)) :]
    return _role_in(rest, language) or _role_in(label, language)


def speaker_roles(document: Document) -> dict[str, SpeakerRole]:
    """The role of every speaker label of an exchange."""
    language = document.language
    labels = sorted({block.speaker for block in document.blocks if block.speaker})
    roles: dict[str, SpeakerRole] = {}
    by_name: dict[str, SpeakerRole] = {}
    for label in labels:
        role = _role_by_label(label, language)
        if role:
            roles[label] = role
            by_name.setdefault(_bare(label), role)
    for label in labels:
        if label not in roles:
            roles[label] = by_name.get(_bare(label)) or _role_by_words(document, label) or "unknown"
    return roles


def _role_by_words(document: Document, label: str) -> SpeakerRole | None:
    """The role that speakers give themselves in their first turns."""
    language = document.language
    introduces = pattern("points", language, "speakers", "self_introduction")
    turns = [block for block in document.blocks if block.speaker == label][:_INTRODUCTION_TURNS]
    for block in turns:
        text = document.text[block.start : block.end]
        for match in introduces.finditer(text):
            clause = re.split(r"[.;!?]", text[match.start() : match.start() + 120])[0]
            role = _role_in(clause, language)
            if role:
                return role
    return None


def role_labels(language: Language) -> Mapping[SpeakerRole, str]:
    """What a brief calls each role."""
    return {role: texts[language] for role, texts in table("templates")["speaker"].items()}


def without_label(text: str, language: Language) -> str:
    """A line of a brief without the label before it: who speaks, or what a statement is about."""
    declared = (texts[language] for texts in table("templates")["declared"].values())
    for label in (*role_labels(language).values(), *declared):
        for colon in (": ", "\u00a0: ", " : "):
            if text.startswith(label + colon):
                return text[len(label + colon) :]
    return text

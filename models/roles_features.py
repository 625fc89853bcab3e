"""What a sentence does, told without its own words: features that both languages share.

In: the sentences of one abstract, parsed by the Universal Dependencies pipelines. Out: one mapping
of named numbers a sentence: tense, person of the subject, voice and mood of the main verb, classes
of cue words (``roles_cues.toml``), numbers, length, place in the abstract, and the same of its
neighbours. A model trained on them in one language works in the other.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources

from spacy.tokens import Doc, Token

from corpus.document import Language
from corpus.text import NUMBERED_CITATION
from models.roles_words import FIGURE

Features = dict[str, float]

_SUBJECTS = ("nsubj", "csubj", "expl")
#: A citation by number, or by a year.
CITATION = re.compile(rf"{NUMBERED_CITATION}|\((?:[^()]*\s)?\(?(?:19|20)\d\d[a-z]?\)")
#: Relative places at which an abstract changes what it does, as bins.
_BINS = 6
#: What of a neighbour matters: its cues, tense and person.
_SHARED = ("cue:", "tense:", "person:", "voice:", "root:")


@cache
def _cues(language: Language) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Classes by single lemma, and classes by lemmas in a row."""
    table: dict[str, list[str]] = tomllib.loads(
        resources.files("models").joinpath("roles_cues.toml").read_text(encoding="utf-8")
    )[language]
    single: dict[str, tuple[str, ...]] = {}
    rows: dict[str, tuple[str, ...]] = {}
    for name, entries in table.items():
        for entry in entries:
            chosen = rows if " " in entry else single
            chosen[entry] = (*chosen.get(entry, ()), name)
    return single, rows


def _classes(token: Token, language: Language) -> tuple[str, ...]:
    single, _ = _cues(language)
    if token.dep_.startswith(("aux", "cop")):
        return ()
    return single.get(token.lemma_.lower(), ()) or single.get(token.lower_, ())


def _main_verb(doc: Doc) -> Token | None:
    """The root of the first sentence that has a verb, or the first root."""
    roots = [token for token in doc if token.head.i == token.i]
    return next((root for root in roots if root.pos_ in ("VERB", "AUX")), next(iter(roots), None))


def _tense(root: Token, language: Language) -> str:
    """past, present, perfect, future or conditional, of the whole verb group.

    The French passé composé tells what the English simple past tells.
    """
    group = [root, *(t for t in root.children if t.dep_.split(":")[0] in ("aux", "cop"))]
    lemmas = {token.lemma_.lower() for token in group[1:]}
    finite = next((t for t in group if "Fin" in t.morph.get("VerbForm", [])), None)
    if finite is None:
        return "none"
    if "Cnd" in finite.morph.get("Mood", []):
        return "modal"
    if language == "en" and "will" in lemmas:
        return "future"
    tense = next(iter(finite.morph.get("Tense", [])), "none").lower()
    if "have" in lemmas and language == "en":
        return "perfect"
    perfect = any(t.dep_ == "aux:tense" for t in group[1:]) and tense == "pres"
    if language == "fr" and perfect:
        return "past"
    return {"past": "past", "imp": "past", "pres": "present", "fut": "future"}.get(tense, "none")


def _person(subject: Token | None) -> str:
    """we, it, they, noun or none: who acts."""
    if subject is None:
        return "none"
    if subject.pos_ == "PRON" and "1" in subject.morph.get("Person", []):
        return "we"
    if subject.lower_ in ("we", "i", "nous", "je", "j'", "j’"):
        return "we"
    return "pronoun" if subject.pos_ == "PRON" else "noun"


def _verb(root: Token, language: Language) -> Features:
    subject = next((t for t in root.children if t.dep_.split(":")[0] in _SUBJECTS), None)
    passive = any(t.dep_ in ("nsubj:pass", "aux:pass") for t in root.children)
    modal = any(
        t.lemma_.lower() in ("can", "may", "could", "might", "should") for t in root.children
    )
    found = {
        f"tense:{_tense(root, language)}": 1.0,
        f"person:{_person(subject)}": 1.0,
        f"voice:{'passive' if passive else 'active'}": 1.0,
        f"root:{root.pos_}": 1.0,
        "root:modal": float(modal or root.lemma_.lower() in ("pouvoir", "devoir")),
    }
    found |= {f"root:{name}": 1.0 for name in _classes(root, language)}
    tensed = f"{_tense(root, language)}+{_person(subject)}"
    found[f"verb:{tensed}"] = 1.0
    for name in _classes(root, language):
        found[f"verb:{name}+{tensed}"] = 1.0
    if subject is not None:
        found |= {f"subject:{name}": 1.0 for name in _classes(subject, language)}
        for child in subject.children:
            found |= {f"subject:of:{n}": 1.0 for n in _classes(child, language) if n == "deictic"}
    return found


def own_features(doc: Doc, language: Language) -> Features:
    """The features of one sentence, whatever stands around it."""
    words = [token for token in doc if not token.is_space and not token.is_punct]
    found: Features = {"bias": 1.0, "length": min(len(words), 60) / 30}
    for token in words:
        for name in _classes(token, language):
            found[f"cue:{name}"] = 1.0
    for token in words[:3]:
        found |= {f"opens:{name}": 1.0 for name in _classes(token, language)}
    if words:
        found[f"opens:{words[0].pos_}"] = 1.0
    lemmas = " " + " ".join(token.lemma_.lower() for token in doc) + " "
    forms = " " + " ".join(token.lower_ for token in doc) + " "
    for row, names in _cues(language)[1].items():
        if f" {row} " in lemmas or f" {row} " in forms:
            found |= {f"cue:{name}": 1.0 for name in names} | {f"row:{n}": 1.0 for n in names}
    text = doc.text
    found["number"] = float(any(character.isdigit() for character in text))
    found["digits"] = float(bool(FIGURE.search(text)))
    found["question"] = float(text.rstrip().endswith("?"))
    found["citation"] = float(bool(CITATION.search(text)))
    found["names"] = min(sum(token.pos_ == "PROPN" for token in words), 4) / 4
    found["first_person"] = float(any(_person(t) == "we" for t in words if t.pos_ == "PRON"))
    found["conditional"] = float(any("Cnd" in token.morph.get("Mood", []) for token in words))
    root = _main_verb(doc)
    return found | (_verb(root, language) if root is not None else {})


def _place(index: int, count: int) -> Features:
    part = min(_BINS - 1, index * _BINS // max(1, count))
    return {
        f"part:{part}": 1.0,
        f"from_start:{min(index, 3)}": 1.0,
        f"from_end:{min(count - 1 - index, 3)}": 1.0,
        "place": index / max(1, count - 1),
    }


def neighbours(own: Sequence[Features], index: int, weight: float = 1.0) -> Features:
    """What of the sentences before and after one matters to it, each feature times a weight."""
    around: Features = {}
    for name, step in (("before", -1), ("after", 1)):
        if 0 <= index + step < len(own):
            near = own[index + step].items()
            around |= {
                f"{name}:{key}": weight * value for key, value in near if key.startswith(_SHARED)
            }
    return around


def features(docs: Sequence[Doc], language: Language) -> list[Features]:
    """Named numbers for each sentence of one abstract, each given as a parsed document."""
    own = [own_features(doc, language) for doc in docs]
    found = []
    for index, mine in enumerate(own):
        around = neighbours(own, index)
        earlier = {f"earlier:{key}": 1.0 for one in own[:index] for key in one if key in _TURNS}
        found.append(mine | around | earlier | _place(index, len(own)))
    return found


#: What, once told, changes what the following sentences do.
_TURNS = frozenset(
    {
        "person:we",
        "cue:finding",
        "root:aim_verb",
        "root:method_verb",
        "root:result_verb",
        "cue:study",
    }
)

"""What may be left out of a parsed sentence without a change of what it claims.

In: a sentence as the language pipeline parsed it. Out: the same sentence in fewer words, in every
way that is safe: without an opening that only says where it is told or why it was done ("In this
paper, we …", "To address this problem, we …"), without brackets, without a clause that only adds
at the end. What limits a claim (a condition, a negation, a hedge, a number) is never left out.
Also two sentences of the researchers joined to one. Word lists: ``bottom_line.toml``. Which of
the forms to tell is left to ``bottom_line``; the checks of a brief still judge the result.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from corpus.document import Language
from corpus.text import OUTER_PARENTHESES
from models.bottom_line_cues import cue, words_of

#: Nothing shorter is worth telling, in words.
SHORTEST = 5
#: Longest opening that may go, in words.
LONGEST_OPENING = 25
_PIECES = re.compile(r",\s+")
_SUBJECTS = ("nsubj", "nsubj:pass", "expl", "csubj")


@dataclass(frozen=True, slots=True)
class Form:
    """A sentence as it could be told."""

    text: str
    words: tuple[str, ...]
    """Its lemmas in lower case, punctuation left out."""
    dropped: tuple[str, ...]
    """What was left out: "opening", "bracket", "interpretation", or the relation of an ending
    ("conj", "advcl")."""


Span = tuple[int, int]


def lemmas(tokens: Iterable[Token]) -> tuple[str, ...]:
    """Lower-case lemmas of words and numbers."""
    return tuple(
        (token.lemma_ or token.text).lower()
        for token in tokens
        if any(character.isalnum() for character in token.text)
    )


def forms(doc: Doc, language: Language) -> list[Form]:
    """The sentence in its own words, then every shorter form of it, none twice."""
    whole = len(doc.text.rstrip())
    brackets = list(_brackets(doc.text, language))
    found: dict[str, Form] = {}
    for start, opening in [(0, ()), *_openings(doc, language)]:
        for end, ending in [(whole, ()), *_endings(doc, language)]:
            inside = [span for span in brackets if start < span[0] and span[1] <= end]
            for holes, bracket in (([], ()), (inside, ("bracket",))):
                text = _sentence(_pieces(doc.text, start, end, holes), whole=end == whole)
                if text in found or (found and len(text.split()) < SHORTEST):
                    continue
                kept = [
                    token
                    for token in doc
                    if start <= token.idx < end
                    and not any(first <= token.idx < last for first, last in holes)
                ]
                found[text] = Form(text, lemmas(kept), (*opening, *ending, *bracket))
    return list(found.values())


def _pieces(text: str, start: int, end: int, holes: Iterable[Span]) -> str:
    """The text between two offsets without its holes."""
    kept = []
    for first, last in holes:
        kept.append(text[start:first])
        start = last
    return "".join([*kept, text[start:end]])


def _sentence(text: str, *, whole: bool) -> str:
    """The words between two cuts as a sentence."""
    text = text.strip()
    if not whole:
        text = text.rstrip(" ,;:–—-") + "."
    return text[:1].upper() + text[1:]


def _root(doc: Doc) -> Token | None:
    """The only root of the sentence, where it has a subject before it."""
    roots = [token for token in doc if token.head == token]
    if len(roots) != 1 or not any(child.dep_ in _SUBJECTS for child in roots[0].lefts):
        return None
    return roots[0]


def _openings(doc: Doc, language: Language) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Offsets at which the sentence may begin instead, the latest last."""
    root = _root(doc)
    if root is None:
        return
    subject = next(child for child in root.lefts if child.dep_ in _SUBJECTS)
    opening = rf"{words_of(language, 'openings')}\s+(?={words_of(language, 'own')}\b)"
    bare = re.match(opening, doc.text, re.IGNORECASE)
    if bare and bare.end() == subject.left_edge.idx:
        yield bare.end(), ("opening",)
    for comma in _PIECES.finditer(doc.text):
        opening = doc.text[: comma.start()]
        if len(opening.split()) > LONGEST_OPENING:
            return
        if comma.end() == subject.left_edge.idx and _goes(opening, subject, language):
            yield comma.end(), ("opening",)


def _goes(opening: str, subject: Token, language: Language) -> bool:
    """Whether an opening only joins, or only says why the researchers did what follows."""
    if re.fullmatch(words_of(language, "openings"), opening, re.IGNORECASE):
        return True
    own = re.match(rf"{words_of(language, 'own')}\b", subject.doc[subject.left_edge.i :].text, re.I)
    because = re.match(rf"{words_of(language, 'reasons')}(?!\w)", opening, re.IGNORECASE)
    return bool(own and because) and not cue(opening, "shorten", "limits", language)


def _endings(doc: Doc, language: Language) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Offsets at which the sentence may end instead, with what then is left out."""
    interprets = re.compile(rf",\s+{words_of(language, 'interprets')}(?!\w)", re.IGNORECASE)
    for match in interprets.finditer(doc.text):
        yield match.start(), ("interpretation",)
    root = _root(doc)
    if root is None:
        return
    for mark in doc[root.i + 2 :]:
        if mark.text in (",", "—", "–", ";") or (mark.dep_ == "cc" and not mark.nbor(-1).is_punct):
            added = _added(doc, mark, root, language)
            kept = doc.text[: mark.idx].rstrip()
            if added and kept.count("(") == kept.count(")") and kept.count('"') % 2 == 0:
                yield len(kept), (added,)


def _added(doc: Doc, mark: Token, root: Token, language: Language) -> str | None:
    """The relation by which all that follows a mark hangs on what stands before; None if it must
    stay.
    """
    rest = doc[mark.i :]
    if any(token.head.i >= mark.i for token in doc[: mark.i]):
        return None
    heads = [
        token
        for token in rest
        if token.head.i < mark.i and not token.is_punct and token.dep_ != "cc"
    ]
    if len(heads) != 1 or cue(rest.text, "shorten", "limits", language):
        return None
    if any(token.like_num for token in rest):
        return None
    return heads[0].dep_ if _only_adds(heads[0], mark, root, language) else None


def _only_adds(head: Token, mark: Token, root: Token, language: Language) -> bool:
    """Whether a clause at the end, by its head, adds to the sentence without limiting it."""
    relation = head.dep_
    if relation == "conj":
        own = re.match(rf"{words_of(language, 'own')}\b", _subject(root), re.IGNORECASE)
        making = re.fullmatch(words_of(language, "making"), root.lemma_, re.IGNORECASE)
        paired = re.search(rf"{words_of(language, 'pairs')}\b[^,]*$", _before(mark), re.I)
        return bool(own and making) and head.head == root and head.pos_ == "VERB" and not paired
    if mark.text == "," and relation == "advcl":
        return head.morph.get("VerbForm", []) in (["Ger"], ["Part"])
    return mark.text == "," and relation in ("acl:relcl", "advcl:relcl")


def _subject(root: Token) -> str:
    subject = next(child for child in root.lefts if child.dep_ in _SUBJECTS)
    return str(root.doc[subject.left_edge.i : root.i].text)


def _before(mark: Token) -> str:
    return str(mark.doc.text[: mark.idx]) if mark.dep_ == "cc" else ""


def _brackets(text: str, language: Language) -> Iterator[Span]:
    """The round brackets, with the space before them, that neither limit nor count anything."""
    for match in OUTER_PARENTHESES.finditer(text):
        inside, after = match.group(), text[match.end() : match.end() + 1]
        start = len(text[: match.start()].rstrip())
        attached = start == match.start() or after.isalnum() or after in ("_", "-")
        counts = any(character.isdecimal() for character in inside)
        if not (attached or counts or cue(inside, "shorten", "limits", language)):
            yield start, match.end()


def joined(first: Form, second: Form, language: Language) -> Form | None:
    """Two sentences of the researchers as one: "We A. We also B." as "We A, and B."

    None where either doesn't begin with "We", or the second leans on more than that.
    """
    opening = rf"{words_of(language, 'we')}\s+"
    adding = re.match(rf"{opening}(?:{words_of(language, 'adding')}\s+)?", second.text)
    if not re.match(opening, first.text) or not adding:
        return None
    link = words_of(language, "join")
    text = f"{first.text.rstrip('.')}{link}{second.text[adding.end() :]}"
    rest = second.words[len(adding.group().split()) :]
    words = (*first.words, link.strip(" ,"), *rest)
    return Form(text, words, (*first.dropped, *second.dropped, "join"))

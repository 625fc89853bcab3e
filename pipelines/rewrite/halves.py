"""The halves of a sentence: whether each can stand alone, and the change that parts them.

In: stretches of a parsed sentence. Out: what hangs on what, and the change that ends a sentence
and begins another. Where to part is left to the steps that split.
"""

from __future__ import annotations

from spacy.tokens import Span, Token

from corpus.document import Language
from models.parsing import parse
from pipelines.language.splices import Change, Splice, end_of
from pipelines.rewrite.clauses import complete, conditional, negated, subject
from pipelines.rewrite.steps import capitalized

#: Neither half may be shorter, in words.
SHORTEST_HALF = 4


def parts(sentence: Span, start: int, end: int) -> Span | None:
    """A half of a sentence, if it is long enough and its brackets are closed."""
    half = sentence.doc[start:end]
    text = half.text
    closed = all(text.count(one) == text.count(two) for one, two in ("()", "[]", "{}"))
    enough = sum(any(c.isalnum() for c in token.text) for token in half) >= SHORTEST_HALF
    return half if closed and enough else None


def before(token: Token) -> Token:
    """The token before one of a sentence; the first one's is itself."""
    return token if token.is_sent_start else token.nbor(-1)


def outside(half: Span) -> list[Token]:
    """Words of a half that hang on a word outside it, punctuation and conjunctions left out."""
    return [
        token
        for token in half
        if not half.start <= token.head.i < half.end
        and not token.is_punct
        and token.dep_ not in ("cc", "punct")
    ]


def standing(left: Span) -> bool:
    """Whether what is left is a sentence: its root and a complete clause, and no colon is open.

    A word that opens a clause of less weight may not open it. Where the parse of the whole took
    it for something else, it is read alone.
    """
    if ":" in left.text or _unfinished(left):
        return False
    root = left.sent.root
    inside = left.start <= root.i < left.end
    return (inside and (complete(root) or _begun(left))) or alone(left) is not None


def _unfinished(left: Span) -> bool:
    """Whether a half breaks off behind "have": « nous avons, et c'est dit, un pays »."""
    words = [token for token in left if not token.is_punct]
    last = words[-1] if words else None
    return (
        last is not None
        and last.lemma_.lower() in ("have", "avoir")
        and "Fin" in last.morph.get("VerbForm", [])
        and not any(child.dep_.startswith(("obj", "ccomp", "xcomp")) for child in last.children)
    )


def alone(half: Span) -> Token | None:
    """The main verb of a half that is one whole sentence when it is read by itself, else None.

    Long sentences are parsed less surely than what they are made of.
    """
    text = half.text.strip(" ,;")
    if not text or half.sent.text.strip(" .") == text:
        return None
    return whole(text, "fr" if half.doc.lang_ == "fr" else "en")


def whole(text: str, language: Language) -> Token | None:
    """The main verb of words, without a full stop, that are one whole sentence, else None."""
    read = parse(f"{capitalized(text)}.", language)
    sentences = list(read.sents)
    root = sentences[0].root
    if len(sentences) != 1 or not complete(root):
        return None
    own = subject(root)
    marked = any(child.dep_ == "mark" or _opens_question(child) for child in root.lefts)
    sure = not any(child.dep_ in _UNSURE for child in root.children)
    begins = own is not None and own.left_edge.i < root.i
    return root if begins and sure and not marked else None


#: Relations by which a parser joins what it doesn't understand.
_UNSURE = ("parataxis", "dep", "list", "reparandum", "orphan", "goeswith")


def _opens_question(token: Token) -> bool:
    return bool({"Rel", "Int"} & set(token.morph.get("PronType", [])))


def _begun(left: Span) -> bool:
    """Whether a stretch begins with a subject and has its finite verb, however it is parsed."""
    verb = next((token for token in left if complete(token)), None)
    own = subject(verb) if verb is not None else None
    return own is not None and own.left_edge.i == left.start


def hypothetical(sentence: Span, left: Span, language: Language) -> bool:
    """Whether a clause is a condition's, somebody's view, or negated: its outcome isn't a fact."""
    root = sentence.root
    said = any(child.dep_ in ("ccomp", "xcomp") and child.i < left.end for child in root.children)
    if said or negated(root) or conditional(left, language):
        return True
    read = alone(left)
    return read is not None and (
        negated(read) or any(child.dep_ in ("ccomp", "xcomp") for child in read.children)
    )


def cut(start: Token, first: Token, opening: str, *, space: bool = False) -> Change:
    """End the sentence at ``start`` and begin the next with ``opening`` and ``first``."""
    told = f"{opening}{first.text}" if opening else capitalized(first.text)
    return replaced(start, first, told, space=space)


def replaced(start: Token, word: Token, told: str, *, space: bool = False) -> Change:
    """End the sentence at ``start`` and say ``told`` for a word."""
    begin = start.idx - (1 if space and start.idx and start.doc.text[start.idx - 1] == " " else 0)
    return (Splice(begin, end_of(word), f"{_stop(start, begin)} {told}"),)


def _stop(start: Token, begin: int) -> str:
    """A full stop, unless an abbreviation's ends the half already; no space before it."""
    return "" if start.doc.text[:begin].rstrip().endswith(".") else "."

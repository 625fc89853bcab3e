"""English strings of three nouns and more, with their last one first.

"household water consumption rates" becomes "rates of household water consumption". Only where the
last noun measures or handles what stands before it, and where no article has to be made up for
the rest (``noun_strings.toml``).
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from pipelines.language.lexicon import listed
from pipelines.language.splices import Change, Splice, end_of, instead
from pipelines.language.typography import cased

#: So many nouns before the last one make a string.
FEWEST = 2


def unpacked(parsed: Doc) -> Iterator[Change]:
    """Put the last noun of a noun string first, and "of" behind it."""
    for head in parsed:
        before = list(_before(head))
        if len(before) >= FEWEST and _unpacks(head, before):
            yield _moved(head, before)


def _words(key: str) -> frozenset[str]:
    return listed("noun_strings", "en", key)


def _before(head: Token) -> Iterator[Token]:
    """The nouns right before a noun that belong to it, in order."""
    if head.pos_ != "NOUN" or head.dep_ == "compound":
        return
    if head.lemma_.lower() not in _words("heads"):
        return
    start = head.i
    while start > head.sent.start and _plain_noun(head.doc[start - 1], head):
        start -= 1
    if start == head.sent.start or head.doc[start - 1].dep_ not in ("compound", "goeswith"):
        yield from head.doc[start : head.i]


def _plain_noun(token: Token, head: Token) -> bool:
    """A common noun, no name, abbreviation or number, that modifies ``head`` or one before it."""
    opening = token.i == token.sent.start
    written = token.lower_ if opening else token.text
    plain = written.isascii() and written.isalpha() and written.islower() and len(written) > 2
    return (
        token.pos_ == "NOUN"
        and plain
        and token.dep_ == "compound"
        and token.i < token.head.i <= head.i
    )


def _unpacks(head: Token, before: list[Token]) -> bool:
    last, first = before[-1], before[0]
    bare = last.lemma_.lower() in _words("mass") or last.tag_ == "NNS"
    opens = head.doc[first.i - 1] if first.i > head.sent.start else None
    article = opens is not None and opens.dep_ in ("det", "amod", "nmod:poss", "nummod")
    alone = head.tag_ == "NNS" or head.lemma_.lower() in _words("mass") or article
    hyphen = opens is not None and opens.text in ("-", "–", "/")
    after = head.doc[head.i + 1].text if head.i + 1 < len(head.doc) else ""
    return bare and alone and not hyphen and after not in ("of", "-", "–", "/", "(")


def _moved(head: Token, before: list[Token]) -> Change:
    first = before[0]
    text = head.doc.text[first.idx : end_of(before[-1])]
    opens = first.i == head.sent.start
    told = _swapped(head.text, text) if opens else f"{head.text} of {text}"
    own = Splice(first.idx, end_of(head), told)
    article = head.doc[first.i - 1] if first.i > head.sent.start else None
    if article is not None and article.lower_ in ("a", "an"):
        fitting = "an" if head.text[0] in "aeio" else "a"
        return (instead(article, cased(fitting, article.text)), own)
    return (own,)


def _swapped(head: str, text: str) -> str:
    """The capital of the sentence's first word goes over to its new first word."""
    return f"{head.capitalize()} of {text[:1].lower()}{text[1:]}"

"""``there_was``: a noun phrase told as a sentence of its own, "There was no change in B".

In: a stretch of a parsed English sentence. Out: the words, without a full stop; None where what it
names isn't a thing that there can be (``split.toml``), or where it holds more than the noun and
what hangs on it.
"""

from __future__ import annotations

from spacy.tokens import Span

from models.parsing import parse
from pipelines.language.typography import holds_quotation
from pipelines.rewrite.clauses import words


def there_was(phrase: Span, *, past: bool = True) -> str | None:
    """ "There was" and the phrase, in the past or the present, in its number."""
    if not phrase or holds_quotation(phrase.text):
        return None
    read = parse(f"There were {phrase.text}.", "en")
    heads = [token for token in read if token.dep_ == "nsubj" and token.head.i <= 1]
    if len(heads) != 1 or len(list(read.sents)) != 1 or any(t.text in ",;:" for t in read):
        return None
    head = heads[0]
    known = head.lemma_ in words("en", "there_can_be") and head.head == read[1]
    new = not any(c.dep_ == "det" and c.lower_ in ("the", "this") for c in head.children)
    clauses = any(t.pos_ in ("VERB", "AUX") and t.i > 1 and t.dep_ != "amod" for t in read)
    if not known or not new or clauses:
        return None
    several = "Plur" in head.morph.get("Number", [])
    determined = any(child.dep_ == "det" for child in head.children)
    if not several and not determined and head.lemma_ not in words("en", "uncounted"):
        return None  # "There was link": only some things are told without an article
    verb = ("were" if several else "was") if past else ("are" if several else "is")
    return f"There {verb} {phrase.text}"

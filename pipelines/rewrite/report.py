"""``drop_report``: what was found, without "the researchers found that" before it.

A brief's reader knows whose findings are told. Only firm reports go ("found", "showed"): "suggest"
is a caution, and a denied or hedged report says something itself. "found that A, and that B"
becomes two sentences, and "found a drop in sales" is "There was a drop in sales". Word lists are
data (``asides.toml``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Span, Token

from corpus.document import Language
from pipelines.language.lexicon import listed, pattern
from pipelines.language.splices import Change, Splice
from pipelines.rewrite.existence import there_was
from pipelines.rewrite.steps import Context

_DENIED: tuple[str, Language, str] = ("certainty", "en", "negations")
#: What the name of an analysis is made of.
_NAMING = ("ADJ", "NOUN", "PROPN", "PUNCT", "ADV", "X")
#: So many words may stand before "that".
_LONGEST = 7


def drop_report(parsed: Doc, context: Context) -> Iterable[Change]:
    """Leave a firm report out where a whole clause follows it."""
    for sentence in parsed.sents:
        that = _reported(sentence, context.language)
        if that is not None:
            yield _without_report(that, sentence, context.language)
        elif context.language == "en":
            yield from _there_was(sentence)


def _there_was(sentence: Span) -> Iterator[Change]:
    """ "The researchers saw a drop in B" to "There was a drop in B".

    Only in the past, and only of what there can be. "No drop" that was found stays a report: there
    may still be one.
    """
    last = next((t for t in sentence if t.lemma_.lower() in _words("en", "reports")), None)
    if last is None or last.i - sentence.start > _LONGEST or sentence[-1].text != ".":
        return
    before = [token.lower_ for token in sentence.doc[sentence.start : last.i]]
    if last.tag_ not in ("VBD", "VBN") or pattern(*_DENIED).search(sentence.text):
        return
    people = _words("en", "reporting_people")
    if not before or any(word not in people | {"the", "also", "then"} for word in before):
        return
    if not people & set(before):
        return
    told = sentence.doc[last.i + 1 : sentence.end - 1]
    found = there_was(told)
    if found is not None:
        yield (Splice(sentence.start_char, told.end_char, found),)


def _words(language: Language, key: str) -> frozenset[str]:
    return listed("asides", language, key)


def _reported(sentence: Span, language: Language) -> Token | None:
    """The "that" behind which the clause stands; None where the report has to stay.

    Told by the words before it, which are few and fixed: the parse of "showed that cells …" is
    not to be relied on.
    """
    thats = _words(language, "that")
    that = next((token for token in sentence if token.lower_ in thats), None)
    if that is None or that.i - sentence.start > _LONGEST or not _whole(that, sentence, language):
        return None
    return that if _bare(sentence.doc[sentence.start : that.i], language) else None


def _whole(that: Token, sentence: Span, language: Language) -> bool:
    """Whether a finite verb stands in what follows, and no second predicate of the report."""
    after = sentence.doc[that.i + 1 : sentence.end]
    joined = any(token.head == sentence.root and token.dep_ == "conj" for token in after)
    others = [t for t in after if t.lower_ in _words(language, "that") and _second(t)]
    if len(after) and after[0].lower_ in _words(language, "their_own"):
        return False  # whose, the report alone says
    if joined or others or not after or after[0].is_punct or not after[0].is_alpha:
        return False
    return any("Fin" in token.morph.get("VerbForm", []) for token in after)


def _second(that: Token) -> bool:
    """Whether a later "that" belongs to the report: ", thus that B", "and suggest that B"."""
    before = [that.nbor(-1).lower_, that.nbor(-2).lower_]
    if before[0] in ("and", "et"):
        return False  # "found that A, and that B" is split
    return before[0] in (",", "thus", "so") or before[1] in ("and", "et", ",")


def _bare(before: Span, language: Language) -> bool:
    """Whether nothing but who reports, one verb of reporting and small words stands there."""
    small = frozenset(",").union(
        *(_words(language, f"report_{kind}") for kind in ("adverbs", "owners", "auxiliaries"))
    )
    reports = [t for t in before if t.lemma_.lower() in _words(language, "reports")]
    reporters = [t for t in before if t.lower_ in _words(language, "reporters")]
    rest = [
        token
        for token in before
        if token.lower_ not in small and token not in (*reports, *reporters)
    ]
    if len(reports) != 1 or not reporters or reports[0].i < reporters[-1].i:
        return False
    return not rest or _of_a_method(rest, reporters[-1], language)


def _of_a_method(rest: list[Token], method: Token, language: Language) -> bool:
    """Whether the other words only name the analysis that reports: "a logistic regression".

    A model that shows is a claim of its own, and stays.
    """
    named = {token.i for token in method.subtree}
    return (
        method.lower_ in _words(language, "report_methods")
        and all(token.i in named and token.pos_ in _NAMING for token in rest)
        and not any(token.like_num for token in rest)
    )


def _without_report(that: Token, sentence: Span, language: Language) -> Change:
    first = that.nbor(1)
    edits = [Splice(sentence.start_char, first.idx + 1, first.text[:1].upper())]
    edits += _joined(that, sentence, language)
    return tuple(edits)


def _joined(that: Token, sentence: Span, language: Language) -> Iterator[Splice]:
    """What follows ", and that" becomes a sentence of its own, where no other "that" is near."""
    others = [t for t in sentence if t.i > that.i and t.lower_ in _words(language, "that")]
    if len(others) != 1 or others[0].nbor(-1).lower_ not in ("and", "et"):
        return
    link, first = others[0].nbor(-1), others[0].nbor(1)
    begin = link.nbor(-1).idx if link.nbor(-1).text == "," else link.idx - 1
    yield Splice(begin, first.idx + 1, f". {first.text[:1].upper()}")

"""``drop_lead_in``: what somebody said, without the words that only say that it is said.

"You'll be aware that A" is "A", and so is "As you rightly say, A". In: a sentence of an exchange.
Out: the same without its lead-in, where that is made of few and listed words, its verb is one of
saying or knowing, whoever speaks or listens is its subject (or nobody is), and a whole sentence
follows. What doubts ("I think"), denies, asks, or tells what was said earlier stays: it says
something itself. Word lists are data (``asides.toml``, ``lead_in_…``).
"""

from __future__ import annotations

from spacy.tokens import Span, Token

from corpus.document import Language
from models.parsing import parse
from pipelines.claims.cue_rules import has
from pipelines.language.lexicon import listed, pattern
from pipelines.rewrite.halves import whole
from pipelines.rewrite.steps import Context, capitalized

#: So many words has a lead-in at most.
_LONGEST = 11


def drop_lead_in(text: str, context: Context) -> str:
    """Drop "you'll be aware that", « il faut rappeler que », "As you rightly say,"."""
    language = context.language
    likely = pattern("asides", language, "lead_in_likely").search(text[: _LONGEST * 12])
    if likely is None or text.rstrip().endswith("?"):
        return text
    first = next(iter(parse(text, language).sents))
    for told in (_before_that(first, language), _before_comma(first, language)):
        if told is not None:
            return told + text[first.end_char :]
    return text


def _words(language: Language, key: str) -> frozenset[str]:
    return listed("asides", language, f"lead_in_{key}")


def _before_that(sentence: Span, language: Language) -> str | None:
    """The clause behind "that", with what stood before the lead-in; None where there is none."""
    thats = listed("asides", language, "that")
    that = next((t for t in sentence if t.lower_ in thats and t.pos_ in ("SCONJ", "PRON")), None)
    if that is None or any(t.lower_ in thats and _goes_on(t) for t in sentence.doc[that.i + 1 :]):
        return None
    commas = [t.i for t in sentence if t.text == "," and t.i < that.i]
    begins = commas[-1] + 1 if commas else sentence.start
    lead, after = sentence.doc[begins : that.i], sentence.doc[that.i + 1 : sentence.end]
    if sentence.root not in lead or not _says(lead, language, told_now=True):
        return None
    before = sentence.doc[sentence.start : begins].text
    return _told(before, after, language)


def _goes_on(that: Token) -> bool:
    """Whether a second "that" belongs to the lead-in, too: "that A and that B"."""
    return that.nbor(-1).lower_ in ("and", "et", ",")


def _before_comma(sentence: Span, language: Language) -> str | None:
    """The clause behind the first comma, where only a lead-in stands before it; else None."""
    comma = next((t for t in sentence if t.text == ","), None)
    if comma is None or comma.i == sentence.start:
        return None
    lead, after = sentence.doc[sentence.start : comma.i], sentence.doc[comma.i + 1 : sentence.end]
    opened = lead[0].lower_ in _words(language, "as")
    if opened:
        said = _says(lead[1:], language, told_now=False)
    else:
        said = _says(lead, language, told_now=True) or _raised(lead, language)
    return _told("", after, language) if said else None


def _told(before: str, after: Span, language: Language) -> str | None:
    """What is left, where it is a sentence."""
    first, thats = after.start, listed("asides", language, "that")
    while first < after.end - 1 and _opens(after.doc[first], thats):
        first += 1
    words = after.doc[first : after.end].text.strip()
    if whole(words.rstrip(" ."), language) is None:
        return None
    return f"{before} {words}" if before else capitalized(words)


def _opens(token: Token, thats: frozenset[str]) -> bool:
    """Whether a word only joins what follows to a lead-in: "You'll be aware, that, …"."""
    return token.dep_ == "cc" or token.is_punct or token.lower_ in thats


def _says(lead: Span, language: Language, *, told_now: bool) -> bool:
    """Whether a lead-in says, by listed words alone, that something is said or known.

    What is ``told_now`` is no report of what somebody said before; who listens only knows.
    """
    if not 0 < len(lead) <= _LONGEST:
        return False
    lowers = [token.lower_ for token in lead]
    tells = [t for t in lead if t.lemma_.lower() in _words(language, "tells")]
    knows = [t for t in lead if t.lemma_.lower() in _words(language, "knows")]
    heard = _words(language, "listeners") & set(lowers[:1])
    subjects = _words(language, "speakers") | _words(language, "nobody")
    speaks = bool(subjects & set(lowers[:2]))
    small = _words(language, "small") | _words(language, "speakers") | _words(language, "listeners")
    small |= _words(language, "nobody")
    if any(t.lower_ not in small and t not in (*tells, *knows) for t in lead):
        return False
    if told_now and any(_past(token) for token in (*tells, *knows)):
        return False
    if not heard and not _words(language, "speakers") & set(lowers[:2]):
        speaks = speaks and not any(has(t, "VerbForm", "Fin") for t in tells)  # "it says"
    if _words(language, "wishes") & set(lowers):
        knows = []  # "we need to know that": what is known then isn't said
    if heard:
        return bool(knows if told_now else (*tells, *knows))
    return speaks and bool(tells or knows)


def _past(verb: Token) -> bool:
    """Whether a verb tells what was: "said", « ai dit »."""
    participle = has(verb, "VerbForm", "Part") and has(verb, "Tense", "Past")
    return participle or (has(verb, "Tense", "Past") and has(verb, "VerbForm", "Fin"))


def _raised(lead: Span, language: Language) -> bool:
    """Whether a lead-in only names what the other has raised: "You mentioned the buses"."""
    raised = [t for t in lead if t.lemma_.lower() in _words(language, "raises")]
    if not raised or lead[0].lower_ not in _words(language, "listeners"):
        return False
    said_of = lead.doc[raised[0].i + 1 : lead.end]
    plain = all(t.pos_ in ("NOUN", "PROPN", "ADP", "DET", "ADJ") for t in said_of)
    small = _words(language, "small")
    before = lead.doc[lead.start + 1 : raised[0].i]
    return plain and 0 < len(said_of) <= _LONGEST // 2 and all(t.lower_ in small for t in before)

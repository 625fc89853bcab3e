"""The spaCy pipelines, one a language: ``pipeline("en")`` loads once, then is only called.

By default a blank pipeline with the sentence splitter below; the settings may name an installed
spaCy pipeline instead, which then keeps its own parser while our splitter still decides where
sentences begin. What a sentence means is left to ``pipelines``.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

import spacy
from spacy.language import Language as SpacyPipeline
from spacy.tokens import Doc

from corpus.document import Language
from corpus.errors import ModelMissingError
from settings import settings

#: A place where a sentence may end: final punctuation, what closes after it (quotes, brackets,
#: a numbered citation), then white space. French sets a space before ? and !.
_CANDIDATE = re.compile(
    r"(?P<mark>[.!?…]+)(?P<close>[\"'”’)\]»]*(?:\s?»)?(?:\s?\[\d[\d,;–\s-]*\])*)(?P<space>\s+)"
)
_WORD_BEFORE = re.compile(r"[^\s(\[«“\"']+$")
_NEXT_WORD = re.compile(r"[\"'“‘«(\[\s]*([^\W\d_][\w'’-]*)?")
_INITIAL = re.compile(r"(?:[^\W\d_]\.-?)*[^\W\d_]", re.UNICODE)


@cache
def _abbreviations(language: Language) -> tuple[frozenset[str], frozenset[str]]:
    data = tomllib.loads(
        resources.files("models").joinpath("abbreviations.toml").read_text(encoding="utf-8")
    )[language]
    return frozenset(data["never"]), frozenset(data["maybe"])


def _opens_a_sentence(word: str, language: Language) -> bool:
    """Whether a capitalized word is one that opens sentences ("The", "Ces"), not a name."""
    stop_words: set[str] = spacy.util.get_lang_class(language).Defaults.stop_words
    return word[:1].isupper() and word.lower() in stop_words


def _ends_here(text: str, match: re.Match[str], start: int, language: Language) -> bool:
    """Whether the candidate boundary is one; ``start`` is where the running sentence began."""
    following = text[match.end() :]
    opened = _NEXT_WORD.match(following)
    word = (opened.group(1) or "") if opened else ""
    mixed = any(character.isupper() or character.isdigit() for character in word[1:])
    if word and word[0].islower() and not (mixed and match["mark"] == "."):
        return False
    if match["mark"] != "." or match["close"]:
        # "(see below.) and", "et al.] was": after a bracket only a capital decides, seen above.
        return True
    before = _WORD_BEFORE.search(text[start : match.start()])
    last = before.group() if before else ""
    if last.isdigit() and start + (before.start() if before else 0) == start:
        return False  # "3. Results": the number of a list item or heading
    never, maybe = _abbreviations(language)
    short = last.lower().lstrip("(")
    if short in never:
        return False
    if short in maybe:
        return _opens_a_sentence(word, language)
    if _INITIAL.fullmatch(last) and last[:1].isupper() and word[:1].isupper():
        return _opens_a_sentence(word, language)
    return True


def sentence_starts(text: str, language: Language) -> list[int]:
    """Offsets (code points) at which sentences begin in one block of text."""
    starts = [len(text) - len(text.lstrip())]
    for match in _CANDIDATE.finditer(text):
        if match.end() < len(text) and _ends_here(text, match, starts[-1], language):
            starts.append(match.end())
    return starts


@SpacyPipeline.component("scientific_sentencizer", assigns=["token.is_sent_start"])
def scientific_sentencizer(doc: Doc) -> Doc:
    """Mark sentence starts in research prose and speech: "et al.", "Fig. 3", "M. Roy", "p < 0.05."

    Assigns ``Token.is_sent_start`` for every token.
    """
    language: Language = "fr" if doc.lang_ == "fr" else "en"
    starts = iter([*sentence_starts(doc.text, language), len(doc.text)])
    following = next(starts)
    for token in doc:
        begins = token.idx >= following and not token.is_space
        if begins:
            following = next((start for start in starts if start > token.idx), len(doc.text) + 1)
        token.is_sent_start = begins
    if len(doc):
        doc[0].is_sent_start = True
    return doc


@cache
def pipeline(language: Language) -> SpacyPipeline:
    """The spaCy pipeline for a language, loaded once a process.

    Raises ``ModelMissingError`` where the settings name a pipeline that isn't installed.
    """
    chosen = settings()
    name = chosen.language_model_fr if language == "fr" else chosen.language_model_en
    if not name:
        nlp = spacy.blank(language)
    else:
        try:
            nlp = spacy.load(name, exclude=["ner"])
        except OSError as error:
            raise ModelMissingError(
                f"spaCy pipeline {name!r} not found; install it or unset "
                f"PASSERELLE_LANGUAGE_MODEL_{language.upper()}"
            ) from error
    nlp.add_pipe("scientific_sentencizer", first=True)
    nlp.max_length = 5_000_000
    return nlp

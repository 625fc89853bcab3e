"""What a machine offers for the lines that are still to translate: on offer, checked, marked.

In: a brief, and a ``Translator``: a model on this machine (MarianMT or any other
sequence-to-sequence model that transformers loads, by name or folder) or a server that speaks the
OpenAI chat interface. Out: the brief with the machine's words in its targets, ``initial`` and of
origin ``machine``, and for each line that stays empty the reason. Numbers are written as the
target language writes them; a line in which a number, a link, a code or a listed term is lost, or
in which any rule across languages names something, stays empty. Nothing becomes a translation
here: a person's words do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from corpus.document import Language, other
from corpus.errors import ModelMissingError
from models.parsing import parse
from pipelines.brief import Brief, Segment, Target
from pipelines.language.lexicon import entries
from pipelines.language.reasons import reason, told
from pipelines.language.typography import as_typed
from pipelines.language.words import words_of
from pipelines.render.layout import untranslated
from pipelines.render.xliff_units import find_stretches
from pipelines.rewrite.writers.answers import plain_line
from pipelines.rewrite.writers.chat import Server, answer
from pipelines.rewrite.writers.messages import fenced_object
from pipelines.rewrite.writers.request import Request, WriterError, WriterUnavailableError
from pipelines.rewrite.writers.writer_settings import WriterSettings
from pipelines.translation.homecoming import failing

MACHINE = "machine"
#: How often a line is asked for.
TRIES = 2

Translator = Callable[[str, Language, dict[str, str], tuple[str, ...]], str]
"""From a text, its language, how its numbers, links, names and terms are written in the other,
and what was wrong with the last answer, a translation; or raises ``WriterError``."""


@dataclass(frozen=True, slots=True)
class LeftEmpty:
    """A line for which a machine offered nothing that may be shown."""

    segment: str
    reasons: tuple[str, ...]
    """In English, as checks give them; or why the machine couldn't be heard."""


def translator(settings: WriterSettings) -> Translator | None:
    """The machine of the settings; None where it is off."""
    kind, _, place = settings.translator.partition(":")
    if kind == "local":
        return local(place, settings.writer_max_tokens)
    if kind == "chat":
        server = Server(
            place,
            settings.translator_model or settings.writer_model,
            settings.writer_api_key.get_secret_value(),
            settings.writer_timeout,
            settings.writer_max_tokens,
        )
        return chat(server)
    return None


def local(name: str, most: int) -> Translator:
    """A model on this machine, asked sentence by sentence, as such models were trained.

    ``{source}`` and ``{target}`` in its name stand for the languages.
    """

    def translate(
        text: str, language: Language, keep: dict[str, str], problems: tuple[str, ...]
    ) -> str:
        from models.generation import TooLongError, generate, load

        if problems:
            raise WriterError(f"machine: {problems[0]}")  # it would say the same again
        place = name.replace("{source}", language).replace("{target}", other(language))
        try:
            generator = load(place)
            made = [
                generate(generator, [{"role": "user", "content": sentence.text.strip()}], most)
                for sentence in parse(text, language).sents
            ]
        except ModelMissingError as error:
            raise WriterUnavailableError(f"machine: {error}") from error
        except TooLongError as error:
            raise WriterError(f"machine: {error}") from error
        except Exception as error:  # a model, its tokenizer or its memory fails in its own way
            why = (str(error).strip().splitlines() or [type(error).__name__])[0]
            raise WriterUnavailableError(f"machine: model {place!r} failed ({why})") from error
        if not all(one.finished for one in made):
            raise WriterError(f"machine: no end within {most} word pieces")
        return " ".join(one.text.strip() for one in made)

    return translate


def chat(server: Server) -> Translator:
    """A server that speaks the OpenAI chat interface."""

    def translate(
        text: str, language: Language, keep: dict[str, str], problems: tuple[str, ...]
    ) -> str:
        data: dict[str, object] = {"text": text, "keep": keep}
        if problems:
            data["problems"] = problems
        asked = [
            {"role": "system", "content": entries("writers", language)["translate"]},
            {"role": "user", "content": fenced_object(data)},
        ]
        return plain_line(answer(server, asked), Request(text, (), other(language), "staff"))

    return translate


def offered(brief: Brief, machine: Translator) -> tuple[Brief, tuple[LeftEmpty, ...]]:
    """The brief with the machine's words on offer, and why lines stay empty.

    Lines that have a translation, or an offer of the memory's, are left as they are. A machine
    that can't be reached is asked once.
    """
    left: list[LeftEmpty] = []
    segments = []
    dead = ""
    for segment in brief.segments:
        if not untranslated(segment) or segment.target.text or segment.origin == "template":
            segments.append(segment)
            continue
        try:
            text, reasons = ("", (dead,)) if dead else _asked(segment, machine)
        except WriterUnavailableError as error:
            text, reasons, dead = "", (str(error),), str(error)
        if reasons:
            left.append(LeftEmpty(segment.id, reasons))
        target = Target(segment.target.language, text or None, "initial", MACHINE if text else None)
        segments.append(replace(segment, target=target))
    return replace(brief, segments=tuple(segments)), tuple(left)


def _asked(segment: Segment, machine: Translator) -> tuple[str, tuple[str, ...]]:
    """A line's translation; or none, and why.

    Raises ``WriterUnavailableError``.
    """
    keep = {
        segment.text[one.start : one.end]: one.target
        for one in find_stretches(segment.text, segment.language)
        if one.target
    }
    problems: tuple[str, ...] = ()
    for _ in range(TRIES):
        try:
            made = machine(segment.text, segment.language, keep, problems)
        except WriterUnavailableError:
            raise
        except WriterError as error:
            return "", problems or (str(error),)
        text = _localized(as_typed(made), keep)
        problems = tuple(dict.fromkeys(_wrong(segment, text)))
        if not problems:
            return text, ()
    return "", problems


def _localized(text: str, keep: dict[str, str]) -> str:
    """The text with numbers as its language writes them, where they were copied as they stood."""
    for written, wanted in sorted(keep.items(), key=lambda item: -len(item[0])):
        if written != wanted and written[-1:] in "0123456789%$€£" and wanted not in text:
            text = re.sub(rf"(?<![\w.,]){re.escape(written)}(?!\w|[.,]\d)", wanted, text)
    return text


def _wrong(segment: Segment, text: str) -> Iterator[str]:
    """What is wrong with a machine's words; nothing where they may be shown."""
    if not text or " ".join(text.split()) == " ".join(segment.text.split()):
        yield reason("home_same")
        return
    target = Target(segment.target.language, text, "translated", MACHINE)
    yield from failing(replace(segment, target=target))
    low = " ".join(words_of(text))
    for one in find_stretches(segment.text, segment.language):
        if one.kind == "term" and not _uses(one.target, low):
            yield reason("machine_term", term=one.target)


def _uses(term: str, words: str) -> bool:
    """Whether each word of a term is there, in this form or with another ending."""
    return all(word[: max(4, len(word) - 2)] in words for word in words_of(term) if len(word) > 3)


def in_both(left: LeftEmpty) -> str:
    """Why a line stays empty, in both languages."""
    said = (dict.fromkeys(told(why, code) for code in ("en", "fr")) for why in left.reasons)
    return "; ".join(" · ".join(one) for one in said)

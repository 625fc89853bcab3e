"""Optional writers: a model may word a passage better, and is held to the same verification.

Off unless ``PASSERELLE_WRITER`` says otherwise. ``writer(settings())`` gives the step's name and
the writer; ``write`` asks it at most twice for one passage and keeps an answer only where nothing
is wrong with it. Everything else leaves the passage as the rewriting steps made it: a writer can
make a brief plainer, and can't make it say more or stop it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus.document import Language
from pipelines.brief import Audience
from pipelines.rewrite.writers.request import Request, Writer, WriterError, WriterUnavailableError
from pipelines.rewrite.writers.writer_settings import WriterSettings

__all__ = [
    "Request",
    "Reworder",
    "Writer",
    "WriterError",
    "WriterUnavailableError",
    "Written",
    "asked_while_it_answers",
    "reworder",
    "write",
    "writer",
]

#: How often a passage is asked for.
TRIES = 2

Accept = Callable[[str], Sequence[str]]
"""What is wrong with a text: reasons, none where it may be kept."""
Reworder = Callable[[str, tuple[str, ...], Language, Accept], tuple[str, tuple[str, ...]]]
"""From a passage, its evidence, its language and a check, its words and the steps added to it."""


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one passage."""

    text: str
    """The writer's words where they were kept, else the passage as it was."""
    kept: bool
    error: str = ""
    """Why the writer couldn't be heard, one line; empty where its answers were only refused."""


def writer(settings: WriterSettings) -> tuple[str, Writer] | None:
    """The name that a brief shows for the step, and the writer; None where it is off.

    Make one for each run: one that can't be reached is asked once and not again.
    """
    kind, _, place = settings.writer.partition(":")
    if kind == "local":
        from pipelines.rewrite.writers.local import local_writer

        return "local_writer", asked_while_it_answers(
            local_writer(place, settings.writer_max_tokens)
        )
    if kind == "chat":
        from pipelines.rewrite.writers.chat import Server, chat_writer

        server = Server(
            place,
            settings.writer_model,
            settings.writer_api_key.get_secret_value(),
            settings.writer_timeout,
            settings.writer_max_tokens,
        )
        return "chat_writer", asked_while_it_answers(chat_writer(server))
    return None


def reworder(
    settings: WriterSettings, audience: Audience, report: Callable[[str], None]
) -> Reworder | None:
    """``write`` with the settings' writer, for one run; None where it is off.

    ``report`` is given each reason for which the writer couldn't be heard, once.
    """
    chosen = writer(settings)
    if chosen is None:
        return None
    step, ask = chosen
    told: set[str] = set()

    def reword(
        text: str, evidence: tuple[str, ...], language: Language, accept: Accept
    ) -> tuple[str, tuple[str, ...]]:
        written = write(Request(text, evidence, language, audience), ask, accept)
        if written.error and written.error not in told:
            told.add(written.error)
            report(written.error)
        return written.text, (step,) if written.kept else ()

    return reword


def asked_while_it_answers(writer: Writer) -> Writer:
    """The same writer, no longer asked once it can't be reached: a dead server costs one wait."""
    dead: list[str] = []

    def asked(request: Request) -> str:
        if dead:
            raise WriterUnavailableError(dead[0])
        try:
            return writer(request)
        except WriterUnavailableError as error:
            dead.append(str(error))
            raise

    return asked


def write(request: Request, writer: Writer, accept: Accept) -> Written:
    """The passage in the writer's words where they pass, else as it was.

    ``accept`` says what is wrong with a text; the second request holds its reasons. What the
    passage says and a text leaves out (``omissions``) counts as wrong whatever ``accept`` says.
    """
    from pipelines.rewrite.writers.omissions import omissions

    error = ""
    for _ in range(TRIES):
        try:
            text = writer(request)
        except WriterUnavailableError as unavailable:
            return Written(request.text, False, str(unavailable))
        except WriterError as failed:
            error = str(failed)
            request = replace(request, problems=(error,))
            continue
        if text == request.text:
            return Written(request.text, False)
        wrong = (*accept(text), *omissions(request.text, text, request.language))
        if not wrong:
            return Written(text, True)
        request = replace(request, problems=wrong)
    return Written(request.text, False, error)

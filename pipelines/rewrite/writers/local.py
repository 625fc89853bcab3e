"""``local_writer(name, most)``: a transformers model on this machine as a writer.

In: a model's folder or name, and how many word pieces it may answer. Out: a ``Writer``. The
model is loaded at the first request; nothing leaves the machine. Loading and decoding are
``models.generation``'s.
"""

from __future__ import annotations

from corpus.errors import ModelMissingError
from pipelines.rewrite.writers.answers import plain_line
from pipelines.rewrite.writers.messages import messages
from pipelines.rewrite.writers.request import Request, Writer, WriterError, WriterUnavailableError


def local_writer(name: str, most: int) -> Writer:
    """A writer that asks the model; its answers have at most ``most`` word pieces.

    The writer raises ``WriterUnavailableError`` where the model can't be loaded or run,
    ``WriterError`` where it can't read so much or didn't end its answer.
    """

    def local_writer(request: Request) -> str:
        from models.generation import TooLongError, generate, load

        asked = messages(request)
        try:
            answer = generate(load(name), asked, most)
        except ModelMissingError as error:
            raise WriterUnavailableError(f"writer: {error}") from error
        except TooLongError as error:
            raise WriterError(f"writer: {error}; PASSERELLE_WRITER={name}") from error
        except Exception as error:  # a model, its template or its memory fails in its own way
            reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
            raise WriterUnavailableError(f"writer: model {name!r} failed ({reason})") from error
        if not answer.finished:
            raise WriterError(f"writer: no end within {most} word pieces")
        return plain_line(answer.text, request)

    return local_writer

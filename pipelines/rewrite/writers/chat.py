"""``chat_writer(server)``: a server that speaks the OpenAI chat interface as a writer.

In: the server's address, model, key and limits, all from the settings. Out: a ``Writer`` that
posts to ``ADDRESS/chat/completions``. No redirect is followed and no proxy is read from the
environment, so that a document's words and the key go to that address alone. A message of an
error holds neither the key nor anything that the server wrote.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipelines.rewrite.writers.answers import plain_line
from pipelines.rewrite.writers.messages import messages
from pipelines.rewrite.writers.request import Request, Writer, WriterError, WriterUnavailableError

if TYPE_CHECKING:
    import httpx

#: Bytes of an answer: a few paragraphs and what servers put around them.
MAX_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Server:
    """Where a chat server is, and how it is asked."""

    address: str
    """Its base, as ``http://127.0.0.1:8080/v1``."""
    model: str
    key: str = field(default="", repr=False)
    """The bearer token; empty sends none."""
    seconds: float = 60.0
    """Within which a whole answer must be there."""
    most: int = 200
    """Word pieces of an answer."""


def chat_writer(server: Server) -> Writer:
    """A writer that asks the server, at temperature 0 and with a fixed seed.

    The writer raises ``WriterUnavailableError`` where the server can't be reached or refuses,
    ``WriterError`` where its answer can't be used.
    """

    def chat_writer(request: Request) -> str:
        return plain_line(answer(server, messages(request)), request)

    return chat_writer


def answer(server: Server, asked: Sequence[dict[str, str]]) -> str:
    """What the server answers to messages.

    Raises ``WriterUnavailableError`` and ``WriterError`` as a writer does.
    """
    body = {
        "model": server.model,
        "messages": list(asked),
        "temperature": 0,
        "seed": 0,
        "max_tokens": server.most,
        "stream": False,
    }
    return _content(_post(server, body))


def _post(server: Server, body: dict[str, Any]) -> bytes:
    """The bytes of the server's answer."""
    import httpx

    url = f"{server.address.rstrip('/')}/chat/completions"
    headers = {"Authorization": f"Bearer {server.key}"} if server.key else {}
    try:
        with (
            httpx.Client(
                timeout=server.seconds, verify=httpx.create_ssl_context(), trust_env=False
            ) as client,
            client.stream("POST", url, json=body, headers=headers) as response,
        ):
            if response.status_code != 200:
                raise _refusal(server, response.status_code)
            return _read(server, response)
    except httpx.TimeoutException as error:
        raise _late(server) from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        # The reason may hold what was sent, as a key that no header can carry: only its kind.
        raise WriterUnavailableError(
            f"writer: {server.address} can't be reached ({type(error).__name__}); "
            "check PASSERELLE_WRITER and that the server runs"
        ) from error


def _read(server: Server, response: httpx.Response) -> bytes:
    """The body, no larger than ``MAX_BYTES`` and no later than the server's limit."""
    content = bytearray()
    until = time.monotonic() + server.seconds
    for piece in response.iter_bytes():
        content += piece
        if len(content) > MAX_BYTES:
            raise WriterError(f"writer: {server.address} answered more than {MAX_BYTES >> 20} MB")
        if time.monotonic() > until:
            raise _late(server)
    return bytes(content)


def _late(server: Server) -> WriterUnavailableError:
    return WriterUnavailableError(
        f"writer: {server.address} gave no answer in {server.seconds:g} seconds; "
        "raise PASSERELLE_WRITER_TIMEOUT"
    )


def _refusal(server: Server, status: int) -> WriterUnavailableError:
    remedy = {
        401: "check PASSERELLE_WRITER_API_KEY",
        403: "check PASSERELLE_WRITER_API_KEY",
        404: "check the path in PASSERELLE_WRITER and PASSERELLE_WRITER_MODEL",
    }.get(status, "see the server's log")
    return WriterUnavailableError(f"writer: {server.address} answered {status}; {remedy}")


def _content(body: bytes) -> str:
    """The text of the first choice."""
    try:
        choice = json.loads(body)["choices"][0]
        text = choice["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise WriterError("writer: the server's answer isn't in the chat interface") from error
    if not isinstance(text, str):
        raise WriterError("writer: the server's answer has no text")
    if choice.get("finish_reason") == "length":
        raise WriterError("writer: no end within PASSERELLE_WRITER_MAX_TOKENS word pieces")
    return text

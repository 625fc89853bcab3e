"""A request as messages to a model: instructions are ours, the document's words are only data.

The document's words stand in one JSON object, whose strings no character of theirs can close.
What chat models read as control tokens (``<|im_end|>``, ``</s>``, ``[INST]``) is written in
JSON's own escapes, so that it reaches the model as text; ``p < 0.05`` stays as it is. Reading
the object gives back every character. A model may still obey what it reads: that is why its
answers are verified.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from pipelines.language.lexicon import entries
from pipelines.rewrite.writers.request import Request, WriterError

#: Most code points of the user's message: some 6,000 word pieces.
MAX_CHARACTERS = 24_000
#: What may open a control token, and what no number or comparison begins with.
_CONTROL = re.compile(r"<(?![\s\d=.−-])|\[(?=/?[A-Z])")


def messages(request: Request) -> list[dict[str, str]]:
    """The system's and the user's message.

    Raises ``WriterError`` where the passage and its evidence are longer than ``MAX_CHARACTERS``.
    """
    words = entries("writers", request.language)
    system = words["system"].format(reader=words["readers"][request.audience])
    user = fenced(request)
    if len(user) > MAX_CHARACTERS:
        raise WriterError(f"writer: a passage of more than {MAX_CHARACTERS} characters isn't sent")
    return [{"role": "system", "content": system}, {"role": "user", "content": user}]


def fenced(request: Request) -> str:
    """The request's data as one line of JSON that holds no control token."""
    data: dict[str, object] = {"evidence": request.evidence, "text": request.text}
    if request.problems:
        data["problems"] = request.problems
    return fenced_object(data)


def fenced_object(data: Mapping[str, object]) -> str:
    """Data as one line of JSON that holds no control token."""
    plain = json.dumps(data, ensure_ascii=False)
    # Only strings hold what the pattern finds: no other part of the object has such characters.
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", plain)

"""Text from a transformers model: ``load(name)`` once, ``generate(model, messages, limit)``.

Both families are read, as the model's configuration says: sequence-to-sequence (T5, BART) and
causal (Llama, GPT), the latter through its chat template where it has one. Only safetensors are
loaded and no code that comes with a model is run. Decoding is greedy, so that the same machine
gives the same text each time. What is asked, and what an answer is worth, is left to the caller.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from corpus.errors import ModelMissingError

#: Fields of a model's own generation settings that greedy decoding can't do without.
_IDS = (
    "bad_words_ids",  # by which MarianMT is kept from padding
    "bos_token_id",
    "decoder_start_token_id",
    "eos_token_id",
    "forced_bos_token_id",
    "forced_eos_token_id",
    "pad_token_id",
)
#: Files of a tokenizer that say nothing by themselves say "unlimited" by a number beyond this.
_UNLIMITED = 1_000_000


@dataclass(frozen=True, slots=True)
class Generator:
    """A tokenizer and its model, ready to be asked."""

    tokenizer: Any
    model: Any
    sequence_to_sequence: bool
    longest: int
    """Most word pieces that the model reads, its answer included where it is causal."""


@dataclass(frozen=True, slots=True)
class Generated:
    """What a model wrote."""

    text: str
    finished: bool
    """Whether the model ended it, and not the limit."""


class TooLongError(ValueError):
    """The messages are longer than what the model reads."""


def found(name: str) -> str:
    """What a name stands for on this machine, without loading weights or using the network.

    Raises ``ModelMissingError``.
    """
    from transformers import AutoConfig

    folder = _folder(name)
    try:
        config = AutoConfig.from_pretrained(
            folder or name, local_files_only=True, trust_remote_code=False
        )
    except (OSError, ValueError, KeyError) as error:
        raise _missing(name) from error
    if folder and not any(Path(folder).glob("*.safetensors")):
        raise _missing(name)
    return f"{config.model_type} model {name}"


@cache
def load(name: str) -> Generator:
    """The model in a folder, or of that name; loaded once a process.

    A name that isn't a folder is looked up where transformers keeps what it has downloaded, and
    on its hub unless ``HF_HUB_OFFLINE`` is set. Raises ``ModelMissingError``.
    """
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    import torch
    from transformers import (
        AutoConfig,
        AutoModelForCausalLM,
        AutoModelForSeq2SeqLM,
        AutoTokenizer,
        logging,
    )

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    place = _folder(name)
    options: dict[str, Any] = {
        "local_files_only": bool(place) or _offline(),
        "trust_remote_code": False,
    }
    try:
        config = AutoConfig.from_pretrained(place or name, **options)
        pairs = bool(getattr(config, "is_encoder_decoder", False))
        family = AutoModelForSeq2SeqLM if pairs else AutoModelForCausalLM
        tokenizer = AutoTokenizer.from_pretrained(place or name, **options)
        model = family.from_pretrained(place or name, use_safetensors=True, **options)
    except Exception as error:  # each kind of damage fails in a way of its own
        raise _missing(name) from error
    model.generation_config = _greedy(model.generation_config)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    return Generator(tokenizer, model.eval().to(device), pairs, _longest(tokenizer, config))


def generate(generator: Generator, messages: Sequence[dict[str, str]], limit: int) -> Generated:
    """The model's answer of at most ``limit`` word pieces.

    Raises ``TooLongError`` where the model can't read so much.
    """
    import torch

    inputs = _inputs(generator, messages)
    read = int(inputs["input_ids"].shape[1])
    if read + (0 if generator.sequence_to_sequence else limit) > generator.longest:
        raise TooLongError(f"{read} word pieces are more than the model reads")
    with torch.inference_mode(), torch.random.fork_rng():
        torch.manual_seed(0)
        output = generator.model.generate(
            **inputs.to(generator.model.device), max_new_tokens=limit
        )[0].tolist()
    written = output[1:] if generator.sequence_to_sequence else output[read:]
    text = str(generator.tokenizer.decode(written, skip_special_tokens=True))
    return Generated(text, bool(written) and written[-1] in _ends(generator))


def _inputs(generator: Generator, messages: Sequence[dict[str, str]]) -> Any:
    """The messages as the model was trained to read them, or one after the other."""
    tokenizer = generator.tokenizer
    if generator.sequence_to_sequence or not tokenizer.chat_template:
        ending = "" if generator.sequence_to_sequence else "\n\n"
        text = "\n\n".join(message["content"] for message in messages) + ending
        inputs = tokenizer(text, return_tensors="pt")
    else:
        inputs = _templated(tokenizer, messages)
    inputs.pop("token_type_ids", None)
    return inputs


def _templated(tokenizer: Any, messages: Sequence[dict[str, str]]) -> Any:
    """Through the chat template; one message where the template knows no role of a system."""
    from jinja2 import TemplateError

    options = {"add_generation_prompt": True, "return_tensors": "pt", "return_dict": True}
    try:
        return tokenizer.apply_chat_template(list(messages), **options)
    except TemplateError:
        content = "\n\n".join(message["content"] for message in messages)
        return tokenizer.apply_chat_template([{"role": "user", "content": content}], **options)


def _greedy(own: Any) -> Any:
    """Generation settings that keep of a model's own only which word pieces begin and end."""
    from transformers import GenerationConfig

    kept = {name: getattr(own, name, None) for name in _IDS}
    kept["pad_token_id"] = kept["pad_token_id"] if kept["pad_token_id"] is not None else _first(own)
    return GenerationConfig(do_sample=False, num_beams=1, **kept)  # type: ignore[no-untyped-call]


def _first(own: Any) -> int | None:
    ends = own.eos_token_id
    first: int | None = ends[0] if isinstance(ends, list) else ends
    return first


def _ends(generator: Generator) -> set[int]:
    ends = generator.model.generation_config.eos_token_id
    return set(ends if isinstance(ends, list) else [ends])


def _longest(tokenizer: Any, config: Any) -> int:
    """The smaller of what the tokenizer and the model's positions allow."""
    positions = getattr(config, "max_position_embeddings", None)
    limits = [int(limit) for limit in (positions, tokenizer.model_max_length) if limit]
    return min([limit for limit in limits if limit < _UNLIMITED] or [_UNLIMITED])


def _folder(name: str) -> str | None:
    """The folder that a name is, or must be; None for a model's name.

    Raises ``ModelMissingError`` where the name is written as a path and no folder is there.
    """
    path = Path(name).expanduser()
    if path.is_dir():
        return str(path)
    if path.is_absolute() or name.startswith((".", "~")):
        raise _missing(name)
    return None


def _offline() -> bool:
    return os.environ.get("HF_HUB_OFFLINE", "").lower() in ("1", "on", "true", "yes")


def _missing(name: str) -> ModelMissingError:
    return ModelMissingError(
        f"model {name!r} can't be loaded; it needs a folder with config.json, a tokenizer and "
        "weights as .safetensors"
    )

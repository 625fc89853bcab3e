"""The forward pass without transformers: pieces and states are transformers' own, to the bit."""

import subprocess
import sys
from pathlib import Path

import pytest
import torch

from corpus.errors import ModelMissingError
from models import bert, encoder, roles_encoder

SENTENCES = [
    "Streets with more trees were cooler in the afternoon than streets without them.",
    "Cool.",
    "",
    "We compared forty streets over two summers, " * 30,
    "Naïve café, ﬁ, 漢字, [SEP] and [MASK]; 1,234.5 % (p < 0.001) 👩‍🔬\u200b",
    *("tree " * count for count in range(1, 140, 9)),
]


def test_the_word_pieces_are_those_of_transformers() -> None:
    from transformers import AutoTokenizer

    folder = encoder.bundled_weights()
    tokenizer = AutoTokenizer.from_pretrained(str(folder), local_files_only=True)
    pieces = bert.word_pieces(folder)
    assert (pieces.start, pieces.separator) == (tokenizer.cls_token_id, tokenizer.sep_token_id)
    framed = tokenizer(SENTENCES, truncation=True, max_length=128)["input_ids"]
    assert pieces.framed(SENTENCES, 128) == framed
    bare = tokenizer(SENTENCES, add_special_tokens=False, truncation=True, max_length=96)
    assert pieces(SENTENCES, 96) == bare["input_ids"]


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_the_states_are_those_of_transformers(dtype: torch.dtype) -> None:
    folder = encoder.bundled_weights()
    peer, model = roles_encoder.base().to(dtype), bert.load(folder).to("cpu", dtype)
    pieces = bert.word_pieces(folder).framed(SENTENCES, 128)
    for batch in encoder._batches([len(own) for own in pieces], 512):
        tokens, mask = bert.padded([pieces[index] for index in batch])
        with torch.inference_mode():
            expected = peer(input_ids=tokens, attention_mask=mask).last_hidden_state
            assert torch.equal(model(tokens, mask), expected)


def test_the_states_under_autocast_are_those_of_transformers() -> None:
    folder = encoder.bundled_weights()
    peer, model = roles_encoder.base(), bert.load(folder).autocast(torch.bfloat16)
    tokens, mask = bert.padded(bert.word_pieces(folder).framed(SENTENCES, 128))
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        expected = peer(input_ids=tokens, attention_mask=mask).last_hidden_state
        assert torch.equal(model(tokens, mask), expected)


def test_a_folder_of_another_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / bert.CONFIGURATION).write_text('{"model_type": "roberta"}', encoding="utf-8")
    with pytest.raises(ModelMissingError, match="another kind"):
        bert.load(tmp_path)
    with pytest.raises(ModelMissingError, match="tokenizer"):
        bert.word_pieces(tmp_path)


def test_the_packaged_encoder_is_loaded_without_transformers() -> None:
    code = (
        "import sys; from models import abstract_roles as roles;"
        "roles.predict(['Cool.'], 'en'); print(*sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"transformers", "sklearn", "skops", "scipy"} & set(run.stdout.split())

"""What a machine makes is on offer, marked and checked; what doesn't pass stays empty, with why."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from fixtures.briefs import paper_brief, told
from lxml import etree

from corpus.document import Language
from pipelines.brief import Brief
from pipelines.render.layout import untranslated
from pipelines.render.xliff import render
from pipelines.rewrite.writers.chat import Server
from pipelines.rewrite.writers.request import WriterUnavailableError
from pipelines.translation.machine import chat, in_both, local, offered

NIGHT = "The study did not measure heat in Ottawa in 12.5% of towns."
NUIT = "L’étude n’a pas mesuré la chaleur à Ottawa dans 12.5% des villes."
FINAL = NUIT.replace("12.5%", "12,5\u00a0%")


def a_brief(*texts: str) -> Brief:
    lines = [told(f"s{n}", "findings", text, text) for n, text in enumerate(texts, start=1)]
    return replace(paper_brief(), segments=tuple(lines))


def saying(*answers: str) -> Callable[..., str]:
    """A machine that says these in turn, again and again."""
    said = iter(answers * 9)

    def machine(text: str, language: Language, keep: dict[str, str], problems: Any) -> str:
        return next(said)

    return machine


def test_what_passes_is_on_offer_and_marked_and_the_line_is_still_to_translate() -> None:
    brief, left = offered(a_brief(NIGHT), saying(NUIT))
    [segment] = brief.segments
    assert left == ()
    assert (segment.target.text, segment.target.state) == (FINAL, "initial")
    assert segment.target.origin == "machine"
    assert untranslated(segment)
    root = etree.fromstring(render(brief).encode())
    [match] = root.iter("{urn:oasis:names:tc:xliff:matches:2.0}match")
    assert (match.get("type"), match.get("origin")) == ("mt", "machine")
    assert len([one for one in root.iter("{*}target")]) == 1  # the match's; the unit has none


@pytest.mark.parametrize(
    "wrong",
    [
        FINAL.replace("12,5", "15,2"),
        FINAL.replace("n’a pas mesuré", "a mesuré"),
        "Rien.",
        NIGHT,
        "",
    ],
)
def test_a_machine_that_mistranslates_leaves_the_line_empty_with_the_reason(wrong: str) -> None:
    brief, [left] = offered(a_brief(NIGHT), saying(wrong))
    assert brief.segments[0].target.text is None
    assert left.segment == "s1"
    assert " · " in in_both(left)


def test_what_people_or_the_memory_said_is_left_alone() -> None:
    brief = paper_brief()
    [line] = [one for one in brief.segments if one.id == "s8"]
    there = replace(line.target, text="De la mémoire.", origin="memory:80")
    brief = replace(brief, segments=(replace(line, target=there), brief.segments[5]))
    assert offered(brief, saying("jamais"))[0] == brief


def test_a_machine_that_can_t_be_reached_is_asked_once() -> None:
    asked: list[str] = []

    def dead(text: str, language: Language, keep: dict[str, str], problems: Any) -> str:
        asked.append(text)
        raise WriterUnavailableError("machine: nobody there")

    _, left = offered(a_brief(NIGHT, NIGHT.replace("12.5", "3")), dead)
    assert len(asked) == 1
    assert [one.reasons for one in left] == [("machine: nobody there",)] * 2


# -- a server ------------------------------------------------------------------------------------


@contextmanager
def serving(reply: Callable[[dict[str, Any]], str]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A chat server on this machine; its address, and what it was asked."""
    asked: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append(body)
            said = {"choices": [{"message": {"content": reply(body)}, "finish_reason": "stop"}]}
            content = json.dumps(said).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_server_is_told_what_to_keep_and_what_was_wrong_and_a_liar_is_refused() -> None:
    with serving(lambda body: FINAL.replace("n’a pas", "a bien")) as (address, asked):
        _, [left] = offered(a_brief(NIGHT), chat(Server(address, "liar")))
    first, second = (json.loads(body["messages"][1]["content"]) for body in asked)
    assert first["keep"]["12.5%"] == "12,5\u00a0%"
    assert "problems" not in first
    assert second["problems"] == list(left.reasons)
    assert "never an instruction" in asked[0]["messages"][0]["content"]


def test_a_server_that_does_better_the_second_time_is_heard() -> None:
    answers = iter(("Rien.", FINAL))
    with serving(lambda body: next(answers)) as (address, _):
        brief, left = offered(a_brief(NIGHT), chat(Server(address, "learner")))
    assert (brief.segments[0].target.text, left) == (FINAL, ())


# -- a model on this machine ---------------------------------------------------------------------


def save_tiny_model(folder: Path, sentence: str) -> None:
    """A sequence-to-sequence model of one layer that says one sentence, whatever it reads."""
    import torch
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import WhitespaceSplit
    from transformers import PreTrainedTokenizerFast, T5Config, T5ForConditionalGeneration

    words, size = ["[PAD]", "</s>", "[UNK]", *sentence.split()], 32
    level = Tokenizer(WordLevel({word: n for n, word in enumerate(words)}, words[2]))
    level.pre_tokenizer = WhitespaceSplit()
    made: Any = PreTrainedTokenizerFast
    special = {"pad_token": "[PAD]", "eos_token": "</s>", "unk_token": "[UNK]"}
    made(tokenizer_object=level, **special).save_pretrained(folder)
    chain = torch.zeros(size, size)
    for before, after in pairwise([0, *range(3, len(words)), 1]):
        chain[after, before] = 1.0
    ends: dict[str, Any] = {"decoder_start_token_id": 0, "pad_token_id": 0, "eos_token_id": 1}
    config = T5Config(
        vocab_size=size, d_model=size, d_ff=size, d_kv=8, num_layers=1, num_heads=2, **ends
    )
    model = T5ForConditionalGeneration(config)
    wanted = {".o.weight": torch.zeros(size, 16), "shared.weight": torch.eye(size)}
    dense = {".wi.weight": torch.eye(size), ".wo.weight": chain}
    with torch.no_grad():
        for part, weights in ((model, wanted), (model.decoder, dense)):
            for name, parameter in part.named_parameters():
                for ending, value in weights.items():
                    if name.endswith(ending):
                        parameter.copy_(value)
    model.save_pretrained(folder)


def test_a_model_in_a_folder_named_by_its_languages_translates(tmp_path: Path) -> None:
    folder = tmp_path / "tiny-en-fr"
    folder.mkdir()
    save_tiny_model(folder, NUIT)
    brief, left = offered(a_brief(NIGHT), local(str(tmp_path / "tiny-{source}-{target}"), 40))
    assert left == ()
    assert brief.segments[0].target.text == FINAL
    _, [missing] = offered(a_brief(NIGHT), local(str(tmp_path / "none-{source}"), 40))
    assert "none-en" in missing.reasons[0]

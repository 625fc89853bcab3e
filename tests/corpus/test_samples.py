"""The bundled samples are what their README promises."""

from __future__ import annotations

import json
import re
from itertools import groupby
from pathlib import Path
from runpy import run_path
from typing import Any

import pypdfium2
import pytest
import webvtt
from lxml import etree

from corpus.readers import read
from pipelines.reading.privacy import private_spans
from pipelines.reading.speakers import speaker_roles

PAPERS = ("street-trees.xml", "ilots-de-chaleur.xml")
EXCHANGES = ("heat-exchange.vtt", "echange-eaux-pluviales.vtt")
LEAST_WORDS = 1500
LEAST_TURNS = 60


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_][\w-]{2,}", text))


def parse(path: Path) -> Any:
    return etree.parse(str(path)).getroot()


def voices(path: Path) -> list[str | None]:
    """Who speaks in each cue; a cue without a voice goes on with the one before."""
    found: list[str | None] = []
    for cue in webvtt.read(str(path)).captions:
        found.append(cue.voice or (found[-1] if found else None))
    return found


def test_the_pdf_is_reproduced_byte_for_byte(samples: Path, tmp_path: Path) -> None:
    pytest.importorskip("reportlab", reason="the PDF is set with reportlab, of the dev extra")
    target = tmp_path / "street-trees.pdf"
    run_path(str(samples / "make_samples.py"))["make_pdf"](target=target)
    assert target.read_bytes() == (samples / "street-trees.pdf").read_bytes()


def test_the_pdf_is_small_and_embeds_no_font(samples: Path) -> None:
    content = (samples / "street-trees.pdf").read_bytes()
    assert len(content) < 200_000
    assert b"/FontFile" not in content


def pdf_text(path: Path) -> str:
    """The text of all pages; PDFium marks a hyphen at the end of a line with U+0002."""
    pages = pypdfium2.PdfDocument(path)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in pages)
    return re.sub("\x02(?:\r?\n)?", "\x02", text)


def test_the_pdf_holds_every_word_of_the_article(samples: Path) -> None:
    text = pdf_text(samples / "street-trees.pdf")
    found = words(text.replace("\x02", "")) | words(text.replace("\x02", "-"))
    article = parse(samples / "street-trees.xml")
    for part in ("front/article-meta/abstract", "body", "back/ref-list"):
        assert not words(" ".join(article.find(part).itertext())) - found


def test_the_pdf_breaks_only_words_of_the_article(samples: Path) -> None:
    broken = re.findall(r"([\w-]+)\x02([\w-]+)", pdf_text(samples / "street-trees.pdf"))
    known = words(" ".join(parse(samples / "street-trees.xml").itertext()))
    assert len(broken) > 20
    assert [pair for pair in broken if not {"".join(pair), "-".join(pair)} & known] == []


@pytest.mark.parametrize("name", PAPERS)
def test_a_sample_paper_is_as_long_as_a_paper(samples: Path, name: str) -> None:
    body = parse(samples / name).find("body")
    assert len(" ".join(body.itertext()).split()) >= LEAST_WORDS


@pytest.mark.parametrize("name", PAPERS)
def test_every_pointer_of_a_sample_paper_leads_somewhere(samples: Path, name: str) -> None:
    article = parse(samples / name)
    targets = set(article.xpath("//@id"))
    pointers = {rid for value in article.xpath("//xref/@rid") for rid in value.split()}
    assert pointers
    assert pointers <= targets
    assert set(article.xpath("//ref/@id")) <= pointers


@pytest.mark.parametrize("name", EXCHANGES)
def test_a_sample_exchange_has_many_turns(samples: Path, name: str) -> None:
    turns = [voice for voice, _ in groupby(voices(samples / name))]
    assert len(turns) >= LEAST_TURNS
    assert len(set(turns)) >= 5


@pytest.mark.parametrize("name", EXCHANGES)
def test_the_cues_of_a_sample_exchange_follow_one_another(samples: Path, name: str) -> None:
    cues = webvtt.read(str(samples / name)).captions
    assert all(cue.start_in_seconds <= cue.end_in_seconds for cue in cues)
    starts = [cue.start for cue in cues]
    assert starts == sorted(starts)


@pytest.mark.parametrize("name", [*PAPERS, *EXCHANGES, "street-trees.pdf"])
def test_every_sample_is_listed_with_its_licence(samples: Path, name: str) -> None:
    readme = (samples / "README.md").read_text(encoding="utf-8")
    assert "CC0" in readme
    assert f"`{name}`" in readme


LABELS = [
    json.loads(line)
    for line in Path("corpus/samples/exchanges.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label["file"])
def test_a_labelled_exchange_holds_what_its_labels_say(samples: Path, label: Any) -> None:
    document = read(samples / label["file"])
    turns = [block for block in document.blocks if block.kind == "turn"]
    assert document.kind == "exchange"
    assert {block.speaker for block in turns} == set(label["roles"])
    assert speaker_roles(document) == label["roles"]
    assert all(quote in document.text for quote in label["bottom_line"])
    assert all(point["quote"] in document.text for point in label["points"])
    hidden = {i for one in private_spans(document) for i in range(one.start, one.end)}
    for name in label["people"]:
        for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", document.text):
            assert set(range(*found.span())) <= hidden, name

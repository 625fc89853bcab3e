"""What sentences do is learned from papers that a person labelled, and judged on others."""

import json
import lzma
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fixtures import papers
from fixtures.papers import WHOLE_BENCHES

from models import learned
from models import sentence_functions as functions
from models.artefacts import checked
from models.sentence_functions import FUNCTIONS, VIEWS
from models.training import fit_functions, fit_recurrent, written_papers
from models.training.fit_functions import (
    LABELS,
    Seen,
    admitted,
    by_views,
    fitted,
    labelled,
    paper_of,
    parts,
    records,
    see,
)

TOWNS = ("Estmere", "Rivebelle", "Norfield", "Lakeside", "Millbrook", "Ashton")
NAMES: dict[str, list[str]] = {
    "bottom_line": [papers.MAIN],
    "findings": [papers.MAIN, papers.MORE, papers.FALLS, papers.WINTER, papers.ALONE],
    "key": [papers.MAIN, papers.MORE],
    "limits": [papers.LIMIT, papers.SECOND_LIMIT],
    "recommendations": [papers.ADVICE, papers.EARLY_ADVICE],
    "research_needs": [papers.NEED],
    "applies_to": [papers.SAMPLE],
    "problem": [papers.PROBLEM],
}


def few(folder: Path) -> Path:
    """Two of our own papers, one of each language, with their glosses."""
    folder.mkdir()
    for name in ("a01.txt", "f01.txt", written_papers.GLOSSES):
        shutil.copy(written_papers.WRITTEN / name, folder)
    return folder


def written(folder: Path, count: int = 6) -> Path:
    """A made-up folder of labels: one paper in several towns."""
    own = folder / "slots" / "papers"
    own.mkdir(parents=True)
    (folder / "slots" / "limits").mkdir()
    parts: dict[str, list[str]] = {}
    for block in WHOLE_BENCHES.blocks[1:]:
        text = WHOLE_BENCHES.text[block.start : block.end]
        parts.setdefault(block.section or "", []).append(text)
    body = "".join(f"\n## {head}\n\n" + "\n\n".join(said) + "\n" for head, said in parts.items())
    for town in TOWNS[:count]:
        text = f"# Benches in {town}\n{body.replace('small towns', town)}"
        (own / f"{town}.md").write_text(text, encoding="utf-8")
    rows: list[dict[str, Any]] = [
        {
            "file": f"{town}.md",
            **{k: [v.replace("small towns", town) for v in own] for k, own in NAMES.items()},
        }
        for town in TOWNS[:count]
    ]
    half = count // 2
    for name, some in (("train", rows[:half]), ("dev", rows[half:])):
        lines = "".join(json.dumps(row) + "\n" for row in some)
        (folder / "slots" / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    limits = [
        {"text": "Our sample was small.", "limitation": True},
        {"text": "We could not measure sleep.", "limitation": True},
        {"text": "Sleep was longer in winter.", "limitation": False},
    ]
    with lzma.open(folder / "slots" / "limits" / "train.jsonl.xz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in limits)
    return folder


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("labels"))


@pytest.fixture(scope="module")
def seen(data: Path) -> Seen:
    slots = data / "slots"
    return see(list(labelled(records(slots))), admitted(slots / "limits"))


def test_every_function_has_its_label() -> None:
    assert set(LABELS) == set(FUNCTIONS)
    assert len(set(LABELS.values())) == len(FUNCTIONS)


def test_labels_find_their_sentences_however_they_were_split(seen: Seen) -> None:
    paper = seen.papers[0]
    assert paper.labels.shape == (len(paper.paper.sentences), len(FUNCTIONS))
    for column, function in enumerate(FUNCTIONS):
        told = [
            one.doc.text
            for one, yes in zip(paper.paper.sentences, paper.labels[:, column], strict=True)
            if yes
        ]
        wanted = [text.replace("small towns", "Estmere") for text in NAMES[LABELS[function]]]
        assert set(wanted) <= set(told), function


def test_the_views_of_a_paper_have_a_row_a_sentence(seen: Seen) -> None:
    for view in VIEWS:
        counts = [len(rows) for rows in seen.views[view]]
        assert counts == [len(one.paper.sentences) for one in seen.papers]


@pytest.mark.parametrize("count", [5, 6, 23])
def test_each_paper_is_kept_once_and_never_learned_from_then(count: int) -> None:
    kept_ones: list[int] = []
    for known, kept in parts(count):
        assert set(known) | set(kept) == set(range(count))
        assert not set(known) & set(kept)
        kept_ones += kept
    assert sorted(kept_ones) == list(range(count))
    assert list(parts(count)) == list(parts(count))


def test_what_was_learned_from_some_papers_tells_another(seen: Seen) -> None:
    [scores] = by_views(seen, VIEWS, [0, 1, 2, 3], [5])
    total = np.sum(scores, axis=0)
    labels = seen.papers[5].labels
    for column in range(len(FUNCTIONS)):
        assert labels[total[:, column].argmax(), column], FUNCTIONS[column]


def test_admitted_limits_count_for_limits_alone(seen: Seen) -> None:
    nothing = Seen(seen.papers, seen.views, ([{}] * 2, np.array([True, False])))
    one, other = (fitted(known, "words", [0, 1]) for known in (seen, nothing))
    column = FUNCTIONS.index("limit")
    same = [n for n in range(len(FUNCTIONS)) if n != column]
    assert np.array_equal(one.weights[:, same], other.weights[:, same])
    assert not np.array_equal(one.weights[:, column], other.weights[:, column])


def test_the_recipe_trains_seals_and_prints_its_figures(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fit_functions, "WEIGHTS", tmp_path)
    monkeypatch.setattr(fit_functions, "LIKELY", tmp_path / "likely.npz")
    monkeypatch.setattr(fit_functions, "FOLDS", 2)  # as many fits as the test needs
    monkeypatch.setattr(fit_recurrent, "ROUNDS", 2)
    monkeypatch.setattr(written_papers, "WRITTEN", few(tmp_path / "written"))
    fit_functions.main(data)
    out = checked(tmp_path / functions.NAME)
    assert sorted(file.name for file in out.glob("*.safetensors")) == [
        "blend.safetensors", "forms.safetensors",
        "network.forms.safetensors", "network.judged.safetensors", "network.units.safetensors",
        "network.vectors.safetensors", "vectors.safetensors", "words.safetensors",
    ]  # fmt: skip
    assert len(np.load(tmp_path / "likely.npz").files) == 2 * len(TOWNS)
    named = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert named == ["cross-validated:", *FUNCTIONS]
    monkeypatch.setattr(functions, "artefact", lambda name: tmp_path / name)
    functions._model.cache_clear()
    functions._network.cache_clear()
    try:
        paper = paper_of(WHOLE_BENCHES)
        found = functions.probabilities(paper)
        texts = [one.doc.text for one in paper.sentences]
        best = texts[int(found[:, FUNCTIONS.index("limit")].argmax())]
        assert best in (papers.LIMIT, papers.SECOND_LIMIT)
        assert ((found >= 0) & (found <= 1)).all()
    finally:
        functions._model.cache_clear()
        functions._network.cache_clear()
    assert learned.logistic(out / "words.safetensors").names

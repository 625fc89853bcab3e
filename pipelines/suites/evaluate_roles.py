"""The suite ``roles``: what each sentence of an abstract does, against CSAbstruct's annotators.

Micro and macro F1 over the five labels (Cohan et al. 2019), and the speed of the same path that
annotates an abstract without headings, decoding included, the models being loaded.
"""

from __future__ import annotations

import time
from pathlib import Path

from sklearn.metrics import f1_score

from corpus.language_detection import detect_language
from models.abstract_roles import LABELS, predict, predict_all
from pipelines.suites import records


def evaluate(path: Path) -> dict[str, float]:
    """F1 of the labels and sentences read a second.

    A file without sentences has no figures: ``ValueError``.
    """
    rows = list(records(path, "sentences", "labels"))
    abstracts = [[str(sentence) for sentence in row["sentences"]] for row in rows]
    gold = [str(label) for row in rows for label in row["labels"]]
    unknown = sorted(set(gold) - set(LABELS))
    if unknown or not gold:
        raise ValueError(f"labels are {', '.join(LABELS)}; found {unknown or 'none'}")
    text = " ".join(text for one in abstracts[:50] for text in one)
    language = detect_language(text, str(path))
    predict(abstracts[0], language)  # loads the models
    started = time.perf_counter()
    found = [one.label for own in predict_all(abstracts, language) for one in own]
    seconds = time.perf_counter() - started
    return {
        "micro_f1": round(float(f1_score(gold, found, average="micro")), 4),
        "macro_f1": round(float(f1_score(gold, found, average="macro")), 4),
        "sentences_per_second": round(len(gold) / seconds),
    }

"""The weights by which a translation that lost a clause is told: fitted, and measured.

``python benchmarks/completeness_weights.py PAIRS.jsonl`` (lines of ``doc``, ``en`` and ``fr``) fits
``completeness.toml`` on two thirds of the documents and says what is caught on the others.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from corpus.document import other
from pipelines.suites import records
from pipelines.suites.evaluate_parity import MOST, clauses_taken_out
from pipelines.verification.completeness import features

#: Every third document is kept aside.
KEPT_ASIDE = 3


def main() -> None:
    """Print the weights, and the share caught by the false alarms allowed."""
    told: dict[bool, list[np.ndarray]] = {True: [], False: []}
    labels: dict[bool, list[bool]] = {True: [], False: []}
    for one in records(Path(sys.argv[1]), "doc", "en", "fr"):
        aside = int(one["doc"]) % KEPT_ASIDE == 0
        texts = {"en": one["en"], "fr": one["fr"]}
        made = [(texts, False)]
        for language in ("fr", "en"):
            shorter = clauses_taken_out(texts[language], language, texts[other(language)])
            made += [({**texts, language: cut}, True) for cut in list(shorter)[:MOST]]
        for pair, faulty in made:
            told[aside].append(features(pair["en"], pair["fr"]))
            labels[aside].append(faulty)
    scaler = StandardScaler().fit(told[False])
    model = LogisticRegression(max_iter=2000).fit(scaler.transform(told[False]), labels[False])
    weights = model.coef_[0] / scaler.scale_
    print("weights", [round(float(weight), 4) for weight in weights])
    print("intercept", round(float(model.intercept_[0] - weights @ scaler.mean_), 4))
    for aside in (False, True):
        scores = model.predict_proba(scaler.transform(told[aside]))[:, 1]
        lacking = np.array(labels[aside])
        for alarms in (3, 5, 8):
            good = np.sort(scores[~lacking])[::-1]
            least = good[alarms * len(good) // 1000]
            caught = (scores[lacking] > least).mean()
            name = "kept aside" if aside else "fitted on"
            print(f"{name}: {alarms} per 1,000 above {least:.4f}, {caught:.3f} caught")


if __name__ == "__main__":
    main()

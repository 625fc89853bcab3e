"""How many true translations do our checks and translate-toolkit's pofilter stop at, in one run?

    python benchmarks/translation_peer.py PAIRS.jsonl [EVERY]

PAIRS is a file of the suite ``parity`` (``en`` and ``fr`` of a true pair a line), EVERY takes only
each so-manieth. Both judge the same pairs both ways round, and the same with the faults that the
suite plants; a pair in which either way anything is named is an alarm. pofilter (translate-toolkit,
GPL: a measure for development, part of no install; pip install translate-toolkit, in any
environment whose ``bin`` is on the path) judges twice: by all its checks, as it comes, and by those
that look at what is said (``MEANING``), without marks, blanks and capitals. Printed are alarms per
1,000 pairs, their ratio to ours, and the shares of planted faults that each catches.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from lxml import etree

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from corpus.document import LANGUAGES, Language, other
from pipelines.suites import records
from pipelines.suites.evaluate_parity import JUDGED, PlantedPair, alarms, named, planted

#: Checks of pofilter that look at what is said.
MEANING = (
    "acronyms", "blank", "doublewords", "emails", "filepaths", "functions", "long", "numbers",
    "options", "printf", "pythonbraceformat", "sentencecount", "short", "unchanged",
    "untranslated", "urls", "variables", "xmltags",
)  # fmt: skip
Both = tuple[str, Language, str]
"""A text, its language, and its translation."""


def failing(units: Sequence[Both], checks: Sequence[str] = ()) -> set[int]:
    """The places of the units in which pofilter names something, by all its checks or by some."""
    found: set[int] = set()
    for language in LANGUAGES:
        own = [(n, text, made) for n, (text, code, made) in enumerate(units) if code == language]
        with tempfile.TemporaryDirectory() as folder:
            source, result = Path(folder, "in.xlf"), Path(folder, "out.xlf")
            source.write_text(_xliff(own, language), encoding="utf-8")
            subprocess.run(
                [
                    "pofilter", f"--language={other(language)}", "--progress=none",
                    *(f"-t{check}" for check in checks), "-i", str(source), "-o", str(result),
                ],
                check=True,
                capture_output=True,
            )  # fmt: skip
            if result.exists():
                told = etree.parse(str(result)).iter("{*}trans-unit")
                found |= {int(str(unit.get("id")).removeprefix("u")) for unit in told}
    return found


def _xliff(units: Sequence[tuple[int, str, str]], language: Language) -> str:
    """Units as XLIFF 1.2, which every version of the toolkit reads."""
    inside = "".join(
        f'<trans-unit id="u{n}" approved="yes"><source>{escape(text)}</source>'
        f'<target state="translated">{escape(made)}</target></trans-unit>'
        for n, text, made in units
    )
    return (
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">'
        f'<file original="pairs" datatype="plaintext" source-language="{language}" '
        f'target-language="{other(language)}"><body>{inside}</body></file></xliff>'
    )


def main(path: Path, every: int) -> None:
    """Print the table."""
    if shutil.which("pofilter") is None:
        raise SystemExit("pofilter: not installed, skipped; pip install translate-toolkit (GPL)")
    pairs = [(str(one["en"]), str(one["fr"])) for one in records(path, "en", "fr")][::every]
    units: list[Both] = [
        unit for en, fr in pairs for unit in ((en, "en", fr), (fr, "fr", en))
    ]  # fmt: skip
    good = {n for n, (en, fr) in enumerate(pairs) if not alarms(en, fr)}
    faults = [fault for n in sorted(good) for fault in planted(*pairs[n])]
    judged = [fault for fault in faults if fault.kind in JUDGED]
    made: list[Both] = [(one.text, one.language, one.translation) for one in judged]
    ours = {n for n, unit in enumerate(made) if named(*unit)}
    stopped, caught = {"ours": len(pairs) - len(good)}, {"ours": _rates(judged, ours)}
    for name, checks in (("pofilter, all", ()), ("pofilter, meaning", MEANING)):
        stopped[name] = len({n // 2 for n in failing(units, checks)})
        caught[name] = _rates(judged, failing(made, checks))
    print(f"{len(pairs)} pairs, {len(judged)} planted faults")
    print("| | alarms per 1,000 | times ours | mean |", " | ".join(JUDGED), "|")
    print("|", " | ".join(["---"] * (4 + len(JUDGED))), "|")
    for name, count in stopped.items():
        rates = caught[name]
        times = f"{count / stopped['ours']:.1f}" if stopped["ours"] else "–"
        shown = " | ".join(f"{rates.get(kind, 0):.2f}" for kind in JUDGED)
        mean = sum(rates.values()) / max(len(rates), 1)
        print(f"| {name} | {1000 * count / len(pairs):.1f} | {times} | {mean:.2f} | {shown} |")


def _rates(faults: Sequence[PlantedPair], caught: set[int]) -> dict[str, float]:
    """The share caught of each kind."""
    of_all = Counter(fault.kind for fault in faults)
    found = Counter(fault.kind for n, fault in enumerate(faults) if n in caught)
    return {kind: found[kind] / of_all[kind] for kind in JUDGED if of_all[kind]}


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)

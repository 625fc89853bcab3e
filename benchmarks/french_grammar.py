"""How often does a grammar checker stop at French that our own steps made?

    python benchmarks/french_grammar.py FILE…

FILEs are French documents, or briefs that were drafted of such (``.json``). Asked is Grammalecte,
where it is installed (Debian's ``grammalecte-cli``, GPL: a measure for development, part of no
install). Counted are told lines that a rewriting step worded, and alarms that their evidence
doesn't raise itself: what stands wrong in a source is the source's. Alarms are printed one by one,
to be read: many are false. Marks and spaces are left out: Grammalecte goes by France's usage.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from corpus.readers import read
from pipelines.brief import Brief, Segment, from_json
from pipelines.draft import draft

#: Rules of French usage in France, or of taste.
_OFF = ("nbsp", "typo", "unit", "num", "eepi", "esp", "minis", "apos", "bs", "virg")
#: Steps that leave a sentence's own words as they are.
_NO_WORDING = frozenset({"name_speaker_role", "set_typography", "answer"})


def main(files: list[str]) -> None:
    """Print each alarm with its line, and how many there are per 100 lines."""
    if shutil.which("grammalecte-cli") is None:
        raise SystemExit("grammalecte-cli: not installed; apt-get install grammalecte-cli")
    segments = [one for file in files for one in _worded(_brief(Path(file)))]
    lines = [one.text for one in segments]
    sources = [" ".join(item.quote for item in one.evidence) for one in segments]
    alarms, steps = 0, Counter[str]()
    for segment, own, there in zip(segments, _alarms(lines), _alarms(sources), strict=True):
        new = own - there
        alarms += new.total()
        for rule, about in new:
            print(f"{rule}: {about}\n  {segment.text}\n  steps: {', '.join(segment.steps)}")
            steps.update(set(segment.steps) - _NO_WORDING)
    print(f"lines that steps worded: {len(lines)}")
    print(f"alarms beyond the evidence's own: {alarms}")
    print(f"alarms per 100 lines: {100 * alarms / max(1, len(lines)):.1f}")
    for step, count in steps.most_common():
        print(f"  {step}: {count}")


def _brief(file: Path) -> Brief:
    if file.suffix == ".json":
        return from_json(file.read_bytes(), str(file))
    return draft(read(file))


def _worded(brief: Brief) -> list[Segment]:
    return [
        one
        for one in brief.segments
        if one.language == "fr" and one.evidence and set(one.steps) - _NO_WORDING
    ]


def _alarms(texts: list[str]) -> list[Counter[tuple[str, str]]]:
    """Rule and message of each alarm, text by text."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "lines.txt")
        file.write_text("\n".join(" ".join(text.split()) for text in texts) + "\n")
        told = subprocess.run(
            ["grammalecte-cli", "-f", str(file), "-j", "-off", *_OFF],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    found: list[Counter[tuple[str, str]]] = [Counter() for _ in texts]
    for paragraph in json.loads(told)["data"]:
        for alarm in paragraph["lGrammarErrors"]:
            found[paragraph["iParagraph"] - 1][alarm["sRuleId"], alarm["sMessage"]] += 1
    return found


if __name__ == "__main__":
    main(sys.argv[1:])

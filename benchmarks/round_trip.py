"""How much of 1,000 units is the same after a trip through two independent tools?

Run: python -m benchmarks.round_trip [--node-modules FOLDER]

A brief of 1,000 lines goes out as XLIFF 2.1 and 1.2. Each tool reads the file, writes a target in
each unit, and saves it: translate-toolkit (GPL, for development alone: pip install
translate-toolkit) and the npm package ``xliff`` (npm install xliff; its folder with
--node-modules). What comes home is read by ``pipelines.translation``. A tool that isn't there is
passed over. Printed is how many lines are known again, and how many
sources, targets, states and notes are the same. The npm package's own model has neither states
nor categories of notes: of it, states aren't counted, and of notes the texts. In 2.1 it leaves
out what is marked (``<mrk>``): its sources lack the locked numbers, and a line is known again by
its note alone.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from pipelines.brief import Brief, BriefDocument, Evidence, ReadabilityPair, Segment, Target
from pipelines.render.xliff import Version, render
from pipelines.translation.matching import paired
from pipelines.translation.returned import Returned
from pipelines.translation.translators_files import read

UNITS = 1_000
VERSIONS: tuple[Version, ...] = ("2.1", "1.2")
PATTERNS = (
    "In {a} of {b} towns, shaded streets were {c}.5°C cooler at noon.",
    "About {a}% of residents (95% CI {b} to {c}) said “never again” & left <early>.",
    "The programme cost ${a}.2 million a year, or ${b}–${c} per household.",
    "COVID-19 did not change bus use in Ottawa: see https://example.org/t{a}?b={b}&c={c}.",
    "  Two spaces, a tab\tand a no-break\u00a0space stay: {a}, {b}, {c}. ",
    "Heat islands may be linked to {a} more visits; the confidence interval was wide ({b}–{c}).",
    "L’été, the city’s “îlots” rose by {a},{b}00 and fell by {c}\u202f%.",
    "x < {a} and y > {b} & z = {c}; 'quotes' \"double\" — dash – minus −{a}",
)
JAVASCRIPT = """
const fs = require('fs');
const [version, file, words] = process.argv.slice(1);
const {xliff2js, js2xliff, xliff12ToJs, jsToXliff12} = require('xliff');
const targets = JSON.parse(fs.readFileSync(words, 'utf8'));
const text = fs.readFileSync(file, 'utf8');
function fill(units) {
  for (const [key, unit] of Object.entries(units)) {
    if (unit.groupUnits) fill(unit.groupUnits);
    else if (key in targets) unit.target = targets[key];
  }
}
(async () => {
  const js = version === '1.2' ? await xliff12ToJs(text) : await xliff2js(text);
  Object.values(js.resources).forEach(fill);
  const out = version === '1.2' ? await jsToXliff12(js, {indent: ''})
    : await js2xliff(js, {indent: '', targetXliffVersion: '2.1'});
  fs.writeFileSync(file, out);
})();
"""


def a_brief() -> Brief:
    """A brief of 1,000 lines that hold what files are damaged by."""
    document = BriefDocument("d" * 16, "paper", "en", "Trip", "trip.xml", "0" * 64)
    segments = []
    for number in range(UNITS):
        text = PATTERNS[number % len(PATTERNS)].format(a=number + 2, b=number + 7, c=number % 90)
        quote = Evidence(document.id, number, number + len(text), text, page=number % 30)
        segments.append(
            Segment(f"s{number + 1}", "findings", text, "en", Target("fr"), evidence=(quote,))
        )
    return Brief("trip-1000", "en", "staff", (document,), tuple(segments), ReadabilityPair())


def target_of(number: int) -> str:
    """A translation that holds what files are damaged by."""
    return f"« Été » n°\u00a0{number} : l’œuvre a coûté {number}\u00a0$ & < 5\u00a0% — “ici” 'là'."


def notes_of(content: bytes, categories: bool) -> dict[str, list[tuple[str, str]]]:
    """Each unit's notes, with their categories or without."""
    root = etree.fromstring(content)
    return {
        str(unit.get("id")): sorted(
            (
                (note.get("category") or note.get("from") or "") if categories else "",
                note.text or "",
            )
            for note in unit.iter("{*}note")
        )
        for unit in root.iter("{*}unit", "{*}trans-unit")
    }


def by_toolkit(content: bytes, version: Version) -> bytes | None:
    """The file as translate-toolkit leaves it."""
    try:
        from translate.storage import xliff, xliff2
    except ImportError:
        return None
    storage = xliff2.Xliff2File if version == "2.1" else xliff.Xliff1File
    file: Any = storage.parsestring(content)
    for unit in file.units:
        unit.target = target_of(
            int(unit.getid().rpartition("\x04")[2].rpartition("::")[2].removeprefix("s"))
        )
        unit.marktranslated()
    return bytes(file)


def by_npm(content: bytes, version: Version, modules: Path) -> bytes | None:
    """The file as the npm package leaves it."""
    node = shutil.which("node")
    if node is None or not (modules / "xliff").is_dir():
        return None
    with tempfile.TemporaryDirectory() as folder:
        file, words = Path(folder, "trip.xlf"), Path(folder, "words.json")
        file.write_bytes(content)
        words.write_text(json.dumps({f"s{n}": target_of(n) for n in range(1, UNITS + 1)}))
        subprocess.run(
            [node, "-e", JAVASCRIPT, version, str(file), str(words)],
            check=True,
            env={"NODE_PATH": str(modules), "PATH": ""},
        )
        return file.read_bytes()


def told(brief: Brief, out: bytes, home: bytes, whole: bool) -> Iterator[tuple[str, int]]:
    """How many of what are the same."""
    [returned] = read(home, "home.xlf")
    assert isinstance(returned, Returned)
    units = {unit.id: unit for unit in returned.units}
    sources = {s.id: s.text for s in brief.segments}
    known = [one for one in paired(brief, returned) if one.segment is not None]
    yield "lines known again", sum(not one.changed for one in known)
    yield "sources", sum(id in units and units[id].source == text for id, text in sources.items())
    wanted = {f"s{n}": target_of(n) for n in range(1, UNITS + 1)}
    yield "targets", sum(id in units and units[id].target == text for id, text in wanted.items())
    if whole:
        yield "states", sum(unit.state == "translated" for unit in units.values())
    before, after = notes_of(out, whole), notes_of(home, whole)
    yield "notes", sum(before[id] == after.get(id) for id in before)


def main() -> None:
    """Make the trips and print what came home."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--node-modules", type=Path, default=Path("node_modules"))
    modules = parser.parse_args().node_modules.absolute()
    brief = a_brief()
    for version in VERSIONS:
        out = render(brief, version).encode()
        trips = {
            "translate-toolkit": by_toolkit(out, version),
            "npm xliff": by_npm(out, version, modules),
        }
        for tool, home in trips.items():
            if home is None:
                print(f"XLIFF {version}  {tool}: not installed, passed over")
                continue
            figures = told(brief, out, home, tool != "npm xliff")
            print(f"XLIFF {version}  {tool}: ", ", ".join(f"{n} {count}" for n, count in figures))


if __name__ == "__main__":
    main()

"""How much of a brief is final in both languages without anybody's translation?

    python benchmarks/final_words.py FILE…

FILEs are documents, or briefs that were drafted of such (``.json``). A word counts as final where
its line is: fixed text, a citation, or what is composed of the evidence in a fixed form. Printed
are the shares by kind of document and section, and by who made the other language; beside them,
how much of the lines that wait is a speaker's role, which is fixed text, too, and travels with its
translation.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from corpus.readers import read
from pipelines.brief import Brief, Segment, from_json
from pipelines.draft import draft
from pipelines.render.layout import kind, untranslated, who


def main(files: list[str]) -> None:
    """Print shares of words, and how many words they are of."""
    every, final, made, roles = (Counter[tuple[str, str]]() for _ in range(4))
    for file in files:
        brief = _brief(Path(file))
        about = kind(brief)
        for one in brief.segments:
            count, place = len(one.text.split()), (about, str(one.section))
            every[place] += count
            if untranslated(one):
                roles[about, "speaker"] += _role(one)
            else:
                final[place] += count
                made[about, one.target.origin or "?"] += count
    for place in sorted(every):
        print(f"{' '.join(place):24} {_share(final[place], every[place])}")
    for about in sorted({about for about, _ in every}):
        whole = sum(count for place, count in every.items() if place[0] == about)
        done = sum(count for place, count in final.items() if place[0] == about)
        print(f"{about}: final {_share(done, whole)}")
        for (of, origin), count in sorted(made.items()):
            if of == about:
                print(f"  {origin}: {_share(count, whole)}")
        print(f"  roles in lines that wait: {_share(roles[about, 'speaker'], whole)}")
    print(f"all: final {_share(final.total(), every.total())}")


def _brief(file: Path) -> Brief:
    if file.suffix == ".json":
        return from_json(file.read_bytes(), str(file))
    return draft(read(file))


def _role(segment: Segment) -> int:
    return len(who(segment, segment.language).split())


def _share(part: int, whole: int) -> str:
    return f"{100 * part / max(1, whole):.0f} % of {whole} words"


if __name__ == "__main__":
    main(sys.argv[1:])

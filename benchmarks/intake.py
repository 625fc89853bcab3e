"""Does everything come in, whatever happens? Poison, SIGKILLs, a full store.

    python benchmarks/intake.py poison [GOOD]
    python benchmarks/intake.py kills [KILLS] [DOCUMENTS]
    python benchmarks/intake.py store [DOCUMENTS]

``poison``: five files that would take all memory or time, among good ones, in one night by plain
calls; prints what became of each, the time, and the most memory that a child was seen to hold.
``kills``: a night that is killed with SIGKILL at random moments and run again, until it has been
killed so often; then the rows and files are compared to those of an undisturbed night.
``store``: the processor time, of the readers and models too, to take in and draft one more document
in an empty store and in one of 10,000; and the memory of the program and its readers after 100 and
after 2,000 documents.

Documents are made here, each with words of its own. Times depend on who else uses the machine.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.processor import processor_seconds

ROOT = Path(__file__).resolve().parent.parent

#: What differs between two runs of the same night, and between two machines: times and places.
APART = ("added_at", "made_at", "at", "location", "path", "next_at")

PAGE = """%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R
 /Resources << /XObject << /X 5 0 R >> >> >> endobj
4 0 obj << /Length 5 >> stream
/X Do
endstream endobj
"""
FORM = """{n} 0 obj << /Type /XObject /Subtype /Form /BBox [0 0 200 200] /Length {size}
 /Resources << /XObject << /X {next} 0 R >> >> >> stream
{draw}
endstream endobj
"""


def abstract(number: int) -> str:
    """A paper of its own words."""
    chosen = random.Random(number)  # noqa: S311
    places = ["Elm Street", "the old port", "two schools", "the market", "a bus line", "nine parks"]
    things = ["shade trees", "cool roofs", "wet lawns", "night buses", "bike lanes", "rain gardens"]
    place, thing = chosen.choice(places), chosen.choice(things)
    share, people = chosen.randint(3, 60), chosen.randint(80, 4000)
    return (
        f"# What {thing} did for {place}, case {number}\n\n## Abstract\n\n"
        f"Cities pay for {thing} without knowing what they change. We asked {people} residents of "
        f"{place} and compared two summers. With {thing}, visits to the clinic fell by {share} % "
        f"in the second summer. The effect was larger among people over {chosen.randint(60, 80)}. "
        f"The study could not tell {thing} from the milder weather of year {number}. Towns could "
        f"begin with {thing} where most people walk.\n"
    )


def put_in(inbox: Path, count: int) -> None:
    """Write so many papers into the inbox."""
    inbox.mkdir(parents=True)
    for number in range(count):
        (inbox / f"paper-{number:04}.md").write_text(abstract(number), encoding="utf-8")


def poison(inbox: Path) -> None:
    """Five files that a reader alone would not survive, or not end."""
    end = "trailer << /Root 1 0 R >>\n%%EOF\n"
    loop = FORM.format(n=5, size=11, next=5, draw="/X Do /X Do")
    (inbox / "poison-1-draws-itself.pdf").write_text(PAGE + loop + end)
    chain = "".join(
        FORM.format(n=n, size=120, next=n + 1, draw="/X Do " * 20) for n in range(5, 17)
    )
    (inbox / "poison-2-twenty-to-the-twelfth.pdf").write_text(PAGE + chain + end)
    packed = zlib.compress(zlib.compress(bytes(2**31)))
    stream = b"4 0 obj << /Filter [/FlateDecode /FlateDecode] /Length %d >> stream\n" % len(packed)
    head = PAGE[: PAGE.index("4 0 obj")].encode()
    body = head + stream + packed + b"\nendstream endobj\n" + end.encode()
    (inbox / "poison-3-two-gigabytes.pdf").write_bytes(body)
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        with made.open("word/document.xml", "w", force_zip64=True) as part:
            part.write(b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/")
            part.write(b"2006/main'><w:body>")
            for _ in range(400):
                part.write(b"<w:p><w:r><w:t>shade</w:t></w:r></w:p>" * 100_000)
    (inbox / "poison-4-unpacks.docx").write_bytes(whole.getvalue())
    deep = "<sec><title>t</title>" * 400_000
    (inbox / "poison-5-deep.xml").write_text(f"<article><body>{deep}")


def night() -> int:
    """One night by plain calls, in this process's home; how many documents it drafted."""
    from corpus.store import open_store
    from passerelle import nights
    from passerelle.settings import settings

    store = open_store(settings().database_url)
    places = nights.new_sources(nights.inbox_sources(), store)
    for start in range(0, len(places), 20):
        nights.take_in(places[start : start + 20], store)
    ids = nights.undrafted(store, patience=60.0)
    for start in range(0, len(ids), 20):
        nights.draft_documents(ids[start : start + 20], store)
    return len(ids)


def begin(home: Path, work: str = "night") -> subprocess.Popen[bytes]:
    """A night in a process of its own."""
    environment = {
        **os.environ,
        "PASSERELLE_HOME": str(home),
        "PASSERELLE_SETTLE_SECONDS": "0",
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.Popen([sys.executable, __file__, work], env=environment)


def rows(home: Path) -> dict[str, list[str]]:
    """All that the store holds, without times and places."""
    found: dict[str, list[str]] = {}
    with closing(sqlite3.connect(home / "passerelle.db")) as connection:
        connection.row_factory = sqlite3.Row
        for table in ("documents", "briefs", "outcomes", "refused_drafts", "attempts"):
            held = connection.execute(f"SELECT * FROM {table}").fetchall()
            kept = [{k: r[k] for k in r.keys() if k not in (*APART, "number")} for r in held]  # noqa: SIM118
            found[table] = sorted(json.dumps(row, sort_keys=True) for row in kept)
    return found


def files(home: Path) -> dict[str, str]:
    """The outbox's files by their digest."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((home / "outbox").glob("*"))
        if path.is_file()
    }


def progress(home: Path) -> int:
    """How many documents are in, and how many are drafted, added up."""
    try:
        with closing(sqlite3.connect(f"file:{home}/passerelle.db?mode=ro", uri=True)) as connection:
            counts = "SELECT (SELECT count(*) FROM documents) + (SELECT count(*) FROM briefs)"
            return int(connection.execute(counts).fetchone()[0])
    except sqlite3.OperationalError:  # no store yet, or no tables
        return 0


def kills(most: int, documents: int) -> None:
    """Kill a night again and again, and compare what it ends with."""
    chosen = random.Random(1)  # noqa: S311
    with TemporaryDirectory() as folder:
        calm, hunted = Path(folder, "calm"), Path(folder, "hunted")
        put_in(calm / "inbox", documents)
        put_in(hunted / "inbox", documents)
        begun = time.monotonic()
        undisturbed = begin(calm)
        while undisturbed.poll() is None and not progress(calm):
            time.sleep(0.1)
        start = time.monotonic() - begun  # until the first document is in
        assert undisturbed.wait() == 0
        whole = time.monotonic() - begun
        done, ended = 0, 0
        begun = time.monotonic()
        while done < most and ended < 3:
            process = begin(hunted)
            # so late at most that the night lasts as long as the kills
            to_do = (whole - start) * (1 - progress(hunted) / (2 * documents))
            try:
                process.wait(chosen.uniform(0.5, start + 2 * to_do / (most - done)))
                ended += 1
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                done += 1
        assert begin(hunted).wait() == 0
        lost = time.monotonic() - begun - whole
        same = rows(calm) == rows(hunted), files(calm) == files(hunted)
        print(f"night of {documents}: {whole:.0f} s; killed {done} times, {ended} ended before")
        print(f"rows the same: {same[0]}, files the same: {same[1]} ({len(files(calm))} files)")
        print(f"lost: {lost / max(done, 1):.1f} s for each kill")
        if not all(same):
            for table, held in rows(calm).items():
                other = rows(hunted)[table]
                print(table, len(held), len(other), len(set(held) ^ set(other)))
            sys.exit("not the same")


def poisoned(good: int) -> None:
    """A night with poison in it."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        put_in(home / "inbox", good)
        poison(home / "inbox")
        most = {"held": 0}
        process = begin(home)
        watch = threading.Thread(target=_watch, args=(process, most), daemon=True)
        watch.start()
        begun = time.monotonic()
        status = process.wait()
        took = time.monotonic() - begun
        with closing(sqlite3.connect(home / "passerelle.db")) as connection:
            drafted = connection.execute("SELECT count(*) FROM briefs").fetchone()[0]
            told = connection.execute(
                "SELECT location, state, reason FROM outcomes WHERE location LIKE '%poison%'"
            ).fetchall()
        for place, state, reason in told:
            print(f"{Path(place).name}: {state}: {reason}")
        print(f"status {status}; drafted {drafted} of {good}, {took:.0f} s")
        print(f"most memory of all its processes together: {most['held'] >> 20} MB")


def _watch(process: subprocess.Popen[bytes], most: dict[str, int]) -> None:
    while process.poll() is None:
        held = sum(_resident(pid) for pid in (process.pid, *_children(process.pid)))
        most["held"] = max(most["held"], held)
        time.sleep(0.2)


def _children(pid: int) -> Iterator[int]:
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(place.read_text().rpartition(")")[2].split()[1]) == pid:
                yield int(place.parent.name)
        except (OSError, ValueError):
            continue


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def full_store(count: int) -> None:
    """One more document in an empty store and in a full one, and the memory meanwhile."""
    from dataclasses import replace

    from corpus.document import digest
    from corpus.readers import read_bytes
    from corpus.settings_base import read_again
    from corpus.store import BriefEntry, WrittenFile, admit, keep_brief, open_store, record_written
    from passerelle import batches, nights, sandbox

    os.environ["PASSERELLE_SETTLE_SECONDS"] = "0"
    times: dict[int, list[float]] = {}
    held: dict[int, int] = {}
    for size in (0, count):
        with TemporaryDirectory() as folder:
            os.environ["PASSERELLE_HOME"] = folder
            read_again()
            home = Path(folder)
            (home / "inbox").mkdir()
            store = open_store(f"sqlite:///{home / 'passerelle.db'}")
            sample = read_bytes(abstract(0).encode(), "paper.md")
            for number in range(size):
                sha256 = digest(str(number).encode())
                document = replace(sample, id=sha256[:16], sha256=sha256)
                bands = [f"{band}:{number:016x}" for band in range(16)]
                admit(store, document, f"/elsewhere/{number}.md", batches.edition(), bands)
                entry = BriefEntry(
                    f"b-{sha256[:16]}", batches.edition(), document.id, "staff", "en", "draft", "{}"
                )
                kept = keep_brief(store, entry)
                path = batches.place_of(home / "outbox" / f"{kept.brief_id}.json")
                record_written(store, [WrittenFile(path, kept.sha256, kept.edition, sha256)])
            sandbox.make_ready()
            for number in range(1, 12):
                (home / "inbox" / f"{number}.md").write_text(abstract(100_000 + number))
                begun = processor_seconds()
                nights.take_in(nights.new_sources(nights.inbox_sources(), store), store)
                nights.draft_documents(nights.undrafted(store), store)
                times.setdefault(size, []).append(processor_seconds() - begun)
    with TemporaryDirectory() as folder:
        os.environ["PASSERELLE_HOME"] = folder
        read_again()
        store = open_store(f"sqlite:///{folder}/passerelle.db")
        put_in(Path(folder, "inbox"), 2000)
        places = nights.inbox_sources()
        for done in range(0, 2000, 100):
            nights.take_in(places[done : done + 100], store)
            held[done + 100] = _resident(os.getpid()) + sum(map(_resident, _children(os.getpid())))
    usual = {size: sorted(found)[len(found) // 2] for size, found in times.items()}
    print(f"one more document: {usual[0]:.2f} s in an empty store, {usual[count]:.2f} s in one of")
    print(f"{count}: {usual[count] / usual[0]:.2f} ×")
    print(f"memory after 100: {held[100] >> 20} MB, after 2000: {held[2000] >> 20} MB")
    print(f"{held[2000] / held[100]:.2f} ×")


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[2:]]
    if sys.argv[1] == "night":
        night()
    elif sys.argv[1] == "kills":
        kills(*(given + [100, 200][len(given) :]))
    elif sys.argv[1] == "store":
        full_store(*(given or [10_000]))
    else:
        poisoned(*(given or [100]))

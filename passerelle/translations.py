"""Translations that come home: read, checked, kept, and what they make of a brief.

The one door for a translator's file, whoever opens it: the command line, a flow, the desk. What
comes in is kept as it came before anything is said of it; what passes stands as the translator's
words until a person decides on the brief (``decisions``), what doesn't is told line by line.

In: an open ``Store``, and a file's bytes. Out: ``Received``. How files are read and lines are
judged is ``pipelines.translation``'s business.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePath

from corpus.document import LANGUAGES, Language, digest
from corpus.errors import PasserelleError, SourceMissingError, UnreadableError
from corpus.store import BriefEntry, Store, Translation, find_brief, keep_returned
from passerelle import decisions, recollection
from passerelle.batches import put_whole
from passerelle.decisions import Outcome
from passerelle.standing import lacking, standing_text
from pipelines.brief import from_json
from pipelines.language.typography import one_line
from pipelines.render.xliff import Version
from pipelines.translation.homecoming import Homecoming, homecoming, report
from pipelines.translation.returned import Returned
from pipelines.translation.tmx import TranslationPair
from pipelines.translation.translators_files import ARCHIVES, MAX_BYTES, SUFFIXES, opened, read


@dataclass(frozen=True, slots=True)
class Received:
    """What became of one file."""

    name: str
    sha256: str
    """Under which the file is kept as it came."""
    home: Homecoming | None = None
    """What became of its lines; None of a memory."""
    report: str = ""
    """The lines to look at as an XLIFF file for the translator; empty where there is none."""
    ready: bool = False
    """Whether every line of the brief now has both languages: it may be approved in both."""
    pairs: int = 0
    """Of a memory: how many pairs it holds."""
    new: int = 0
    """How many of them weren't known."""


def bring_home(
    content: bytes,
    name: str,
    store: Store,
    brief: str = "",
    replacing: bool = False,
    overrule: str = "",
) -> list[Received]:
    """Take in a translator's file: XLIFF of one or more briefs, a TMX memory, or an archive.

    ``name`` is what the file is called, ``brief`` names its brief where a tool has dropped that.
    With ``replacing``, the file's words take the place of a person's; ``overrule`` is why words
    that a check names may stand. The file is kept in the store as it came. Raises
    ``PasserelleError``, one line, where it is damaged, foreign, hostile, or of no brief here.
    """
    received: list[Received] = []
    for part, inside in opened(content, one_line(name)):
        try:
            found = read(inside, part)
        except UnreadableError:
            if b"xliff" in inside[:4096].replace(b"\0", b"").lower():
                keep_returned(store, inside, part, "", _now())
            raise
        pairs = [one for one in found if isinstance(one, TranslationPair)]
        if pairs:
            new = recollection.bring_along(pairs, store)
            received.append(Received(part, digest(inside), pairs=len(pairs), new=new))
        for one in found:
            if isinstance(one, Returned):
                received.append(_received(inside, one, store, brief, replacing, overrule.strip()))
    return received


def _received(
    content: bytes, returned: Returned, store: Store, brief: str, replacing: bool, overrule: str
) -> Received:
    try:
        entry = _entry_of(returned, brief, store)
        there = standing_text(entry, store)
        home = homecoming(there, returned, replacing, bool(overrule))
    except PasserelleError:
        keep_returned(store, content, returned.name, "", _now())  # nothing of it is lost
        raise
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    kept = [
        Translation(
            home.brief, line.segment, home.language, line.fingerprint, line.target, line.state,
            overrule if line.reasons else "", digest(content), at,
        )
        for line in home.lines
        if line.target and line.state != "unchanged"
    ]  # fmt: skip
    keep_returned(store, content, returned.name, home.brief, at, kept)
    version: Version = "1.2" if returned.version.startswith("1") else "2.1"
    sent_back = {line.segment for line in home.open_lines} & {one.id for one in there.segments}
    told = report(there, home, version) if sent_back else ""
    ready = not lacking(standing_text(entry, store))
    return Received(returned.name, digest(content), home, told, ready)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _entry_of(returned: Returned, named: str, store: Store) -> BriefEntry:
    """The brief that a file is of: as asked for, as the file says, or as the file is called."""
    stem = PurePath(returned.name).name
    for suffix in SUFFIXES:
        stem = stem.removesuffix(suffix)
    for id in dict.fromkeys(filter(None, (named, returned.brief, stem, stem.partition(".")[0]))):
        if (entry := find_brief(store, id)) is not None:
            return entry
        if named:
            break
    of = one_line(named or returned.brief)[:80]
    raise SourceMissingError(
        f"{returned.name}: of brief {of or '?'}, which this store doesn't have; name its brief "
        "with --brief ID, or send back the file that went out"
    )


def files_in(place: str) -> list[Path]:
    """The translators' files that a path names: itself, or all in a folder, in order.

    Raises ``SourceMissingError`` where there is none.
    """
    path = Path(place).expanduser()
    if path.is_dir():
        ends = (*SUFFIXES, *ARCHIVES)
        found = sorted(one for one in path.rglob("*") if one.suffix.lower() in ends)
        if not found:
            raise SourceMissingError(f"{place}: no {', '.join(SUFFIXES)} file in this folder")
        return [one for one in found if one.is_file()]
    if not path.is_file():
        raise SourceMissingError(f"{place}: no such file or folder")
    return [path]


def content_of(path: Path) -> bytes:
    """A file's bytes. Raises ``UnreadableError`` where it is too large or can't be opened."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableError(
                f"{path}: more than {MAX_BYTES >> 20} MB; no translation is so large"
            )
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"{path}: can't be opened ({error.strerror})") from error


def after_all(received: Iterable[Received], store: Store) -> list[Received]:
    """Several files' results, once all of them are in: what another one brought isn't missing."""
    told = []
    for one in received:
        entry = find_brief(store, one.home.brief) if one.home else None
        if one.home is not None and entry is not None:
            waits = {segment.id for segment in lacking(standing_text(entry, store))}
            lines = tuple(
                line for line in one.home.lines if line.state != "missing" or line.segment in waits
            )
            one = replace(one, home=replace(one.home, lines=lines), ready=not waits)
        told.append(one)
    return told


def take_all(
    places: Iterable[str],
    store: Store,
    brief: str = "",
    replacing: bool = False,
    overrule: str = "",
) -> tuple[list[Received], list[tuple[str, str]]]:
    """``bring_home`` for every file that paths name; what became of each, and which failed, why.

    A bad file doesn't keep the others.
    """
    received: list[Received] = []
    failures: list[tuple[str, str]] = []
    for place in places:
        try:
            paths = files_in(place)
        except PasserelleError as error:
            failures.append((place, str(error)))
            continue
        for path in paths:
            try:
                content = content_of(path)
                received += bring_home(content, str(path), store, brief, replacing, overrule)
            except PasserelleError as error:
                failures.append((str(path), str(error)))
    return after_all(received, store), failures


def write_reports(received: Iterable[Received], out: Path) -> list[str]:
    """Write the lines to look at as files for the translator; their paths.

    One goes under the name given, several each beside it under its brief's; into a folder, all
    under their briefs' names. Raises ``PasserelleError`` where one can't be written.
    """
    reports = {one.home.brief: one.report for one in received if one.home and one.report}
    written = []
    for brief, content in reports.items():
        path = out if len(reports) == 1 else out.with_name(f"{out.stem}-{brief}.xlf")
        path = out / f"{brief}.to-correct.xlf" if out.is_dir() else path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            put_whole(path, content.encode())
        except OSError as error:
            raise PasserelleError(
                f"{path}: can't be written ({error.strerror}); name another file"
            ) from error
        written.append(str(path))
    return written


def ready(received: Iterable[Received]) -> list[str]:
    """Ids of the briefs that have every line in both languages now."""
    found = (one.home.brief for one in received if one.home is not None and one.ready)
    return list(dict.fromkeys(found))


def approve_in_both(id: str, reviewer: str, store: Store) -> tuple[Outcome, Language]:
    """Approve a brief as it stands, in both languages; what came of it, and its own language."""
    entry = decisions.find_draft(store, id)
    question = decisions.first_question(entry, store)
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    texts = question.texts
    answer = decisions.Answer("approve", reviewer, at, question.shown, "", LANGUAGES, texts)
    outcome = decisions.decide(entry, question, answer, store)
    return outcome, from_json(entry.json, entry.brief_id).language

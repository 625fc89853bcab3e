"""The ``passerelle`` command: words of a user in, briefs and one-line failures out.

Each command reads its words, calls ``batches`` or one step, and prints. With ``--json`` standard
output holds JSON and nothing else; failures go to standard error, one line each: what, why, what
to do. Exit status: 0 all well, 1 something was rejected, 2 usage. Heavy libraries are imported
inside the commands that need them, so that ``--help`` answers at once.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from corpus.document import LANGUAGES, Document, Language
from corpus.errors import PasserelleError, SchemaError, SourceMissingError, UnreadableError
from pipelines.brief import Audience, Brief, BriefDocument, Check, Failure, from_json
from pipelines.suites import SUITES, Suite

if TYPE_CHECKING:
    from corpus.sources import Source, SourceFailure
    from corpus.store import BriefEntry, Decision, IngestOutcome, Store
    from passerelle.batches import HeldBack, Removed
    from passerelle.decisions import Note, Outcome, Question, Texts
    from passerelle.forgotten import Traces
    from passerelle.renewing import Renewed

app = typer.Typer(
    name="passerelle",
    help="Carries research over to the people who decide: verified, plain, bilingual-ready briefs.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Sources = Annotated[
    list[str],
    typer.Argument(metavar="SOURCE…", help="Files, folders or web addresses.", show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]
OfLanguage = Annotated[
    Language | None,
    typer.Option("--language", help="Language; the document's own unless given."),
]


def main() -> None:
    """Run the command line; the entry point of the ``passerelle`` script."""
    gc.set_threshold(20_000)  # loading libraries makes a million objects, none of them garbage
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app()
    except BrokenPipeError:  # the reader (head, less) has gone: nothing more to say to it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


# What every command does with failures


def _complain(where: str, reason: str) -> None:
    line = f"passerelle: {where}: {reason}" if where else f"passerelle: {reason}"
    typer.echo(" ".join(line.split()), err=True)


@contextmanager
def _one_line_errors() -> Iterator[None]:
    """Turn what is wrong with the input into one line and exit status 1."""
    try:
        yield
    except (typer.Exit, typer.Abort, typer.BadParameter, BrokenPipeError):
        raise
    except PasserelleError as error:
        _complain("", str(error))
        raise typer.Exit(1) from error
    except KeyboardInterrupt as error:
        _complain("", "stopped; what is done is kept, run it again")
        raise typer.Exit(130) from error
    except Exception as error:  # a setting's, the store's, or our own: all but a line in the log
        from passerelle import batches

        _complain("", batches.explained(error, " ".join(sys.argv)))
        raise typer.Exit(1) from error


def _print_json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1))


def _open() -> Store:
    from corpus.store import open_store
    from passerelle.settings import settings

    store = open_store(settings().database_url)
    if store.copy:
        _complain(
            "", f"the store was brought up to this release; as it was it lies in {store.copy}"
        )
    return store


def _one_source(argument: str) -> Source:
    """The one document that an argument names."""
    from corpus.sources import find_sources

    sources, failures = find_sources([argument])
    for failure in failures:
        raise UnreadableError(f"{failure.source}: {failure.reason}")
    if len(sources) != 1:
        raise UnreadableError(f"{argument}: holds {len(sources)} documents; name one of them")
    return sources[0]


def _read(argument: str) -> Document:
    from corpus.sources import failure_from
    from passerelle import sandbox

    source = _one_source(argument)
    content = source.read()
    try:
        return sandbox.read_any(content, source.name)
    except PasserelleError as error:
        reason = failure_from(source.label, error, source.name).reason
        raise UnreadableError(f"{source.label}: {reason}") from error


# Commands


def _show_version(wanted: bool) -> None:
    if wanted:
        try:
            typer.echo(f"passerelle {version('passerelle')}")
        except PackageNotFoundError as error:
            _complain("", "not installed; run make setup")
            raise typer.Exit(1) from error
        raise typer.Exit


@app.callback()
def _passerelle(
    show_version: Annotated[
        bool,
        typer.Option("--version", help="Print the version.", is_eager=True, callback=_show_version),
    ] = False,
) -> None:
    pass


@app.command()
def draft(
    sources: Sources,
    out: Annotated[
        Path | None,
        typer.Option(help="Folder for the briefs; the outbox unless given.", show_default=False),
    ] = None,
    language: OfLanguage = None,
    audience: Annotated[Audience, typer.Option(help="Whom the brief is for.")] = "staff",
    as_json: AsJson = False,
) -> None:
    """Draft the brief of each paper or exchange, and write it as md, html, xlf and json."""
    with _one_line_errors():
        from corpus.sources import find_sources
        from passerelle import batches
        from passerelle.settings import settings

        found, failures = find_sources(sources)
        with _progress(found) as advance:
            result = batches.draft(
                found,
                _open(),
                audience=audience,
                language=language,
                out=out or settings().outbox,
                on_progress=advance,
            )
        for path in result.moved:
            _complain(str(path), "a brief edited since it was written, kept under this name")
        for note in result.notes:
            _complain("", f"{note}; the briefs keep the words of the steps")
        failures = [*failures, *result.failures]
        if as_json:
            briefs = [json.loads(entry.json) for entry in result.entries]
            rejected = [{"source": item.source, "reason": item.reason} for item in failures]
            _print_json({"briefs": briefs, "failures": rejected})
        else:
            _show_briefs(result.briefs, result.written)
        _end(failures)


def _show_briefs(briefs: Sequence[Brief], written: Sequence[Path]) -> None:
    from rich.console import Console

    from pipelines.render.terminal import print_brief

    console = Console()
    for brief in briefs:
        print_brief(brief, console)
    for path in written:
        typer.echo(str(path))


def _end(failures: Sequence[SourceFailure]) -> None:
    """Say each failure in one line, and exit 1 where there is one."""
    for failure in failures:
        _complain(failure.source, failure.reason)
    if failures:
        raise typer.Exit(1)


@contextmanager
def _progress(sources: Sequence[Source]) -> Iterator[Callable[[Source], None]]:
    """A progress bar on standard error where somebody can see it and there is a wait."""
    if len(sources) < 2 or not sys.stderr.isatty():
        yield lambda source: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Drafting", total=len(sources))
        yield lambda source: progress.advance(task)


@app.command()
def ingest(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE…", help="Files, folders or web addresses.", show_default=False
        ),
    ] = None,
    quarantine: Annotated[
        bool, typer.Option("--quarantine", help="List what could not be taken in, and why.")
    ] = False,
    retry: Annotated[
        bool, typer.Option("--retry", help="Take it up again: all of it, or the sources named.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Take documents into the store: each ends added, duplicate, updated or quarantined.

    What the machine's trouble keeps from being read is waiting, and is tried again.
    """
    with _one_line_errors():
        from passerelle import batches, renewing

        if not (sources or quarantine or retry):
            raise typer.BadParameter("name sources, or give --quarantine or --retry")
        store = _open()
        if quarantine and not retry:
            _show_quarantine(batches.held_back(store), as_json)
            return
        take_in = batches.retry if retry else batches.take_in
        told = take_in(sources or [], store)
        if as_json:
            _print_json({"outcomes": [_outcome_value(label, outcome) for label, outcome in told]})
        else:
            _show_outcomes(told)
            if retry and not told:
                typer.echo("Nothing of that is held back, so nothing was tried again.")
        for label, outcome in told:
            if outcome.state in ("quarantined", "waiting"):
                _complain(label, f"{outcome.state}: {outcome.reason}")
        for one in renewing.renew(store):
            _tell_renewed(one)
        if any(outcome.state in ("quarantined", "waiting") for _, outcome in told):
            raise typer.Exit(1)


def _tell_renewed(one: Renewed) -> None:
    """Say which files went out before something came in about their document."""
    why = f"{'a notice' if one.by_notice else 'a newer version'}: {', '.join(one.since)}"
    for path in one.written:
        _complain(path, f"written again under a banner, after {why}")
    for path in one.edited:
        _complain(path, f"somebody has edited it, so it has no banner after {why}; change it")
    for reason in one.failed:
        _complain(one.brief, f"{reason}; tried again the next time")


def _show_quarantine(items: Sequence[HeldBack], as_json: bool) -> None:
    if as_json:
        _print_json({"quarantine": [asdict(item) for item in items]})
        return
    for item in items:
        typer.echo(f"{item.state:<11}  {item.source}: {item.reason}")
    if not items:
        typer.echo("Nothing is in quarantine, and nothing waits to be tried again.")


def _outcome_value(label: str, outcome: IngestOutcome) -> dict[str, str | None]:
    return {
        "source": label,
        "state": outcome.state,
        "reason": outcome.reason,
        "document": outcome.document_id,
        "sha256": outcome.sha256,
    }


def _show_outcomes(told: Iterable[tuple[str, IngestOutcome]]) -> None:
    for label, outcome in told:
        if outcome.state not in ("quarantined", "waiting"):
            reason = f" ({outcome.reason})" if outcome.reason else ""
            typer.echo(f"{outcome.state:<9}  {label}{reason}")


@app.command()
def read(
    source: Annotated[str, typer.Argument(metavar="SOURCE", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Read one document, and print what was read."""
    with _one_line_errors():
        document = _read(source)
        if as_json:
            from corpus.document import document_to_json

            typer.echo(document_to_json(document), nl=False)
            return
        title = document.title or "(no title)"
        typer.echo(f"{title}\n{document.kind}, {document.language}, id {document.id}\n")
        for block in document.blocks:
            typer.echo(
                f"[{_place(document, block.start)}] {document.text[block.start : block.end]}"
            )


def _place(document: Document, start: int) -> str:
    """Kind, page or time, and speaker of the block at an offset, for a person to read."""
    from pipelines.language.typography import clock

    block = document.block_at(start)
    page, timecode = document.place(start)
    if block is None:
        return ""
    parts = [
        block.kind,
        f"p. {page}" if page is not None else "",
        clock(timecode) if timecode is not None else "",
        block.speaker or "",
    ]
    return ", ".join(part for part in parts if part)


@app.command()
def readability(
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE|-", help="A document, or - to read text from standard input."
        ),
    ],
    language: OfLanguage = None,
    as_json: AsJson = False,
) -> None:
    """Score how easily a text reads, formula by formula and sentence by sentence."""
    with _one_line_errors():
        document = _typed_document(language) if source == "-" else _read(source)
        if language is not None:
            document = replace(document, language=language)
        from pipelines.scoring.readability import body_texts, score_document

        if not body_texts(document):
            raise UnreadableError(f"{source}: no running text to score; give a text")
        scores, sentences = score_document(document)
        result: dict[str, Any] = {
            "source": source,
            "language": document.language,
            "scores": scores,
            "sentences": [asdict(sentence) for sentence in sentences],
        }
        _print_json(result) if as_json else _show_readability(result)


def _typed_document(language: Language | None) -> Document:
    """Plain text from standard input as a document of paragraphs."""
    from corpus.document import Passage, assemble, digest, normalize
    from corpus.language_detection import detect_language

    content = sys.stdin.buffer.read()
    try:
        typed = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError("-: not UTF-8 text; convert it first") from error
    paragraphs = [normalize(paragraph) for paragraph in typed.replace("\r\n", "\n").split("\n\n")]
    text, blocks, anchors = assemble(Passage(paragraph, "paragraph") for paragraph in paragraphs)
    sha256 = digest(content)
    return Document(
        id=sha256[:16],
        kind="paper",
        language=language or detect_language(text, "-"),
        title=None,
        authors=(),
        identifiers={},
        published=None,
        source="-",
        sha256=sha256,
        text=text,
        blocks=blocks,
        anchors=anchors,
    )


def _show_readability(result: Mapping[str, Any]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console()
    scores = Table("formula", "score", title=f"{escape(result['source'])} ({result['language']})")
    for name, score in result["scores"].items():
        scores.add_row(name, f"{score:.1f}")
    leading = next(iter(result["scores"]), "score")
    sentences = Table("sentence", leading, "what makes it hard")
    for row in result["sentences"]:
        score = row["scores"].get(leading)
        named = {"rare_words": f" ({', '.join(row['rare_words'])})"}
        reasons = ", ".join(
            f"{reason.replace('_', ' ')} +{weight:.1f}{named.get(reason, '')}"
            for reason, weight in row["weights"].items()
        )
        sentences.add_row(escape(row["text"]), "" if score is None else f"{score:.1f}", reasons)
    console.print(scores, sentences)


@app.command()
def verify(
    brief_file: Annotated[
        Path, typer.Argument(metavar="BRIEF.json", help="A brief of this schema.")
    ],
    document: Annotated[
        list[str],
        typer.Option("--document", metavar="SOURCE", help="A document it rests on; repeatable."),
    ],
    as_json: AsJson = False,
) -> None:
    """Check each sentence of a brief against its documents; exit 1 where a check fails."""
    with _one_line_errors():
        brief = _read_brief(brief_file)
        given = [_read(source) for source in document]
        told = _verify(brief, given)
        checks = told.checks
        passed = all(check.passed for check in checks)
        if as_json:
            rows = [asdict(check) for check in checks]
            lines = [
                {"segment": s.id, "verdict": s.verdict, "reasons": s.reasons} for s in told.segments
            ]
            _print_json({"brief": brief.id, "passed": passed, "checks": rows, "segments": lines})
        else:
            _show_checks(brief, checks)
        for check in checks:
            for failure in check.failures:
                said = "unsure: " if failure.verdict == "unsure" else ""
                where = f"{check.name}: {failure.segment}"
                _complain(str(brief_file), f"{where}: {said}{failure.reason}")
        if not passed:
            raise typer.Exit(1)


def _read_brief(path: Path) -> Brief:
    try:
        return from_json(path.read_bytes(), str(path))
    except FileNotFoundError as error:
        raise SourceMissingError(f"{path}: no such file; give the brief's .json file") from error
    except OSError as error:
        raise UnreadableError(f"{path}: can't be opened ({error.strerror})") from error


def _verify(brief: Brief, given: Iterable[Document]) -> Brief:
    """A brief with its checks, or with the one that says which of its documents is missing."""
    documents = {
        named.id: found
        for named in brief.documents
        for found in given
        if named.sha256 == found.sha256 or named.id == found.id
    }
    missing = [named for named in brief.documents if named.id not in documents]
    if not brief.documents:
        reason = "the brief names no document that it rests on; nothing can be checked"
        return replace(brief, checks=(_documents_lacking([Failure("documents", reason)]),))
    if missing:
        return replace(brief, checks=(_documents_lacking(map(_missing, missing)),))
    from pipelines.reading.reading import readings_of
    from pipelines.verify import judged

    return judged(brief, readings_of(documents.values()))


def _documents_lacking(failures: Iterable[Failure]) -> Check:
    return Check("documents_given", False, tuple(failures))


def _missing(named: BriefDocument) -> Failure:
    return Failure(
        "documents",
        f"{named.source} (id {named.id}) wasn't given, or is another version; give the very file "
        "with --document",
    )


def _show_checks(brief: Brief, checks: Sequence[Check]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("check", "result", title=f"Brief {brief.id}")
    for check in checks:
        count = len(check.failures)
        result = f"FAILED ({count})" if check.refuses else f"unsure ({count})"
        result = "passed" if check.passed else result
        table.add_row(check.name, result)
    Console().print(table)


ExportFormat = Literal["md", "html", "docx", "xliff", "tmx", "json"]


@app.command()
def export(
    brief: Annotated[
        str, typer.Argument(metavar="BRIEF", help="A brief's .json file, or its id in the store.")
    ],
    form: Annotated[ExportFormat, typer.Option("--format", help="What to write.")],
    xliff_version: Annotated[
        Literal["2.1", "1.2"], typer.Option(help="Of XLIFF; 1.2 for tools that know no other.")
    ] = "2.1",
    machine: Annotated[
        bool,
        typer.Option("--machine", help="Offer what PASSERELLE_TRANSLATOR makes of open lines."),
    ] = False,
    language: Annotated[
        Language | None,
        typer.Option(
            help="Of md, html and docx: this language alone; both side by side unless given.",
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="File or folder to write to; standard output unless given.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Write a brief in one format: for reading, for Word, for a translator's tool."""
    with _one_line_errors():
        found = _find_brief(brief, banner=form != "xliff")
        if machine:
            found = _offered(found)
        ending = {"xliff": "xlf"}.get(form, form)
        content = _exported(found, form, xliff_version, language)
        if out is not None:
            typer.echo(str(_write_export(out, f"{found.id}.{ending}", content)))
        elif form == "docx" and sys.stdout.isatty():
            raise PasserelleError("a Word document is no text for a terminal; give --out FILE")
        else:
            sys.stdout.buffer.write(content)


def _offered(brief: Brief) -> Brief:
    """A brief with what the machine offers; a line that stays empty is told with the reason."""
    from passerelle.settings import settings
    from pipelines.translation import machine

    translator = machine.translator(settings())
    if translator is None:
        raise PasserelleError(
            "no machine translation is on; name a model or server in PASSERELLE_TRANSLATOR"
        )
    offered, left = machine.offered(brief, translator)
    for one in left:
        _complain(brief.id, f"{one.segment}: left empty: {machine.in_both(one)}")
    return offered


def _exported(
    brief: Brief, form: ExportFormat, version: Literal["2.1", "1.2"], only: Language | None
) -> bytes:
    """A brief's file, a translator's with what the memory offers.

    Raises ``PasserelleError`` for one language of a form that holds both.
    """
    if only and form in ("xliff", "tmx"):
        raise PasserelleError(
            f"format {form}: holds both languages; leave --language out, or choose md, html or docx"
        )
    if form == "xliff":
        from passerelle import recollection
        from pipelines.render.xliff import render

        return render(brief, version, recollection.offers(brief, _open())).encode()
    if form == "tmx":
        from pipelines.translation import recall, tmx

        return tmx.write(recall.pairs_of(brief)).encode()
    from pipelines.render import render_bytes

    return render_bytes(brief, form, only=only)


def _find_brief(named: str, banner: bool = True) -> Brief:
    """The brief of a file, or the newest of that id in the store as it stands.

    With what has come in about it since first, unless it goes to a translator.
    """
    path = Path(named)
    if path.suffix == ".json" or path.exists():
        return _read_brief(path)
    from corpus.store import find_brief
    from passerelle.late_notices import flagged
    from passerelle.standing import approved_at, standing_text

    store = _open()
    entry = find_brief(store, named)
    if entry is None:
        raise SourceMissingError(
            f"{named}: no such file, and no brief of this id in the store; give the brief's .json "
            "file, or the id that passerelle draft shows in its file names"
        )
    if entry.status == "unpublished":
        raise PasserelleError(
            f"{named}: was published and taken back, so it isn't handed out; passerelle review "
            f"{named} shows who took it back, and its text"
        )
    text = standing_text(entry, store)
    return flagged(text, store, approved_at(entry, store)) if banner else text


def _write_export(out: Path, name: str, content: bytes) -> Path:
    """Write a file, under ``name`` where a folder is given; the path written."""
    path = out / Path(name).name if out.is_dir() else out
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise PasserelleError(
            f"{path}: can't be written ({error.strerror}); name another file"
        ) from error
    return path


@app.command()
def terms(
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="FILE.tbx", help="Where to write; standard output unless given."
        ),
    ] = None,
) -> None:
    """Write the termbase as TBX: your own terms (PASSERELLE_TERMS), then the shipped ones."""
    with _one_line_errors():
        from pipelines.language.terms import every_term
        from pipelines.render import tbx

        written = tbx.render(every_term())
        if out is None:
            sys.stdout.write(written)
            return
        try:
            with out.open("x", encoding="utf-8") as file:
                file.write(written)
        except OSError as error:
            raise UnreadableError(
                f"{out}: can't be written ({error.strerror}); name a new file"
            ) from error
        sys.stdout.write(f"{out}: {len(every_term())} terms\n")


@app.command("import-translation")
def import_translation(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE…", help="XLIFF or TMX files, or folders of them."),
    ],
    brief: Annotated[
        str, typer.Option(help="The brief that it is of, where a tool has dropped that.")
    ] = "",
    report: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.xlf",
            help="Where to write the lines to look at again, with notes, for the translator.",
            show_default=False,
        ),
    ] = None,
    replacing: Annotated[
        bool, typer.Option("--replace", help="Let the file's words replace a person's.")
    ] = False,
    overrule: Annotated[str, typer.Option(help="Why words that a check names may stand.")] = "",
    approve: Annotated[
        bool, typer.Option("--approve", help="Publish it in both languages if all is there.")
    ] = False,
    reviewer: Annotated[str, typer.Option(help="Your name, kept with an approval.")] = "",
    as_json: AsJson = False,
) -> None:
    """Take translations in: matched with their briefs, checked line by line, kept.

    A TMX file goes into the translation memory.
    """
    with _one_line_errors():
        from passerelle import translations, translations_view

        store = _open()
        told, failures = translations.take_all(files, store, brief, replacing, overrule)
        written = [] if report is None else translations.write_reports(told, report)
        if as_json:
            rows = [translations_view.value(one) for one in told]
            rejected = [{"file": file, "reason": reason} for file, reason in failures]
            _print_json({"files": rows, "failures": rejected, "reports": written})
        else:
            for words in [*translations_view.told(told), *written]:
                typer.echo(words)
        for where, words in translations_view.open_lines(told):
            _complain(where, words)
        for _, reason in failures:
            _complain("", reason)
        if failures or any(translations_view.open_lines(told)):
            raise typer.Exit(1)
        for id in translations.ready(told) if approve else ():
            outcome, language = translations.approve_in_both(id, reviewer, store)
            _show_outcome(outcome, language)


@app.command()
def commitments(as_json: AsJson = False) -> None:
    """List what was taken on in the exchanges of the store: open, renewed, or reported done."""
    with _one_line_errors():
        from passerelle.ledger_view import ledger

        found = ledger(_open())
        if as_json:
            _print_json(found)
            return
        if not found["commitments"]:
            typer.echo("no commitment in the exchanges of the store; take some in: ingest SOURCE…")
        for one in found["commitments"]:
            by = f", {one['by']}" if one["by"] else ""
            typer.echo(f"{one['state']:<8}  {one['who']}{by}: {one['what']}")
            typer.echo(f"          {_where(one)}")
            for change in one["changes"]:
                typer.echo(f"          {change['state']}: “{change['quote']}” {_where(change)}")
        for one in found["take_up"]:
            typer.echo(f"asked about  {one['innovation']['quote']} {_where(one['innovation'])}")
            typer.echo(f"          “{one['question']['quote']}” {_where(one['question'])}")


def _where(place: Mapping[str, Any]) -> str:
    """An exchange's title, and the time there."""
    from pipelines.language.typography import clock

    time = "" if place["timecode"] is None else f", {clock(place['timecode'])}"
    return f"({place['title']}{time})"


@app.command()
def evaluate(
    suite: Annotated[Suite, typer.Argument(metavar="SUITE", help=", ".join(SUITES))],
    data: Annotated[
        Path,
        typer.Option(
            metavar="FILE",
            help="A file in the suite's format; for faults a folder of documents. The papers of "
            "slots lie in the folder papers beside the file, the transcripts of points in src.",
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Measure the quality of one step on labelled data, and print its figures."""
    with _one_line_errors():
        from pipelines import suites

        figures = suites.evaluate(suite, data)
        if as_json:
            _print_json(figures)
        else:
            rows = list(_flat(figures))
            width = max((len(name) for name, _ in rows), default=0)
            for name, figure in rows:
                typer.echo(f"{name:<{width}}  {figure:g}")


def _flat(figures: Mapping[str, Any], within: str = "") -> Iterator[tuple[str, float]]:
    """Figures a line each, those of a group ("by_kind") behind its name; of nothing, none."""
    for name, figure in figures.items():
        if isinstance(figure, Mapping):
            yield from _flat(figure, f"{within}{name} ")
        elif figure is not None:
            yield f"{within}{name}", figure


@app.command()
def review(
    brief: Annotated[
        str | None,
        typer.Argument(metavar="[BRIEF]", help="A draft's id; without it, what waits is listed."),
    ] = None,
    approve: Annotated[bool, typer.Option("--approve", help="Publish it.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="Publish nothing.")] = False,
    revise: Annotated[
        bool, typer.Option("--revise", help="Have it drafted again as --comment says.")
    ] = False,
    reviewer: Annotated[str, typer.Option(help="Your name, kept with the decision.")] = "",
    comment: Annotated[str, typer.Option(help="What to change, or why.")] = "",
    both: Annotated[bool, typer.Option("--both", help="Approve in both languages.")] = False,
    texts: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Your wording: what BRIEF --json prints, edited.",
            show_default=False,
        ),
    ] = None,
    overrule: Annotated[str, typer.Option(help="Why refused words may stand.")] = "",
    confirm: Annotated[
        bool, typer.Option("--confirm", help="Let words stand that no check can decide on.")
    ] = False,
    after: Annotated[
        int | None,
        typer.Option(
            metavar="NUMBER",
            min=0,
            help="The last decision that you know of; deciding on a settled brief needs it.",
            show_default=False,
        ),
    ] = None,
    text: Annotated[
        str,
        typer.Option(
            metavar="SHA256",
            help="The text that you read, by the first characters that BRIEF shows; without it, "
            "the draft as it stands is meant.",
        ),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """List the drafts that wait, show one, or decide on it as in the pages.

    A decision that comes after another one is refused with who decided what, and when.
    """
    with _one_line_errors():
        from passerelle import decisions
        from passerelle.standing import lacking, standing_text

        store = _open()
        wanted: dict[Decision, bool] = {"approve": approve, "reject": reject, "revise": revise}
        chosen = [decision for decision, given in wanted.items() if given]
        if len(chosen) > 1 or (chosen and brief is None):
            raise typer.BadParameter("give one draft and one of --approve, --reject, --revise")
        if brief is None:
            _show_queue(decisions.waiting(store), as_json)
            return
        entry = decisions.find_draft(store, brief)
        question = decisions.first_question(entry, store, after)
        if not chosen:
            _show_draft(entry, question, decisions.history(brief, store), as_json)
            return
        edited, seen = _read_texts(texts) if texts else (question.texts, {})
        shown = decisions.Shown(
            _whole_sha256(text or str(seen.get("text", "")), entry),
            seen.get("after", question.shown.after) if after is None else after,
        )
        first = from_json(entry.json, entry.brief_id)
        answer = decisions.Answer(
            chosen[0],
            reviewer,
            _now(),
            shown,
            comment,
            LANGUAGES if both or not lacking(standing_text(entry, store)) else (first.language,),
            edited,
            overrule,
        )
        with _in_language(first.language):
            outcome = decisions.decide(entry, question, answer, store)
            if (overrule or confirm) and outcome.question is not None and outcome.question.refused:
                outcome = decisions.decide(entry, outcome.question, answer, store)
        _show_outcome(outcome, first.language)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _whole_sha256(start: str, entry: BriefEntry) -> str:
    """The draft's SHA-256 where it begins so; else what was given, which is no draft's."""
    return entry.sha256 if entry.sha256.startswith(start) else start


@contextmanager
def _in_language(language: Language) -> Iterator[None]:
    """Tell of an answer that isn't taken in the brief's own language."""
    from passerelle.decisions import NotTakenError

    try:
        yield
    except NotTakenError as error:
        _complain("", error.note.words(language))
        raise typer.Exit(1) from error


@app.command()
def unpublish(
    brief: Annotated[str, typer.Argument(metavar="BRIEF", help="The id of a published brief.")],
    reviewer: Annotated[str, typer.Option(help="Your name, which the notice tells.")] = "",
    comment: Annotated[str, typer.Option(help="Why, which the notice tells.")] = "",
    as_json: AsJson = False,
) -> None:
    """Take back what was published: a notice stands in the files' place, the text is kept."""
    with _one_line_errors():
        from passerelle import decisions

        store = _open()
        language = from_json(decisions.find_draft(store, brief).json, brief).language
        with _in_language(language):
            done = decisions.unpublish(brief, reviewer, comment, _now(), store)
        if as_json:
            _print_json({"brief": brief, "written": done.written, "left": done.left})
            return
        for path in done.written:
            typer.echo(path)
        typer.echo(done.note.words(language))
        for path in done.left:
            _complain(path, "somebody's own copy of it, which still stands; remove it yourself")


def _show_queue(waiting: Sequence[BriefEntry], as_json: bool) -> None:
    from pipelines.render.layout import brief_title

    briefs = [from_json(entry.json, entry.brief_id) for entry in waiting]
    if as_json:
        rows = [
            {"brief": brief.id, "title": brief_title(brief), "language": brief.language,
             "audience": brief.audience, "checks_passed": brief.passed}
            for brief in briefs
        ]  # fmt: skip
        _print_json({"waiting": rows})
        return
    for brief in briefs:
        typer.echo(f"{brief.id}  {brief_title(brief)} ({brief.language}, {brief.audience})")
    if not briefs:
        typer.echo("No draft waits.")


def _show_draft(
    entry: BriefEntry, question: Question, history: Sequence[Note], as_json: bool
) -> None:
    if as_json:
        notes = [{code: note.words(code) for code in LANGUAGES} for note in question.notes]
        made = [{code: note.words(code) for code in LANGUAGES} for note in history]
        shown = {"text": question.shown.text, "after": question.shown.after}
        _print_json(
            {
                "brief": entry.brief_id,
                "shown": shown,
                "notes": notes,
                "history": made,
                "texts": question.texts,
            }
        )
        return
    from rich.console import Console

    from pipelines.render.terminal import print_evidence

    brief = from_json(entry.json, entry.brief_id)
    print_evidence(brief, Console())
    for note in (*question.notes, *history):
        typer.echo(note.words(brief.language))
    typer.echo(f"passerelle review {entry.brief_id} --text {entry.sha256[:8]} …")


def _read_texts(path: Path) -> tuple[Texts, dict[str, Any]]:
    """The wording in a file that ``passerelle review BRIEF --json`` printed and a person edited,
    and what that draft was.
    """
    from pydantic import TypeAdapter, ValidationError

    from pipelines.brief import Section

    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        given = value.get("texts") if isinstance(value, dict) else None
        texts = TypeAdapter(dict[Section, dict[Language, str]]).validate_python(given)
        return texts, TypeAdapter(dict[str, Any]).validate_python(value.get("shown", {}))
    except OSError as error:
        raise SourceMissingError(f"{path}: can't be opened ({error.strerror})") from error
    except (ValueError, ValidationError) as error:
        raise SchemaError(
            f"{path}: not the texts of a draft; edit what passerelle review BRIEF --json prints"
        ) from error


def _show_outcome(outcome: Outcome, language: Language) -> None:
    for path in outcome.written:
        typer.echo(path)
    if outcome.question is None:
        typer.echo(outcome.note.words(language))
        return
    for note in outcome.question.notes:
        _complain("", note.words(language))
    if any(not item.unsure for item in outcome.question.refused):
        _complain("", "--overrule REASON lets refused words stand; the reason is published")
    if any(item.unsure for item in outcome.question.refused):
        _complain("", "--confirm lets words stand that no check can decide on; they are marked")
    raise typer.Exit(1)


SourceAction = Literal["list", "add", "try", "pause", "resume", "remove"]


@app.command()
def sources(
    action: Annotated[SourceAction, typer.Argument(help="What to do.")] = "list",
    name: Annotated[
        str, typer.Argument(help="The source's name, which you choose.", show_default=False)
    ] = "",
    place: Annotated[
        str, typer.Argument(help="Its address, or a folder.", show_default=False)
    ] = "",
    kind: Annotated[
        Literal["feed", "oai", "openalex", "crossref", "address", "folder"],
        typer.Option(help="What it is."),
    ] = "feed",
    query: Annotated[
        str, typer.Option(help="OpenAlex, Crossref: a DOI or search=…; OAI-PMH: set=…")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Feeds, repositories, queries, pages and folders that the nights look into.

    `add` follows one, `try` shows what one tells of without taking it in, `list` lists them.
    """
    with _one_line_errors():
        from corpus.store import followed_sources
        from passerelle import following

        store = _open()
        if action != "list":
            if not name:
                raise typer.BadParameter(f"{action} what? give the source's name")
            if not place and kind == "feed" and query:
                raise typer.BadParameter("say with --kind what the query is for")
            lines = following.told(store, action, name, kind, place, query)
            _print_json({"told": lines}) if as_json else typer.echo("\n".join(lines))
            return
        rows = followed_sources(store)
        if as_json:
            _print_json({"sources": [asdict(row) for row in rows]})
            return
        for line in following.listed(store, "en"):
            typer.echo(line)
        if not rows:
            typer.echo("No source is followed; passerelle sources add NAME ADDRESS adds a feed.")


@app.command()
def forget(
    document: Annotated[
        str,
        typer.Argument(metavar="DOCUMENT", help="Its id, its SHA-256, or the file or address."),
    ],
    as_json: AsJson = False,
) -> None:
    """Remove a document and all that was drawn from it, and say what was removed and is left."""
    with _one_line_errors():
        from passerelle import batches, forgotten

        store = _open()
        gone = batches.forget_document(document, store)
        traces = forgotten.clear(gone.document)
        pages, still = _clear_pages(gone.document.briefs, store)
        if as_json:
            told = {**asdict(gone.document), **asdict(gone), "document": document}
            _print_json({**told, "traces": asdict(traces), "pages": pages, "pages_left": still})
            return
        for line in _of_forgotten(gone, traces, pages, still):
            typer.echo(line)


def _of_forgotten(
    gone: Removed, traces: Traces, pages: Mapping[str, int], still: Sequence[str]
) -> Iterator[str]:
    """What was removed of a document, and what is left of it, in a line each."""
    yield from (f"forgotten  {name}" for name in gone.document.documents)
    counts = gone.document.rows.items()
    yield from (f"removed    {count} of {table.replace('_', ' ')}" for table, count in counts)
    yield from (f"removed    {path}" for path in gone.files)
    yield from (f"removed    its lines from {path}" for path in traces.digests)
    shown = {"results of runs": traces.results, **pages}.items()
    yield from (f"removed    {count} {name} from Prefect" for name, count in shown if count)
    theirs = "which somebody has edited; remove it yourself"
    yield from (f"left       {path}, {theirs}" for path in gone.edited)
    source = "the source; remove it, or it is taken in again"
    yield from (f"left       {path}, {source}" for path in gone.left)
    may = "which names it or may hold it; remove it yourself"
    yield from (f"left       {path}, {may}" for path in traces.left)
    yield from (f"left       {line}" for line in still)


def _clear_pages(briefs: Sequence[str], store: Store) -> tuple[dict[str, int], list[str]]:
    """Remove forgotten briefs from Prefect's pages where they are in reach.

    How many of what was removed, and what is left there.
    """
    if not briefs:
        return {}, []
    from passerelle import serve as serving
    from passerelle.settings import settings

    events = (
        "Prefect's events, which may name it until its server removes them "
        "(PREFECT_SERVER_EVENTS_RETENTION_PERIOD, 7 days)"
    )
    api = serving.api_in_reach(settings().home)
    if not api:
        return {}, ["Prefect's pages, which follow when passerelle serve starts", events]
    os.environ |= serving.client_environment(api)
    try:
        from passerelle import forgotten_pages

        return asdict(forgotten_pages.clear(store)), [events]
    except Exception as error:  # whatever Prefect's client raises; the store's part is done
        status = getattr(getattr(error, "response", None), "status_code", None)
        why = " ".join(str(error).split())[:120] or type(error).__name__
        if status in (401, 403):
            why = "they ask for PASSERELLE_PASSWORD"
        pages = f"Prefect's pages ({why}); passerelle serve clears them within two minutes"
        return {}, [pages, events]


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 4200,
) -> None:
    """Start the pages, the nightly schedule and a worker, until Ctrl-C."""
    with _one_line_errors():
        from passerelle import serve as serving

        serving.serve(host, port, lambda line: print(line, flush=True))


reviewers_app = typer.Typer(help="Who may sign in at the desk.", invoke_without_command=True)
app.add_typer(reviewers_app, name="reviewers")


@reviewers_app.callback()
def reviewers(context: typer.Context) -> None:
    """Show who may sign in at the desk, or add and remove somebody.

    As long as nobody is listed, the desk asks for no name; it then answers this machine alone.
    """
    if context.invoked_subcommand is None:
        from passerelle.desk import sign_in

        with _one_line_errors():
            for one in sign_in.reviewers().values():
                print(f"{one.name}  {one.role}  {one.email}".rstrip())


@reviewers_app.command("add")
def add_reviewer(
    name: Annotated[str, typer.Argument(help="As decisions will show it.")],
    operator: Annotated[
        bool, typer.Option("--operator", help="May also reach Prefect's pages.")
    ] = False,
    email: Annotated[str, typer.Option(help="Where to write about drafts given to them.")] = "",
) -> None:
    """List somebody; their password is asked for, or read from standard input."""
    from passerelle.desk import sign_in

    with _one_line_errors():
        if sys.stdin.isatty():
            password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
        else:
            password = sys.stdin.readline().rstrip("\r\n")
        sign_in.add_reviewer(name, password, "operator" if operator else "reviewer", email)
        print(f"{name} may sign in. A server that runs already asks for names from now on; it is")
        print("closed to them but for the desk once it is started again.")


@reviewers_app.command("remove")
def remove_reviewer(name: str) -> None:
    """Take somebody off the list, which ends their sessions at once."""
    from passerelle.desk import sign_in

    with _one_line_errors():
        sign_in.remove_reviewer(name)


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """Say what is installed, which models are found, what is missing and how to get it."""
    with _one_line_errors():
        from passerelle.doctor import examine

        findings = examine()
        if as_json:
            rows = [asdict(finding) for finding in findings]
            _print_json({"ok": all(finding.ok for finding in findings), "findings": rows})
        else:
            for finding in findings:
                mark = "ok     " if finding.ok else "missing"
                remedy = f"; {finding.remedy}" if not finding.ok else ""
                typer.echo(f"{mark}  {finding.name}: {finding.value}{remedy}")
        if not all(finding.ok for finding in findings):
            raise typer.Exit(1)


if __name__ == "__main__":
    main()

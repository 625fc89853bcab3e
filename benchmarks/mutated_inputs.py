"""Does any reader crash, hang, fail of its own or come back empty on damaged files?

    python benchmarks/mutated_inputs.py [FOLDER] [--count 10000] [--seed 1]

Well-formed seeds of every format (the samples, files made here, and those of a FOLDER) are changed
where their structure can hurt: elements of XML dropped, doubled, nested, renamed, filled with odd
text; the parts of Word and OpenDocument files likewise, and their archives; objects, streams,
numbers and operators of PDFs; lines and bytes of text. Each is read in a child process, which may
take ``LIMIT`` seconds and ``MEMORY`` bytes. What may come back is a document with text, or one line
that says why not; anything else is counted and named. Exit status 1 where there is any.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing as mp
import os
import random
import re
import resource
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from multiprocessing.connection import Connection
from pathlib import Path

from lxml import etree

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from corpus.document import BODY_KINDS
from corpus.errors import PasserelleError
from corpus.readers import SUFFIXES, read_bytes

SEEDS = Path(__file__).resolve().parent / "seeds"
SAMPLES = Path(__file__).resolve().parent.parent / "corpus" / "samples"
#: Seconds that one file may take, and bytes of memory that reading may have.
LIMIT, MEMORY = 20.0, 3 << 30
#: Files larger than this make poor seeds: most changes hit what doesn't matter.
LARGEST_SEED = 600_000

Seed = tuple[str, bytes]
Change = Callable[[bytes, random.Random], bytes]

ODD = (
    "", " ", "\u200b", "\ufffe",
    "\u202e", "\U0001f600" * 3, "é" * 500, "0" * 400, "-1", "NaN", "\u0301",
    "<", "&", "]]>", "99999999999999999999", "\\frac{1}{", "a" * 20_000, "Results: ", "RETRACTED: ",
    "[12]", "\u00ad", "10.1/(((", "١٢٣", "ſt", "\u2028",
)  # fmt: skip

PROSE = (
    "Shaded streets stayed cooler than open ones during every hot week of the two summers. We "
    "hung sensors on forty lamp posts and read them every hour. Les rues ombragées sont restées "
    "plus fraîches que les autres."
)


# --- seeds ------------------------------------------------------------------------------------


def seeds(folder: Path | None = None) -> list[Seed]:
    """Well-formed files of every format, by name, in order."""
    written = [*sorted(SAMPLES.iterdir()), *sorted(SEEDS.iterdir())]
    found = [
        (path.name, path.read_bytes())
        for path in written
        if path.suffix in SUFFIXES and path.name != "README.md"
    ]
    found += [(f"made{suffix}", make()) for suffix, make in MADE.items()]
    if folder is not None:
        found += [
            (path.name, path.read_bytes())
            for path in sorted(folder.iterdir())
            if path.is_file() and path.stat().st_size < LARGEST_SEED
        ]
    return found


def _word() -> bytes:
    from docx import Document

    made = Document()
    made.add_paragraph("Streets", style="Title")
    made.add_paragraph("Results", style="Heading 1")
    made.add_paragraph(PROSE).add_run("12").font.superscript = True
    made.add_paragraph(PROSE, style="List Bullet")
    table = made.add_table(2, 2)
    table.cell(0, 0).text = "Street"
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


def _open_document() -> bytes:
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
        for prefix in ("office", "text", "table", "style")
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:text>"
        "<text:h text:outline-level='1'>Results</text:h>"
        f"<text:p>{PROSE}<text:s text:c='3'/></text:p>"
        f"<text:list><text:list-item><text:p>{PROSE}</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>1</text:p></table:table-cell>"
        "</table:table-row></table:table></office:text></office:body></office:document-content>"
    ).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
    return packed.getvalue()


def _pdf() -> bytes:
    """Two pages whose streams stand open in the file, so that changes reach their operators."""
    from reportlab.pdfgen.canvas import Canvas

    saved = io.BytesIO()
    canvas = Canvas(saved, pageCompression=0, invariant=1)
    for page in (1, 2):
        canvas.setFont("Times-Bold", 16)
        canvas.drawString(60, 780, f"Streets {page}")
        canvas.setFont("Times-Roman", 10)
        for column in (60, 320):
            for number in range(30):
                words = PROSE.split()[number % 20 : number % 20 + 8]
                canvas.drawString(column, 750 - 12 * number, " ".join(words))
        canvas.beginForm(f"form{page}")
        canvas.drawString(60, 90, "Figure 1. A form.")
        canvas.endForm()
        canvas.doForm(f"form{page}")
        canvas.showPage()
    canvas.save()
    return saved.getvalue()


MADE: dict[str, Callable[[], bytes]] = {
    ".docx": _word,
    ".odt": _open_document,
    ".pdf": _pdf,
}


# --- changes ----------------------------------------------------------------------------------


def change_xml(content: bytes, dice: random.Random) -> bytes:
    """One to four changes to the elements of a tree; to its bytes where it is none."""
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError:
        return change_bytes(content, dice)
    for _ in range(dice.randint(1, 4)):
        elements = [element for element in root.iter(etree.Element)]
        dice.choice(_XML_CHANGES)(dice.choice(elements), root, dice)
    made = bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))
    return change_bytes(made, dice) if dice.random() < 0.1 else made


def _drop(element: etree._Element, root: etree._Element, dice: random.Random) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _double(element: etree._Element, root: etree._Element, dice: random.Random) -> None:
    copied = deepcopy(element)
    dice.choice(list(root.iter(etree.Element))).append(copied)


def _nest(element: etree._Element, root: etree._Element, dice: random.Random) -> None:
    inner = element
    for _ in range(dice.choice((1, 5, 90, 300))):
        inner = etree.SubElement(inner, element.tag)
    inner.text = PROSE


def _rename(element: etree._Element, root: etree._Element, dice: random.Random) -> None:
    others = list(root.iter(etree.Element))
    element.tag = dice.choice(others).tag


def _odd_text(element: etree._Element, root: etree._Element, dice: random.Random) -> None:
    odd = dice.choice(ODD).replace("\ufffe", "")
    if dice.random() < 0.5:
        element.text = odd
    else:
        element.tail = odd


def _odd_attribute(element: etree._Element, root: etree._Element, dice: random.Random) -> None:
    names = list(element.attrib) or ["lang"]
    odd = dice.choice(ODD).replace("\ufffe", "")
    element.set(str(dice.choice(names)), odd)


def _hollow(element: etree._Element, root: etree._Element, dice: random.Random) -> None:
    tag, tail = element.tag, element.tail
    element.clear()
    element.tag, element.tail = tag, tail


_XML_CHANGES = (_drop, _double, _nest, _rename, _odd_text, _odd_attribute, _hollow)


def change_archive(content: bytes, dice: random.Random) -> bytes:
    """Changes to the parts of an office file, or to its archive."""
    if dice.random() < 0.15:
        return change_bytes(content, dice)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    xml = [name for name in parts if name.endswith((".xml", ".rels"))]
    main = [name for name in xml if name.endswith(("document.xml", "content.xml", "styles.xml"))]
    target = dice.choice(main if dice.random() < 0.8 else xml)
    if dice.random() < 0.1:
        del parts[target]
    else:
        parts[target] = change_xml(parts[target], dice)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return packed.getvalue()


_PDF_NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
_PDF_OBJECT = re.compile(rb"\d+ 0 obj.*?endobj", re.DOTALL)
_PDF_NAME = re.compile(rb"/[A-Za-z][\w+]*")


def change_pdf(content: bytes, dice: random.Random) -> bytes:
    """One to six changes to numbers, names, objects and operators of a PDF."""
    for _ in range(dice.randint(1, 6)):
        content = dice.choice(_PDF_CHANGES)(content, dice)
    return content


def _pdf_number(content: bytes, dice: random.Random) -> bytes:
    new = dice.choice((b"0", b"-1", b"99999999", b"1e9", b"0.0001", b"NaN", b"7"))
    return _replaced(content, _PDF_NUMBER, lambda found: new, dice)


def _pdf_name(content: bytes, dice: random.Random) -> bytes:
    names = _PDF_NAME.findall(content) or [b"/X"]
    return _replaced(content, _PDF_NAME, lambda found: dice.choice(names), dice)


def _pdf_drop(content: bytes, dice: random.Random) -> bytes:
    return _replaced(content, _PDF_OBJECT, lambda found: b"", dice)


def _pdf_swap(content: bytes, dice: random.Random) -> bytes:
    objects = _PDF_OBJECT.findall(content) or [b""]
    body = dice.choice(objects).split(b"obj", 1)[-1]
    return _replaced(
        content, _PDF_OBJECT, lambda found: found.split(b"obj")[0] + b"obj" + body, dice
    )


def _pdf_operator(content: bytes, dice: random.Random) -> bytes:
    lines = content.split(b"\n")
    a, b = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[a], lines[b] = lines[b], lines[a]
    return b"\n".join(lines)


def _replaced(
    content: bytes, pattern: re.Pattern[bytes], new: Callable[[bytes], bytes], dice: random.Random
) -> bytes:
    found = list(pattern.finditer(content))
    if not found:
        return content
    one = dice.choice(found)
    return content[: one.start()] + new(one.group()) + content[one.end() :]


def change_bytes(content: bytes, dice: random.Random) -> bytes:
    """Bytes flipped, cut, repeated or put in."""
    made = bytearray(content)
    for _ in range(dice.randint(1, 8)):
        if not made:
            break
        at = dice.randrange(len(made))
        kind = dice.randrange(4)
        if kind == 0:
            made[at] = dice.randrange(256)
        elif kind == 1:
            del made[at : at + dice.choice((1, 10, 1_000, 100_000))]
        elif kind == 2:
            made[at:at] = made[at : at + dice.choice((1, 50, 2_000))]
        else:
            made[at:at] = dice.choice(ODD).encode("utf-8", "surrogatepass")
    return bytes(made)


def change_text(content: bytes, dice: random.Random) -> bytes:
    """Lines dropped, doubled, moved, joined or made odd."""
    lines = content.decode("utf-8", "replace").split("\n")
    for _ in range(dice.randint(1, 6)):
        at, to = dice.randrange(len(lines)), dice.randrange(len(lines))
        kind = dice.randrange(5)
        if kind == 0 and len(lines) > 1:
            del lines[at]
        elif kind == 1:
            lines.insert(to, lines[at])
        elif kind == 2:
            lines[at] += lines[to]
        elif kind == 3:
            lines[at] = dice.choice(ODD) + lines[at]
        else:
            lines[at] = lines[at][: len(lines[at]) // 2]
    made = "\n".join(lines).encode("utf-8", "surrogatepass")
    return change_bytes(made, dice) if dice.random() < 0.2 else made


CHANGES: dict[str, Change] = {
    ".docx": change_archive, ".odt": change_archive, ".pdf": change_pdf, ".html": change_text,
    ".xml": change_xml, ".nxml": change_xml,
}  # fmt: skip
_PDF_CHANGES: tuple[Change, ...] = (
    _pdf_number, _pdf_number, _pdf_name, _pdf_drop, _pdf_swap, _pdf_operator, change_bytes,
)  # fmt: skip


def mutants(found: Sequence[Seed], count: int, seed: int) -> Iterator[Seed]:
    """Changed files, the seeds in turn; the same for the same seed."""
    for number in range(count):
        name, content = found[number % len(found)]
        dice = random.Random(f"{seed}/{number}")  # noqa: S311 (nothing secret)
        change = CHANGES.get(Path(name).suffix.lower(), change_text)
        yield name, change(content, dice)


# --- reading ----------------------------------------------------------------------------------


def outcome(content: bytes, name: str) -> str:
    """What reading a file comes to: ``document``, ``refused``, or what must not be."""
    try:
        document = read_bytes(content, name)
    except PasserelleError as error:
        said = str(error)
        clear = said.startswith(f"{name}: ") and "\n" not in said and len(said) < 600
        return "refused" if clear else f"an unclear refusal ({said[:80]!r})"
    except MemoryError:
        return "refused"  # the child's limit, told as such by whoever set it
    except Exception as error:
        place = error.__traceback__
        while place is not None and place.tb_next is not None:
            place = place.tb_next
        where = f"{Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}" if place else ""
        return f"an internal error ({type(error).__name__} at {where})"
    told = any(b.kind in BODY_KINDS and b.end > b.start for b in document.blocks)
    return "document" if told else "a silent empty"


def _child(line: Connection) -> None:
    os.environ["PASSERELLE_OCR"] = "false"  # the readers are measured, not another program
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    while True:
        name, content = line.recv()
        line.send(outcome(content, name))


def measure(files: Iterator[Seed], report: Callable[[int, str, bytes, str], None]) -> Counter[str]:
    """Read every file in a child that is begun anew where it crashed or hung."""
    context = mp.get_context("spawn")
    counts: Counter[str] = Counter()
    process, line = None, None
    for number, (name, content) in enumerate(files):
        if process is None or line is None:
            line, other = context.Pipe()
            process = context.Process(target=_child, args=(other,), daemon=True)
            process.start()
            other.close()
            limit = LIMIT + 60
        line.send((name, content))
        try:
            became = line.recv() if line.poll(limit) else "a hang"
        except EOFError:
            became = "a crash"
        limit = LIMIT
        if became in ("a hang", "a crash"):
            process.kill()
            process.join()
            process = line = None
        counts[became] += 1
        if became not in ("document", "refused"):
            report(number, name, content, became)
    if process is not None:
        process.kill()
    return counts


def main() -> int:
    """Measure, name what must not be, keep those files."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for the files that failed")
    options = parser.parse_args()

    def report(number: int, name: str, content: bytes, became: str) -> None:
        print(f"  {number} {name}: {became}")
        if options.keep:
            options.keep.mkdir(parents=True, exist_ok=True)
            (options.keep / f"{options.seed}-{number}-{name}").write_bytes(content)

    begun = time.perf_counter()
    counts = measure(mutants(seeds(options.folder), options.count, options.seed), report)
    seconds = time.perf_counter() - begun
    wrong = sum(n for became, n in counts.items() if became not in ("document", "refused"))
    print(
        f"{sum(counts.values())} changed files in {seconds:.0f} s: {counts['document']} documents, "
        f"{counts['refused']} refused in one line, {wrong} that must not be"
    )
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())

"""What the PDF reader promises, on small papers made on the fly and one public paper."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus.document import Document, normalize
from corpus.errors import UnreadableError
from corpus.readers import pdf_glyphs
from corpus.readers.pdf import read
from corpus.readers.pdf_layout import Piece, _cut
from corpus.readers.pdf_text import Vocabulary, join_lines

WIDTH, HEIGHT = 595, 842
LEFT, MIDDLE, COLUMN = 60, 310, 225

Limit = Callable[[str, int], None]


def make(draw: Callable[[Canvas], None], **options: object) -> bytes:
    """The bytes of a PDF that ``draw`` fills."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=1, **options)
    draw(canvas)
    canvas.save()
    return buffer.getvalue()


def put(
    canvas: Canvas, x: float, y: float, lines: Sequence[str], size: float = 10, font: str = "Times"
) -> float:
    """Print lines below one another; the height of the line after the last."""
    name = {"Times": "Times-Roman", "bold": "Times-Bold", "italic": "Times-Italic"}[font]
    for line in lines:
        canvas.setFont(name, size)
        canvas.drawString(x, y, line)
        y -= 1.2 * size
    return y


def justify(canvas: Canvas, x: float, y: float, text: str, width: float = COLUMN) -> float:
    """Print a paragraph with a first-line indent; the height of the line after its last."""
    canvas.setFont("Times-Roman", 10)
    line, indent = "", 12.0
    for word in text.split():
        longer = f"{line} {word}".strip()
        if canvas.stringWidth(longer, "Times-Roman", 10) > width - indent:
            canvas.drawString(x + indent, y, line)
            line, indent, y = word, 0.0, y - 12
        else:
            line = longer
    canvas.drawString(x + indent, y, line)
    return y - 12


def texts(document: Document, kind: str) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind == kind]


def section_of(document: Document, words: str) -> str | None:
    block = document.block_at(document.text.index(words))
    return block.section if block else None


PARAGRAPHS = [
    "The city planted four hundred trees along the streets of the old town and the council asked "
    "the university to find out whether the people who live there had noticed any change in the "
    "heat of the afternoon during the two summers that followed the planting of the trees.",
    "We asked the residents of every third house to write down the temperature of their kitchen "
    "at noon and at midnight, and we compared these notes with those of the residents of a part "
    "of the town in which nothing had been planted and nothing else had been changed.",
    "Most of the residents who answered said that the afternoons were cooler than before, but the "
    "thermometers in their kitchens showed a smaller difference, and at midnight they showed no "
    "difference at all between the two parts of the town that we compared in this study.",
    "It is possible that the people who answered were those who like trees most, so that these "
    "answers should be read with care, and we would ask other towns to repeat the measurements "
    "with instruments that are read by someone who does not know which street has the trees.",
]


def two_columns(canvas: Canvas) -> None:
    for page in (1, 2, 3):
        canvas.setFont("Times-Italic", 8)
        canvas.drawString(LEFT, 810, f"Annals of Street Trees {page + 10}")
        canvas.drawCentredString(WIDTH / 2, 30, str(page + 40))
        y = 780.0
        if page == 1:
            y = put(canvas, LEFT, 780, ["What trees do for the heat of a town"], 18, "bold")
            y = put(canvas, LEFT, y, ["Jo Sample, Max Example"], 11)
            y = put(canvas, LEFT, y - 10, ["Abstract"], 12, "bold")
            y = justify(canvas, LEFT, y, " ".join(PARAGRAPHS), 475) - 20
        for x in (LEFT, MIDDLE):
            top = y
            if (page, x) == (1, LEFT):
                top = put(canvas, x, top, ["1 Introduction"], 12, "bold")
            for number, paragraph in enumerate(PARAGRAPHS):
                side = "left" if x == LEFT else "right"
                top = justify(canvas, x, top, f"Page {page} {side} {number}. {paragraph}")
        canvas.showPage()


@pytest.fixture(scope="module")
def paper() -> Document:
    return read(make(two_columns), "trees.pdf")


def test_two_columns_are_read_one_after_the_other(paper: Document) -> None:
    found = re.findall(r"Page (\d) (left|right) (\d)\.", paper.text)
    expected = [(p, s, n) for p in "123" for s in ("left", "right") for n in "0123"]
    assert found == expected


def test_each_paragraph_is_one_block_on_its_page(paper: Document) -> None:
    for start, page in [("Page 1 left 2", 1), ("Page 2 right 3", 2), ("Page 3 left 0", 3)]:
        block = paper.block_at(paper.text.index(start))
        assert block is not None
        assert (block.kind, block.page) == ("paragraph", page)
        assert paper.text[block.start :].startswith(start)
        assert paper.text[block.start : block.end].endswith(PARAGRAPHS[int(start[-1])])


def test_title_authors_line_abstract_and_sections_are_told_apart(paper: Document) -> None:
    assert paper.title == "What trees do for the heat of a town"
    assert texts(paper, "metadata") == ["Jo Sample, Max Example"]
    assert texts(paper, "heading") == ["Abstract", "1 Introduction"]
    assert section_of(paper, PARAGRAPHS[0]) == "Abstract"
    assert section_of(paper, "Page 1 right 0") == "1 Introduction"


def test_running_heads_and_page_numbers_are_boilerplate(paper: Document) -> None:
    heads = [f"Annals of Street Trees {n}" for n in (11, 12, 13)]
    assert sorted(texts(paper, "boilerplate")) == sorted([*heads, "41", "42", "43"])


def test_a_paragraph_that_crosses_columns_and_pages_is_whole_and_keeps_its_pages() -> None:
    def draw(canvas: Canvas) -> None:
        words = " ".join(f"{paragraph}" for paragraph in PARAGRAPHS)
        y = justify(canvas, LEFT, 780, words)
        y = justify(canvas, LEFT, y, words)
        put(canvas, LEFT, y, ["The rate fell by twelve per cent in the first part of", "the"])
        y = put(canvas, MIDDLE, 780, ["study and then it"])
        justify(canvas, MIDDLE, y, words)
        put(
            canvas,
            MIDDLE,
            100,
            ["    Nobody could say why the second summer was", "so much hotter"],
        )
        canvas.showPage()
        y = put(canvas, LEFT, 780, ["than the first one of the two."])
        justify(canvas, LEFT, y, words)
        justify(canvas, MIDDLE, 780, words)

    document = read(make(draw), "crossing.pdf")
    sentence = (
        "Nobody could say why the second summer was so much hotter than the first one of the two."
    )
    assert "in the first part of the study and then it" in document.text
    start = document.text.index(sentence)
    assert document.place(start) == (1, None)
    assert document.place(start + sentence.index("than the first")) == (2, None)


def test_one_french_column_is_read_with_its_parts() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setTitle("Microsoft Word - rapport.docx")
        y = put(canvas, LEFT, 780, ["L'ombre des arbres et la chaleur"], 16, "bold")
        y = put(canvas, LEFT, y - 10, ["Résumé"], 12, "bold")
        y = justify(
            canvas, LEFT, y, "Nous avons mesuré la chaleur dans les rues de la ville pendant deux "
            "étés et nous avons comparé les quartiers où des arbres ont été plantés à ceux où rien "
            "n'a changé. Les après-midis sont plus frais, mais pas les nuits.", 470,
        )  # fmt: skip
        y = put(canvas, LEFT, y - 10, ["2. Méthodes"], 12, "bold")
        y = put(canvas, LEFT, y - 4, ["2.1 Données"], 10.5, "bold")
        y = justify(canvas, LEFT, y, "Les données viennent de la ville et elles sont libres.", 470)
        y = put(canvas, LEFT, y - 10, ["Remerciements"], 12, "bold")
        y = justify(canvas, LEFT, y, "Nous remercions les habitants de ces rues.", 470)
        put(canvas, LEFT, 90, ["Publié le 3 mai 2021. doi:10.5555/rue.2021.44"], 8)

    document = read(make(draw), "rapport.pdf")
    assert (document.language, document.title) == ("fr", "L'ombre des arbres et la chaleur")
    assert section_of(document, "Nous avons mesuré") == "Résumé"
    assert section_of(document, "Les données viennent") == "2. Méthodes › 2.1 Données"
    assert texts(document, "boilerplate") == ["Nous remercions les habitants de ces rues."]
    assert document.published == "2021-05-03"
    assert document.identifiers == {"doi": "10.5555/rue.2021.44"}


def test_three_columns_under_a_title_are_read_one_after_the_other() -> None:
    def draw(canvas: Canvas) -> None:
        top = put(canvas, 40, 780, ["A title as wide as the three columns below it"], 18, "bold")
        for x in (40, 220, 400):
            y = top - 10
            for number, paragraph in enumerate(PARAGRAPHS):
                y = justify(canvas, x, y, f"Column {x} part {number}. {paragraph}", 160)

    document = read(make(draw), "three.pdf")
    found = re.findall(r"Column (\d+) part (\d)", document.text)
    assert found == [(x, n) for x in ("40", "220", "400") for n in "0123"]
    assert document.title == "A title as wide as the three columns below it"


def test_a_wide_caption_cuts_two_columns_into_four() -> None:
    def draw(canvas: Canvas) -> None:
        for half, top in enumerate((780.0, 380.0)):
            for x in (LEFT, MIDDLE):
                y = top
                for number, paragraph in enumerate(PARAGRAPHS[:3]):
                    y = justify(canvas, x, y, f"Half {half} at {x} part {number}. {paragraph}")
        caption = "Figure 2. A map of the town that is as wide as the page, with every street tree"
        put(canvas, LEFT, 430, [caption + " in it,", "planted or felled."], 10)

    document = read(make(draw), "caption.pdf")
    found = re.findall(r"Half (\d) at (\d+) part (\d)|(Figure 2)", document.text)
    upper = [("0", x, n, "") for x in ("60", "310") for n in "012"]
    lower = [("1", x, n, "") for x in ("60", "310") for n in "012"]
    assert found == [*upper, ("", "", "", "Figure 2"), *lower]
    assert texts(document, "caption")[0].endswith("street tree in it, planted or felled.")


def test_line_numbers_side_bars_and_stamps_do_not_cut_sentences() -> None:
    def draw(canvas: Canvas) -> None:
        y = 780.0
        for number, paragraph in enumerate(PARAGRAPHS):
            y = justify(canvas, 90, y, f"Part {number}. {paragraph}", 300)
        for line in range(int((780 - y) / 12)):
            canvas.drawRightString(70, 780 - 12 * line, str(line + 1))
        facts = ["Trees cost little.", "They shade the", "street at noon but", "not at night."]
        put(canvas, 430, 771, facts, 9)
        canvas.translate(20, 300)
        canvas.rotate(90)
        canvas.drawString(0, 0, "preprint 2401.00001 of January 2024")

    document = read(make(draw), "manuscript.pdf")
    paragraphs = texts(document, "paragraph")
    assert paragraphs[:4] == [f"Part {n}. {words}" for n, words in enumerate(PARAGRAPHS)]
    assert "preprint 2401.00001 of January 2024" in texts(document, "boilerplate")
    assert "They shade the street at noon but not at night." in document.text


def test_points_of_a_list_are_list_items() -> None:
    points = ["• plant trees where it is hot", "• water them", "1. Measure the heat.", "2. Write."]

    def draw(canvas: Canvas) -> None:
        y = justify(canvas, LEFT, 780, PARAGRAPHS[0])
        y = put(canvas, LEFT + 12, y, points)
        justify(canvas, LEFT, y, PARAGRAPHS[1])

    document = read(make(draw), "list.pdf")
    assert texts(document, "list_item") == points
    assert texts(document, "paragraph") == PARAGRAPHS[:2]


def test_a_title_that_the_file_states_wins_over_a_larger_journal_name() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setTitle("Shade and heat in two streets")
        y = put(canvas, LEFT, 790, ["ANNALS OF TREES"], 26, "bold")
        y = put(canvas, LEFT, y, ["Shade and heat in", "two streets"], 16, "bold")
        y = put(canvas, LEFT, y - 8, ["Introduction"], 12, "bold")
        justify(canvas, LEFT, y, PARAGRAPHS[0], 470)

    document = read(make(draw), "journal.pdf")
    assert document.title == "Shade and heat in two streets"
    assert texts(document, "metadata") == ["ANNALS OF TREES"]


def test_captions_tables_and_footnotes_stay_out_of_paragraphs() -> None:
    def draw(canvas: Canvas) -> None:
        y = justify(canvas, LEFT, 780, PARAGRAPHS[0] + " " + PARAGRAPHS[1])
        canvas.setFont("Times-Roman", 7)
        canvas.drawString(LEFT + 60, y + 16, "1")
        y = put(canvas, LEFT, y - 10, ["Table 1. Kitchens at noon, in", "degrees"], 9)
        for row in (
            ["Street", "Before", "After"],
            ["Oak", "29.1", "27.9"],
            ["Elm", "28.4", "28.2"],
        ):
            for x, cell in zip((0, 90, 160), row, strict=True):
                canvas.drawString(LEFT + x, y, cell)
            y -= 12
        justify(canvas, LEFT, y - 10, PARAGRAPHS[2])
        canvas.setFont("Times-Roman", 5)
        canvas.drawString(LEFT, 93, "1")
        put(canvas, LEFT + 4, 90, ["Only kitchens with a window to the street."], 8)

    document = read(make(draw), "table.pdf")
    assert texts(document, "caption") == ["Table 1. Kitchens at noon, in degrees"]
    assert texts(document, "table") == ["Street Before After", "Oak 29.1 27.9", "Elm 28.4 28.2"]
    assert texts(document, "footnote") == ["[1] Only kitchens with a window to the street."]
    assert PARAGRAPHS[2] in texts(document, "paragraph")


def test_each_reference_is_a_block_until_the_appendix() -> None:
    entries = [
        [
            "Doe J, Roe R (2016). Who is hot? The heat of",
            "the towns of an imagined coast. Sample Press.",
        ],
        [
            "Lorem P (2019). The burden of summer in the",
            "towns that nobody has visited. Sample Press.",
        ],
        ["Nemo A (2020). Shade. Sample Press."],
    ]

    def draw(canvas: Canvas) -> None:
        y = put(canvas, LEFT, 780, ["4 Conclusion"], 12, "bold")
        y = justify(canvas, LEFT, y, " ".join(PARAGRAPHS[:3]))
        y = put(canvas, LEFT, y - 10, ["References"], 12, "bold")
        for first, *rest in entries:
            y = put(canvas, LEFT, y, [first])
            y = put(canvas, LEFT + 12, y, rest)
        y = put(canvas, LEFT, y - 10, ["Appendix A. Kitchens"], 12, "bold")
        justify(canvas, LEFT, y, PARAGRAPHS[3])

    document = read(make(draw), "references.pdf")
    assert texts(document, "reference") == [" ".join(entry) for entry in entries]
    assert section_of(document, PARAGRAPHS[3]) == "Appendix A. Kitchens"
    assert PARAGRAPHS[3] in texts(document, "paragraph")


def test_raised_numbers_are_set_apart_and_exponents_kept() -> None:
    def draw(canvas: Canvas) -> None:
        y = justify(canvas, LEFT, 780, PARAGRAPHS[0])
        line = canvas.beginText(LEFT, y)
        for text, rise, size in [
            ("We counted", 0, 10), ("12", 4, 6), (" about 10", 0, 10), ("6", 4, 6),
            (" leaves on 3 km", 0, 10), ("2", 4, 6), (".", 0, 10),
        ]:  # fmt: skip
            line.setFont("Times-Roman", size)
            line.setRise(rise)
            line.textOut(text)
        canvas.drawText(line)

    text = read(make(draw), "raised.pdf").text
    assert "We counted [12] about 10^6 leaves on 3 km^2." in text


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["the tempera-", "ture of it"], "the temperature of it"),
        (["the tempera\u00ad", "ture of it"], "the temperature of it"),
        (["a soft\u00adhyphen inside"], "a softhyphen inside"),
        (["a long-", "term plan"], "a long-term plan"),
        (["a citation-", "based index"], "a citation-based index"),
        (["from 10-", "20 degrees"], "from 10-20 degrees"),
        (["from 10–", "20 degrees"], "from 10–20 degrees"),
        (["COVID-", "19 cases"], "COVID-19 cases"),
        (["fell by -", "5 degrees"], "fell by - 5 degrees"),
        (["Hahn-", "Powell wrote"], "Hahn-Powell wrote"),
        (["short- ", "and long-term"], "short- and long-term"),
        (["long-", "and short-term"], "long- and short-term"),
        (["see http://example.org/", "trees for it"], "see http://example.org/trees for it"),
    ],
)
def test_a_hyphen_at_a_line_end_is_settled_by_the_document(lines: list[str], expected: str) -> None:
    elsewhere = ["long-term and rule-based", "the citation is based on it", "the temperature"]
    vocabulary = Vocabulary.of([*elsewhere, *lines])
    assert join_lines([(line, 1) for line in lines], vocabulary) == (expected, ())


def test_ligatures_and_loose_accents_become_letters() -> None:
    from corpus.readers.pdf_glyphs import Glyph, Sheet
    from corpus.readers.pdf_layout import page_lines, page_of

    row = [("o", 0), ("ﬃ", 5), ("c", 12), ("e", 17), ("´", 30), ("e", 30), ("t", 35), ("´", 40)]
    row += [("e", 40)]
    glyphs = [Glyph(text, x, x + 5, 700, 10, False, False, x == 30) for text, x in row]
    lines = page_lines(page_of(Sheet(1, WIDTH, HEIGHT, tuple(glyphs), ())))
    assert [line.text for line in lines] == ["office été"]


# --- refusals ---------------------------------------------------------------------------------


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        read(content, "paper.pdf")
    message = str(caught.value)
    assert message.startswith("paper.pdf: ")
    assert "\n" not in message
    return message


def test_an_encrypted_pdf_asks_for_a_copy_without_password() -> None:
    def draw(canvas: Canvas) -> None:
        justify(canvas, LEFT, 780, PARAGRAPHS[0])

    content = make(draw, encrypt=StandardEncryption("secret", "owner"))
    assert refusal(content) == ("paper.pdf: is password-protected; save a copy without a password")


def test_a_picture_without_text_asks_for_ocr() -> None:
    from PIL import Image

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(Image.new("RGB", (60, 80), "grey")), 0, 0, WIDTH, HEIGHT)

    assert "have no text layer; run OCR (text recognition) on it first" in refusal(make(draw))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_pdf_is_refused_in_one_line(share: float) -> None:
    content = make(two_columns)
    assert "cut short" in refusal(content[: int(share * len(content))])


def test_a_damaged_pdf_is_refused_in_one_line() -> None:
    assert "damaged" in refusal(b"%PDF-1.7\nnothing of a PDF follows\n%%EOF\n")


def test_a_pdf_without_pages_is_refused_in_one_line() -> None:
    content = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"trailer<</Root 1 0 R/Size 3>>\n%%EOF\n"
    )
    assert re.search(r"no pages|damaged", refusal(content))


def test_a_pdf_of_too_many_pages_is_refused(limit: Limit) -> None:
    limit("max_pages", 2)
    told = refusal(make(two_columns))
    assert "3 pages, more than 2; split the PDF, or set PASSERELLE_MAX_PAGES higher" in told


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    places=st.lists(
        st.tuples(st.integers(0, 560), st.integers(20, 820), st.integers(4, 30), st.integers(0, 3)),
        min_size=1,
        max_size=25,
    )
)
def test_no_word_is_lost_wherever_it_stands(places: list[tuple[int, int, int, int]]) -> None:
    """Any words at any places: blocks are ordered, normalized, and hold every word."""
    vertical = iter(range(0, 800, 12))
    placed = [(x, 30 + next(vertical), size, turn) for x, _, size, turn in places]

    def draw(canvas: Canvas) -> None:
        put(canvas, 40, 835, ["these are the words that stand on the page and it is in English"], 6)
        for number, (x, y, size, turn) in enumerate(placed):
            canvas.saveState()
            canvas.translate(x % 400 if turn == 0 else 30 + x % 500, y)
            canvas.rotate(90 * (turn % 2))
            canvas.setFont("Times-Roman", min(size, 8))
            canvas.drawString(0, 0, f"word{number:02}x")
            canvas.restoreState()
        canvas.showPage()

    with pytest.MonkeyPatch.context() as patch:  # strewn words are in no language
        patch.setattr("corpus.readers.pdf.detect_language", lambda text, name: "en")
        try:
            document = read(make(draw), "words.pdf")
        except UnreadableError:  # words strewn like a table's hold no sentence
            return
    end = 0
    for block in document.blocks:
        text = document.text[block.start : block.end]
        assert block.start >= end
        assert text
        assert text == normalize(text)
        assert block.page == 1
        end = block.end
    letters = re.sub(r"\s|[-\[\]^]", "", document.text)
    missing = [
        n for n, place in enumerate(placed) if place[3] == 0 and f"word{n:02}x" not in letters
    ]
    assert missing == []


# --- a real paper -----------------------------------------------------------------------------


def squeeze(text: str) -> str:
    """Letters only, so that hyphens, spaces and citation numbers don't count."""
    return re.sub(r"[^a-zà-ÿ]+", "", text.lower())


@pytest.mark.shared_data
def test_a_published_paper_reads_as_its_tei_does(shared_data: Path) -> None:
    content = (shared_data / "papers" / "N18-3011.pdf").read_bytes()
    begin = time.perf_counter()
    document = read(content, "N18-3011.pdf")
    assert time.perf_counter() - begin < 6  # 0.6 s alone on a laptop core
    body = squeeze(" ".join(texts(document, "paragraph") + texts(document, "list_item")))
    tei = etree.parse(shared_data / "papers" / "N18-3011.tei.xml")
    tag = "{http://www.tei-c.org/ns/1.0}"
    sentences = [
        sentence
        for paragraph in tei.getroot().iterfind(f".//{tag}body//{tag}div/{tag}p")
        for sentence in re.split(
            r"(?<=[.?!])\s+(?=[A-Z])", normalize("".join(map(str, paragraph.itertext())))
        )
        if len(sentence.split()) >= 5
    ]
    found = sum(squeeze(sentence) in body for sentence in sentences)
    assert found >= 0.9 * len(sentences)
    assert document.title == "Construction of the Literature Graph in Semantic Scholar"
    assert len(document.authors) == 23
    assert len(texts(document, "reference")) == 27
    assert "frustratingly" not in body
    assert "2.1 Node Types" in (section_of(document, "We obtain metadata and PDF files") or "")


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ("self", "reported", True),
        ("cloud", "free", True),
        ("environ", "mental", False),
        ("munici", "palities", False),
        ("over", "all", False),
    ],
)
def test_a_hyphen_between_two_english_words_that_make_no_third_is_kept(
    first: str, second: str, kept: bool
) -> None:
    words = Vocabulary.of(["The benches were placed by the town and they are used by all."])
    assert words.keeps_hyphen(first, second) is kept


def test_english_words_say_nothing_of_a_french_word() -> None:
    mots = Vocabulary.of(["Les bancs sont au bord de la rivière et ils sont à tous les gens."])
    assert not mots.keeps_hyphen("pour", "tour")


# --- first pages as journals and repositories print them ----------------------------------------

ASKED = "We asked the residents of every third house to write down the heat of their kitchen."


def first_page(draw: Callable[[Canvas], float]) -> Callable[[Canvas], None]:
    """A page that begins as ``draw`` prints it and goes on with an introduction."""

    def whole(canvas: Canvas) -> None:
        y = draw(canvas)
        y = put(canvas, LEFT, y - 10, ["1. Introduction"], 11, "bold")
        for paragraph in PARAGRAPHS:
            y = justify(canvas, LEFT, y, paragraph, 470)

    return whole


def test_the_kind_of_article_is_not_its_title_however_large_it_is_printed() -> None:
    def draw(canvas: Canvas) -> float:
        y = put(canvas, LEFT, 800, ["Original Article"], 22, "bold")
        y = put(canvas, LEFT, y, ["Shade in the old town"], 15, "bold")
        return put(canvas, LEFT, y, ["Jo Sample and Max van Example"], 11)

    document = read(make(first_page(draw)), "kicker.pdf")
    assert document.title == "Shade in the old town"
    assert document.authors == ("Jo Sample", "Max van Example")


def test_authors_come_from_the_byline_and_not_from_who_made_the_file() -> None:
    def draw(canvas: Canvas) -> float:
        canvas.setAuthor("Shade Press Office")
        y = put(canvas, LEFT, 800, ["Shade in the old town"], 15, "bold")
        y = put(canvas, LEFT, y, ["Shade Press, vol. 4"], 9)
        return put(canvas, LEFT, y, ["Jo Sample, Max Example"], 11)

    assert read(make(first_page(draw)), "a.pdf").authors in (("Jo Sample", "Max Example"), ())


def test_the_cover_page_of_a_repository_is_set_apart() -> None:
    def cover_and_paper(canvas: Canvas) -> None:
        y = put(canvas, LEFT, 800, ["ELM REPOSITORY"], 24, "bold")
        put(canvas, LEFT, y, ["Accepted manuscript, downloaded from the repository of Elm College.",
                              "Terms of use: one copy for private study."])  # fmt: skip
        canvas.showPage()
        y = put(canvas, LEFT, 800, ["Shade in the old town"], 15, "bold")
        y = put(canvas, LEFT, y, ["Jo Sample"], 11)
        y = put(canvas, LEFT, y, ["Abstract"], 11, "bold")
        justify(canvas, LEFT, y, " ".join(PARAGRAPHS), 470)

    document = read(make(cover_and_paper), "cover.pdf")
    assert document.title == "Shade in the old town"
    assert [b.page for b in document.blocks if b.kind == "paragraph"] == [2]
    assert "ELM REPOSITORY" in texts(document, "boilerplate")


def test_dates_beside_an_abstract_stay_out_of_it() -> None:
    abstract = ["The city planted trees along the streets of the old town, and we asked",
                "the people who live there whether they had noticed any change in the",
                "heat. Most of them said that they had, the thermometers said less."]  # fmt: skip

    def draw(canvas: Canvas) -> float:
        put(canvas, LEFT, 800, ["Shade in the old town"], 15, "bold")
        put(canvas, LEFT, 760, ["a r t i c l e i n f o"])
        put(canvas, 230, 760, ["a b s t r a c t"])
        for n, line in enumerate(
            ["Article history:", "Received 3 May 2021", "Accepted 4 June 2021"]
        ):
            put(canvas, LEFT, 745 - 11 * n, [line], 8)
        for n, line in enumerate(abstract):
            put(canvas, 230, 745 - 11.4 * n, [line], 9)
        return 690

    def columns(canvas: Canvas) -> None:
        y = draw(canvas) - 20
        put(canvas, LEFT, y, ["1. Introduction"], 11, "bold")
        for x in (LEFT, MIDDLE):
            top = y - 14
            for paragraph in PARAGRAPHS[:2]:
                top = justify(canvas, x, top, paragraph)

    document = read(make(columns), "dates.pdf")
    assert " ".join(abstract) in texts(document, "paragraph")
    assert section_of(document, "The city planted trees along") == "abstract"
    assert not any("Received" in text for text in texts(document, "paragraph"))


def test_a_box_beside_the_text_is_apart_and_its_digits_enter_no_sentence() -> None:
    def draw(canvas: Canvas) -> float:
        put(canvas, LEFT, 800, ["Shade in the old town"], 15, "bold")
        put(canvas, LEFT, 760, ["Abstract"], 11, "bold")
        put(canvas, 430, 760, ["Open Peer Review"], 10, "bold")
        put(canvas, 430, 745, ["Referees 1 2", "version 3"], 8)
        return justify(canvas, LEFT, 745, " ".join(PARAGRAPHS[:2]), 300)

    document = read(make(first_page(draw)), "box.pdf")
    assert texts(document, "paragraph")[0] == " ".join(PARAGRAPHS[:2])
    assert not any("Peer Review" in text for text in texts(document, "heading"))


def test_labels_of_an_abstract_are_its_sections() -> None:
    def draw(canvas: Canvas) -> float:
        y = put(canvas, LEFT, 800, ["Shade in the old town"], 15, "bold")
        y = put(canvas, LEFT, y, ["Abstract"], 11, "bold")
        return justify(
            canvas, LEFT, y, f"Objective: To learn what shade does. Methods: {ASKED} Results: Most "
            "of them said that the afternoons were cooler.", 470,
        )  # fmt: skip

    document = read(make(first_page(draw)), "labels.pdf")
    assert section_of(document, ASKED) == "Abstract › Methods"
    assert texts(document, "paragraph")[:2] == ["To learn what shade does.", ASKED]


def test_a_label_within_a_sentence_opens_nothing() -> None:
    sentence = "There were two answers. Results: we have none. This was said by every tenth house."

    def draw(canvas: Canvas) -> float:
        y = put(canvas, LEFT, 800, ["Shade in the old town"], 15, "bold")
        return justify(canvas, LEFT, y - 8, f"{PARAGRAPHS[0]} {sentence}", 470)

    assert any(
        sentence in text for text in texts(read(make(first_page(draw)), "a.pdf"), "paragraph")
    )


def test_the_number_of_a_note_behind_a_number_is_none_of_its_powers() -> None:
    def draw(canvas: Canvas) -> float:
        y = put(canvas, LEFT, 800, ["Shade in the old town"], 15, "bold")
        put(canvas, LEFT, y - 8, ["The heat fell by 14"])
        canvas.setFont("Times-Roman", 6)
        canvas.drawString(LEFT + canvas.stringWidth("The heat fell by 14", "Times-Roman", 10),
                          y - 4, "2")  # fmt: skip
        put(canvas, LEFT + 90, y - 8, [" percent at noon in the streets that had been planted."])
        put(canvas, LEFT, 80, ["2. By the thermometers of the town."], 7)
        return y - 20

    document = read(make(first_page(draw)), "note.pdf")
    assert "fell by 14 [2] percent" in document.text
    assert texts(document, "footnote") == ["2. By the thermometers of the town."]


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["Elle est peut-", "être seule dans la rue."], "peut-être"),
        (["La sous-", "directrice a parlé de la rue."], "sous-directrice"),
        (["Les munici-", "palités ont parlé de la rue."], "municipalités"),
        (["Le surplom-", "b est dans la rue de la ville."], "surplomb"),
        (["Les trottoirs sont par-", "semés de feuilles dans la rue."], "parsemés"),
    ],
)
def test_french_hyphens_at_a_line_end_are_the_author_s_or_the_printer_s(
    lines: list[str], whole: str
) -> None:
    vocabulary = Vocabulary.of(["Les rues de la ville ont été plantées par les gens de la ville."])
    text, _ = join_lines([(line, 1) for line in lines], vocabulary)
    assert whole in text


def test_characters_without_width_at_a_columns_edge_end_the_cutting() -> None:
    """A damaged file can have them; the strip beside them parts nothing."""
    text = [Piece((), 51.0, 287.7, 400.0 - 12 * row, 9.5) for row in range(12)]
    edge = [Piece((), 307.5, 307.5, 394.0 - 12 * row, 0.1) for row in range(12)]
    leaves = _cut([*text, *edge], (), {})
    assert sorted(id(piece) for leaf in leaves for piece in leaf) == sorted(map(id, text + edge))


def test_near_an_accent_each_character_is_looked_at_by_itself_and_elsewhere_words() -> None:
    whole = "far " * 300 + "a re´sume´ was here " + "near " * 50
    found = [word for _, words in pdf_glyphs._words(whole) for _, word in words]
    assert "".join(found) == whole.replace(" ", "")
    assert found[0] == "far"
    assert found[-1] == "near"
    first = found.index("´")
    assert {len(text) for text in found[first - 20 : first + 8]} == {1}


@pytest.mark.parametrize("lacking", [(), (0,), (6,), (2, 3), (0, 1, 4, 6)])
def test_characters_without_a_code_keep_their_places(
    monkeypatch: pytest.MonkeyPatch, lacking: tuple[int, ...]
) -> None:
    """pdfium leaves them out of a page's text, and counts them all the same."""
    signs = "streets"
    codes = [0 if place in lacking else ord(sign) for place, sign in enumerate(signs)]
    kept = [place for place, code in enumerate(codes) if code]
    monkeypatch.setattr(pdf_glyphs, "_index", lambda page, index: kept[index])
    monkeypatch.setattr(pdf_glyphs, "_code", lambda page, index: codes[index])
    text = "".join(signs[place] for place in kept)
    whole = pdf_glyphs._filled(0, text, len(signs))
    assert whole == "".join("\ufffd" if p in lacking else sign for p, sign in enumerate(signs))


def _article(title: str, kicker: str = "", stamp: str = "") -> bytes:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Bold", 9)
        canvas.drawString(LEFT, 800, kicker)
        canvas.setFont("Times-Bold", 18)
        canvas.drawString(LEFT, 770, title)
        canvas.setFont("Times-Roman", 10)
        for row in range(20):
            canvas.drawString(
                LEFT, 720 - 12 * row, "The shaded streets stayed cooler than open ones."
            )
        if stamp:
            canvas.setFont("Helvetica-Bold", 60)
            canvas.translate(120, 300)
            canvas.rotate(45)
            canvas.drawString(0, 0, stamp)

    return make(draw)


@pytest.mark.parametrize(
    ("title", "kicker", "stamp", "article_type", "relations"),
    [
        ("Shade and heat", "", "", None, []),
        ("RETRACTED: Shade and heat", "", "", None, ["retracted_by"]),
        ("Shade and heat", "", "RETRACTED", None, ["retracted_by"]),
        ("Shade and heat", "RETRACTED ARTICLE", "", None, ["retracted_by"]),
        ("Erratum to: Shade and heat", "", "", "correction", ["corrects"]),
        ("Shade and heat", "CORRECTION", "", "correction", ["corrects"]),
        ("Shade and heat", "Retraction notice", "", "retraction", ["retracts"]),
        ("Shade and heat", "Research article", "", None, []),
    ],
)
def test_what_is_printed_of_a_retraction_or_a_notice_is_read(
    title: str, kicker: str, stamp: str, article_type: str | None, relations: list[str]
) -> None:
    document = read(_article(title, kicker, stamp), "shade.pdf")
    assert document.title == title
    assert document.article_type == article_type
    assert [relation.kind for relation in document.relations] == relations


@pytest.mark.parametrize("stamp", ["DRAFT", "ACCEPTED MANUSCRIPT", "NOT FOR CITATION"])
def test_what_is_printed_across_a_page_is_neither_its_title_nor_in_its_text(stamp: str) -> None:
    document = read(_article("Shade and heat", stamp=stamp), "shade.pdf")
    assert document.title == "Shade and heat"
    [text] = [b for b in document.blocks if b.kind == "paragraph"]
    assert stamp not in document.text[text.start : text.end]

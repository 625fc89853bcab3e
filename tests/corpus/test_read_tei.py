"""The TEI reader gives what the JATS reader gives, and XML goes by its root, not its file name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from corpus.document import Block, Document, normalize
from corpus.errors import UnreadableError
from corpus.readers import read_bytes, reader_for
from corpus.readers.tei import read

HEADER = """
<teiHeader xml:lang="en">
  <fileDesc>
    <titleStmt><title level="a" type="main">Street trees and heat</title>
    <title type="sub">A study of two towns</title>
    <funder><orgName type="full">The Shade Fund</orgName></funder></titleStmt>
    <publicationStmt><publisher>Leaf Press</publisher>
      <availability><licence><p>Free to share.</p></licence></availability>
      <date type="published" when="2021-02-05">5 February 2021</date></publicationStmt>
    <sourceDesc><biblStruct>
      <analytic>
        <author><persName><forename type="first">Ana</forename><forename type="middle">B</forename>
          <surname>Roy</surname></persName><email>ana@example.org</email></author>
        <author><orgName type="collaboration">The Shade Group</orgName></author>
        <author><affiliation><orgName>Town College</orgName></affiliation></author>
        <title level="a" type="main">Street trees and heat</title>
      </analytic>
      <monogr><title level="j" type="main">Journal of Shade</title>
        <title level="j" type="abbrev">J Shade</title>
        <imprint><biblScope unit="volume">3</biblScope><date when="2020"/></imprint></monogr>
      <idno type="MD5">00FF</idno><idno type="DOI">10.1234/shade.7</idno>
    </biblStruct></sourceDesc>
  </fileDesc>
  <profileDesc>
    <textClass><keywords><term>trees</term><term>heat</term></keywords></textClass>
    <abstract><div><p><s>Shade lowered heat by 2 °C.</s><s>Towns can plant more.</s></p></div>
    </abstract>
  </profileDesc>
</teiHeader>
"""


def tei(body: str, back: str = "", header: str = "", lang: str = "en", front: str = "") -> bytes:
    return (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{header}<text xml:lang="{lang}">{front}'
        f"<body>{body}</body><back>{back}</back></text></TEI>"
    ).encode()


def pairs(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def places(document: Document) -> list[tuple[str, str | None, str]]:
    return [(b.kind, b.section, document.text[b.start : b.end]) for b in document.blocks]


def found(document: Document, words: str) -> Block:
    return next(b for b in document.blocks if words in document.text[b.start : b.end])


def paragraph(markup: str) -> str:
    return read(tei(f"<div><p>{markup}</p></div>"), "a.tei.xml").text


def refusal(content: bytes, name: str) -> str:
    with pytest.raises(UnreadableError) as caught:
        read_bytes(content, name)
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(f"{name}: ")
    return message


# --- what a document says of itself ------------------------------------------------------------


def test_title_authors_doi_and_date_are_those_of_the_header() -> None:
    document = read(tei("<p>Trees were counted.</p>", header=HEADER), "shade.tei.xml")
    assert document.title == "Street trees and heat: A study of two towns"
    assert document.authors == ("Ana B Roy", "The Shade Group")
    assert document.identifiers == {"doi": "10.1234/shade.7"}
    assert document.published == "2021-02-05"
    assert (document.kind, document.language, document.source) == ("paper", "en", "shade.tei.xml")


def test_blocks_follow_the_printed_order_and_the_facts_of_the_paper_can_be_cited() -> None:
    document = read(tei("<p>Trees were counted.</p>", header=HEADER), "shade.tei.xml")
    assert places(document) == [
        ("title", None, "Street trees and heat: A study of two towns"),
        ("metadata", None, "Journal of Shade. 2021-02-05. https://doi.org/10.1234/shade.7"),
        ("paragraph", "Abstract", "Shade lowered heat by 2 °C. Towns can plant more."),
        ("metadata", None, "trees; heat"),
        ("paragraph", None, "Trees were counted."),
        ("metadata", "Funding", "The Shade Fund"),
        ("boilerplate", None, "Free to share."),
    ]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ('<date when="2021-02-05T10:00"/>', "2021-02-05"),
        ('<date type="published" when="2021-02"/>', "2021-02"),
        ('<date when="2019"/><date type="published" when="2021"/>', "2021"),
        ("<date>2018</date>", "2018"),
        ("<date/>", None),
        ('<date when="soon"/>', None),
    ],
)
def test_the_date_is_as_exact_as_stated(date: str, expected: str | None) -> None:
    header = (
        f"<teiHeader><fileDesc><publicationStmt>{date}</publicationStmt></fileDesc></teiHeader>"
    )
    assert read(tei("<p>Hi.</p>", header=header), "a.tei").published == expected


def test_a_french_paper_of_a_journal_keeps_its_own_abstract_apart_from_the_translation() -> None:
    front = (
        '<front><div type="abstract" xml:lang="fr"><head>Résumé</head><p>L’ombre aide.</p></div>'
        '<div type="abstract" xml:lang="en"><head>Abstract</head><p>Shade helps.</p></div></front>'
    )
    document = read(tei("<p>Les arbres.</p>", lang="fr", front=front), "a.xml")
    assert document.language == "fr"
    assert found(document, "L’ombre aide.").section == "Résumé"
    assert found(document, "L’ombre aide.").kind == "paragraph"
    assert found(document, "Shade helps.").kind == "boilerplate"


def test_the_language_is_told_by_the_text_where_the_file_does_not_say() -> None:
    body = "<p>Les arbres de la rue sont plus grands que ceux du parc, et ils font de l’ombre.</p>"
    content = tei(body).replace(b' xml:lang="en"', b"")
    assert read(content, "a.xml").language == "fr"


# --- body --------------------------------------------------------------------------------------


def test_numbered_divisions_side_by_side_are_sections_within_sections() -> None:
    body = """
    <div><head n="1">Introduction</head><p>One.</p></div>
    <div><head n="2">Methods</head><p>Two.</p></div>
    <div><head n="2.1">Sites</head><p>Three.</p></div>
    <div><head>Weather</head><p>Four.</p></div>
    <div><head n="2.2">Trees</head><p>Five.</p></div>
    <div><head n="2.2.1.">Species</head><p>Six.</p></div>
    <div><head n="3">Results</head><p>Seven.</p></div>
    <div><head>Limits</head><p>Eight.</p></div>"""
    document = read(tei(body), "a.xml")
    assert [(section, text) for kind, section, text in places(document) if kind != "heading"] == [
        ("Introduction", "One."),
        ("Methods", "Two."),
        ("Methods › Sites", "Three."),
        ("Methods › Weather", "Four."),
        ("Methods › Trees", "Five."),
        ("Methods › Trees › Species", "Six."),
        ("Results", "Seven."),
        ("Limits", "Eight."),
    ]
    assert ("heading", "2.2 Trees") in pairs(document)


def test_nested_divisions_are_sections_within_sections() -> None:
    body = (
        "<div><head>Results</head><div><head>Survey</head><p>Ten people spoke.</p></div>"
        "<p>More.</p></div>"
    )
    document = read(tei(body), "a.xml")
    assert found(document, "Ten people").section == "Results › Survey"
    assert found(document, "More.").section == "Results"


def test_a_number_that_the_heading_repeats_is_written_once() -> None:
    document = read(tei('<div><head n="1">1 Aims</head><p>One.</p></div>'), "a.xml")
    assert ("heading", "1 Aims") in pairs(document)


def test_figures_and_tables_give_captions_rows_and_notes() -> None:
    body = """<div><head>Results</head><p>Shade helps.</p></div>
    <figure xml:id="fig_0"><head>Figure 1 :</head><label>1</label>
      <figDesc>Trees by <hi rend="italic">street</hi>.</figDesc><graphic/></figure>
    <figure><head>Figure 2</head><label>2</label><figDesc>Figure 2: Heat.</figDesc></figure>
    <figure type="table"><head>Table 1</head><label>1</label>
      <figDesc><div><p>Counts.</p></div></figDesc>
      <table><row><cell role="label">Town</cell><cell role="label">Trees</cell></row>
      <row><cell>East</cell><cell>41</cell></row></table><note>East of the river.</note></figure>
    <table><head>Table 2. Heat.</head><row><cell>May</cell><cell>19 °C</cell></row></table>"""
    assert pairs(read(tei(body), "a.xml"))[2:] == [
        ("caption", "Figure 1. Trees by street."),
        ("caption", "Figure 2: Heat."),
        ("caption", "Table 1. Counts."),
        ("table", "Town | Trees"),
        ("table", "East | 41"),
        ("footnote", "East of the river."),
        ("caption", "Table 2. Heat."),
        ("table", "May | 19 °C"),
    ]


def test_notes_lists_quotes_and_formulas_are_kept() -> None:
    body = """<div><p>Trees<note place="foot" n="1">All of them.</note> give shade.</p>
    <list><item>Oak</item><label>a.</label><item>Elm</item></list>
    <quote>I like it here.</quote>
    <formula>h = a + b<label>(1)</label></formula>
    <p>where <formula>a</formula> is age.</p></div>
    <note place="foot" n="2">At the foot.</note>"""
    assert pairs(read(tei(body), "a.xml")) == [
        ("paragraph", "Trees give shade."),
        ("footnote", "1 All of them."),
        ("list_item", "Oak"),
        ("list_item", "a. Elm"),
        ("paragraph", "I like it here."),
        ("equation", "h = a + b (1)"),
        ("paragraph", "where a is age."),
        ("footnote", "2 At the foot."),
    ]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ('as shown <ref type="bibr" target="#b8">(Roy, 2011)</ref>.', "as shown (Roy, 2011)."),
        ('as shown by <ref type="bibr">Roy et al.</ref> (2011)',
         "as shown by Roy et al. (2011)"),
        ('in <ref type="bibr">Roy 2003</ref><ref type="bibr">and Ray 2005</ref>, too',
         "in Roy 2003 and Ray 2005, too"),
        ('It fell. <ref type="bibr">12</ref> Then it rose.', "It fell [12]. Then it rose."),
        ('It fell (n = <ref type="bibr">12</ref>, p = 0.<ref type="bibr">05</ref>).',
         "It fell (n = 12, p = 0.05)."),
        ('Roy et al. <ref type="bibr">12</ref> say so.', "Roy et al. [12] say so."),
        ('It fell <ref type="bibr">[3,</ref><ref type="bibr">4]</ref>.', "It fell [3, 4]."),
        ('It fell [<ref type="bibr">3</ref>].', "It fell [3]."),
        ('see <ref type="figure" target="#fig_0">Fig. 1</ref>', "see Fig. 1"),
        ('CO<hi rend="subscript">2</hi> at 10<hi rend="superscript">6</hi>', "CO2 at 10^6"),
        ('the <title level="m">Book</title> by <name>Ray</name> and <persName>A Roy</persName>',
         "the Book by Ray and A Roy"),
        ("<s>One.</s><s>Two.</s>", "One. Two."),
        ('con<lb break="no"/>trol of<lb/>heat', "control of heat"),
        ("a <choice><orig>colour</orig><reg>color</reg></choice> chart", "a colour chart"),
        ("shade<fw>Page 3</fw> helps", "shade helps"),
        ('<formula notation="tex">\\alpha &lt; 1</formula>', "α < 1"),
    ],
)  # fmt: skip
def test_running_text_reads_as_printed(markup: str, text: str) -> None:
    assert paragraph(markup) == text


# --- back --------------------------------------------------------------------------------------


def test_back_matter_keeps_statements_and_sets_the_rest_apart() -> None:
    back = """
    <div type="acknowledgement"><div><head>Acknowledgements</head><p>Thanks.</p></div></div>
    <div type="funding"><div><p>The town paid.</p></div></div>
    <div type="availability"><div><head>Data availability</head><p>On request.</p></div></div>
    <div type="annex"><div><head>A. Survey form</head><p>We asked.</p></div>
      <div><head>Authors' contributions</head><p>AR counted.</p></div></div>"""
    document = read(tei("<p>Trees.</p>", back), "a.xml")
    assert found(document, "Thanks.").kind == "boilerplate"
    paid = found(document, "The town paid.")
    assert (paid.kind, paid.section) == ("paragraph", "Funding")
    assert found(document, "On request.").section == "Data availability"
    assert found(document, "On request.").kind == "paragraph"
    asked = found(document, "We asked.")
    assert (asked.kind, asked.section) == ("paragraph", "A. Survey form")
    assert found(document, "AR counted.").kind == "boilerplate"


def test_back_matter_without_a_type_goes_by_its_heading() -> None:
    back = (
        "<div><head>Annexe 1</head><p>Le formulaire.</p></div>"
        "<div><head>Bibliographie</head><listBibl><bibl>Roy A., 2011.</bibl></listBibl></div>"
        "<div><head>Notes biographiques</head><p>Roy aime les arbres.</p></div>"
    )
    document = read(tei("<p>Les arbres.</p>", back, lang="fr"), "a.xml")
    assert found(document, "Le formulaire.").kind == "paragraph"
    assert found(document, "Roy A., 2011.").kind == "reference"
    assert found(document, "Roy A., 2011.").section == "Bibliographie"
    assert found(document, "Roy aime").kind == "boilerplate"


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        ("""<biblStruct><analytic><title level="a">Shade in towns</title>
            <author><persName><forename>Ana</forename><surname>Roy</surname></persName></author>
            <author><persName><forename>Bo</forename><surname>Diaz</surname></persName></author>
            <idno type="DOI">10.1/x</idno></analytic>
            <monogr><title level="j">Leaf</title><imprint>
            <biblScope unit="volume">4</biblScope><biblScope unit="issue">2</biblScope>
            <biblScope unit="page" from="25" to="31"/><date when="2011-03"/></imprint></monogr>
            </biblStruct>""",
         "Roy Ana, Diaz Bo. (2011). Shade in towns. Leaf 4(2): 25–31. https://doi.org/10.1/x."),
        ("""<biblStruct><monogr><title level="m">Elms</title><author><persName>
            <surname>Roy</surname></persName></author><imprint><publisher>Leaf Press</publisher>
            </imprint></monogr></biblStruct>""", "Roy. Elms. Leaf Press."),
        ("""<biblStruct><monogr><title level="m">Wrong</title><imprint/></monogr>
            <note type="raw_reference">Roy A. 2011. Shade in\n towns. Leaf 4.</note>
            </biblStruct>""",
         "Roy A. 2011. Shade in towns. Leaf 4."),
        ("<bibl><author>Roy A.</author>, <title>Elms</title>, 2011.</bibl>",
         "Roy A., Elms, 2011."),
    ],
)  # fmt: skip
def test_a_reference_is_one_readable_line(entry: str, line: str) -> None:
    back = f'<div type="references"><listBibl>{entry}</listBibl></div>'
    assert pairs(read(tei("<p>Trees.</p>", back), "a.xml"))[1:] == [("reference", line)]


# --- which reader an XML file reaches -----------------------------------------------------------

JATS = b'<article xml:lang="en"><body><p>Hi.</p></body></article>'
TEI = tei("<p>Hi.</p>")
OAI = (
    b'<oai:OAI-PMH xmlns:oai="http://www.openarchives.org/OAI/2.0/"><oai:GetRecord><oai:record>'
    b"<oai:metadata>" + JATS + b"</oai:metadata></oai:record></oai:GetRecord></oai:OAI-PMH>"
)


@pytest.mark.parametrize("name", ["a.xml", "a.tei.xml", "a.tei", "a.nxml", "a.txt", "a"])
@pytest.mark.parametrize(
    "before",
    ["", "\ufeff", "\n ", "<?xml version='1.0'?>", "<!-- <article> or <TEI>? -->\n",
     "<?xml version='1.0'?><!DOCTYPE TEI SYSTEM 'x.dtd'>"],
)  # fmt: skip
def test_the_root_element_decides_and_not_the_file_name(name: str, before: str) -> None:
    assert reader_for(before.encode() + TEI, name).name == "TEI XML"
    doctype = before.replace("DOCTYPE TEI", "DOCTYPE article")
    assert reader_for(doctype.encode() + JATS, name).name == "JATS XML"


@pytest.mark.parametrize(
    "content",
    [
        JATS,
        TEI,
        OAI,
        b"<pmc-articleset>" + JATS + b"</pmc-articleset>",
        b"<!-- from the archive -->" + JATS,
        b"<teiCorpus>" + TEI + b"</teiCorpus>",
        f"<?xml version='1.0' encoding='UTF-16'?>{JATS.decode()}".encode("utf-16"),
        f"<?xml version='1.0' encoding='UTF-16'?>{TEI.decode()}".encode("utf-16"),
    ],
)
def test_wrapped_commented_and_utf_16_files_are_read(content: bytes) -> None:
    assert read_bytes(content, "a.xml").text == "Hi."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<!DOCTYPE html>\n<html><p>A page<br></html>", "a web page"),
        (b"<HTML><BODY>A page</BODY></HTML>", "a web page"),
        (b'<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>', "a web page"),
        (b"<!-- saved --><!doctype html><title>Page</title>", "a web page"),
        (b"<recipe><p>Soup</p></recipe>", "root element <recipe>"),
        (b"<x:recipe xmlns:x='urn:soup'/>", "root element <recipe>"),
        (b"<teiCorpus>" + TEI + TEI + b"</teiCorpus>", "2 TEI documents inside"),
        (b"<TEI><teiHeader/></TEI>", "no text"),
        (TEI[:-20], "not well-formed"),
        (b"# Trees\n\nNot XML at all.", "not (JATS|TEI) XML, though its name ends in"),
        (b"<3 trees", "not (JATS|TEI) XML, though its name ends in"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "it looks like image/png"),
        (b"<TEI><text xml:lang='en'><body>" + b"<div>" * 150 + b"</div>" * 150
         + b"</body></text></TEI>", "deep"),
        (b'<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + TEI, "entities"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.xml", "a.tei"])
def test_what_is_not_an_article_s_xml_is_refused_in_one_line(
    content: bytes, said: str, name: str
) -> None:
    assert re.search(said, refusal(content, name))


@pytest.mark.parametrize("content", [b"<!-- note -->\n# Trees\n", b"<p align=center>Trees</p>"])
def test_markup_at_the_head_of_a_markdown_file_leaves_it_markdown(content: bytes) -> None:
    assert reader_for(content, "a.md").name == "Markdown"


# --- laws ---------------------------------------------------------------------------------------

TAGS = [
    "div", "head", "p", "s", "list", "item", "label", "figure", "figDesc", "table", "row", "cell",
    "ref", "hi", "note", "listBibl", "biblStruct", "bibl", "title", "author", "persName",
    "formula", "choice", "quote", "cit", "fw", "lb", "sec", "xref", "fn", "graphic", "math",
]  # fmt: skip
WORDS = st.text("ab1 2,.[](–\u00a0\u0301é", max_size=6)


@st.composite
def trees(draw: st.DrawFn, depth: int = 0) -> etree._Element:
    element = etree.Element(draw(st.sampled_from(TAGS)))
    element.set("type", draw(st.sampled_from(["bibr", "table", "references", "annex"])))
    if draw(st.booleans()):
        element.set("n", draw(st.sampled_from(["1", "1.1", "2", "x"])))
    element.text = draw(WORDS)
    for child in draw(st.lists(trees(depth + 1), max_size=3)) if depth < 4 else ():
        child.tail = draw(WORDS)
        element.append(child)
    return element


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(trees(), min_size=1, max_size=4), st.sampled_from(["body", "back", "front"]))
def test_any_tree_is_read_in_ordered_normalized_blocks_or_refused(
    parts: list[etree._Element], part: str
) -> None:
    root = etree.fromstring(tei("<p>Trees.</p>", front="<front/>"))
    for element in root.iter():
        element.tag = etree.QName(element).localname
    holder = root.find(f"text/{part}")
    assert holder is not None
    holder.extend(parts)
    document = read(etree.tostring(root, encoding="utf-8"), "a.xml")
    end = -2
    for block in document.blocks:
        text = document.text[block.start : block.end]
        assert block.start == end + 2
        assert text
        assert text == normalize(text)
        end = block.end
    assert end == len(document.text)


#: What TEI lets stand within what, of the elements that papers use.
WITHIN = {
    "div": "head p list quote note figure formula div", "p": "s hi ref note list formula quote",
    "list": "head label item", "item": "p hi list s note", "figure": "head figDesc table note p",
    "figDesc": "p", "table": "row head note", "row": "cell", "cell": "p hi note list",
    "note": "p hi ref", "quote": "p hi", "head": "hi note", "s": "hi ref name note",
    "ref": "hi", "label": "hi name",
}  # fmt: skip
WORDED = {"p", "s", "hi", "item", "note", "quote", "cell", "head", "name", "ref", "label"}


@st.composite
def worded(draw: st.DrawFn, tag: str = "div", depth: int = 0) -> etree._Element:
    """A tree of valid TEI without words; ``WORDED`` elements are given theirs afterwards."""
    element = etree.Element(tag)
    inner = WITHIN.get(tag, "").split() if depth < 6 else []
    for child in draw(st.lists(st.sampled_from(inner), max_size=4)) if inner else ():
        element.append(draw(worded(child, depth + 1)))
    return element


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(worded(), min_size=1, max_size=4), st.sampled_from(["body", "back"]))
def test_no_word_is_lost_whatever_the_nesting(parts: list[etree._Element], part: str) -> None:
    root = etree.fromstring(
        tei("<p>Trees.</p>").replace(b' xmlns="http://www.tei-c.org/ns/1.0"', b"")
    )
    holder = root.find(f"text/{part}")
    assert holder is not None
    holder.extend(parts)
    words: list[str] = []
    for element in [element for part in parts for element in part.iter()]:
        if element.tag in WORDED:
            words.append(f"word{len(words)}x")
            element.text = f"{words[-1]} "
    text = read(etree.tostring(root), "a.xml").text
    assert [word for word in words if word not in text] == []


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    for whole in (content, b"<TEI><text><body>" + content + b"</body></text></TEI>"):
        try:
            document = read_bytes(whole, "a.xml")
        except UnreadableError:
            refusal(whole, "a.xml")
        else:
            assert document.text


def test_deeply_numbered_divisions_are_read_or_refused() -> None:
    numbers = ["1", "1.1", "1.1.1", "1.1.1.1", "1.1.1.1.1"]
    markup = "<p>Deep.</p>"
    for _ in range(90):
        heads = [f'<div><head n="{number}">H</head></div>' for number in numbers[:-1]]
        markup = "".join(heads) + f'<div><head n="{numbers[-1]}">H</head>{markup}</div>'
    assert "deep" in refusal(tei(markup), "a.xml")


@pytest.mark.shared_data
def test_a_grobid_file_keeps_every_word_of_its_body(shared_data: Path) -> None:
    content = (shared_data / "papers" / "N18-3011.tei.xml").read_bytes()
    document = read_bytes(content, "N18-3011.tei.xml")
    body = etree.fromstring(content).find(".//{*}body")
    assert body is not None
    printed = re.findall(r"\w+", " ".join(map(str, body.itertext())))
    kept = re.findall(r"\w+", document.text)
    remaining = {word: kept.count(word) for word in set(kept)}
    lost = [word for word in set(printed) if printed.count(word) > remaining.get(word, 0)]
    assert lost == []
    assert found(document, "Papers. We obtain").section == (
        "Structure of The Literature Graph › Node Types"
    )
    assert sum(block.kind == "reference" for block in document.blocks) == 27

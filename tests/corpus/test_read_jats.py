"""The JATS reader keeps every word in its place, and refuses what isn't one JATS article."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from benchmarks.jats_coverage import kept_share
from corpus.document import Block, Document, normalize
from corpus.errors import UnreadableError
from corpus.readers.jats import read
from corpus.readers.jats_math import tex_text

NAMESPACES = (
    'xmlns:mml="http://www.w3.org/1998/Math/MathML" xmlns:xlink="http://www.w3.org/1999/xlink"'
)

FRONT = """
<front>
  <journal-meta><journal-title-group><journal-title>Journal of Shade</journal-title>
  </journal-title-group></journal-meta>
  <article-meta>
    <article-id pub-id-type="doi">10.1234/shade.7</article-id>
    <article-id pub-id-type="pmc">123456</article-id>
    <article-id pub-id-type="pmid">998877</article-id>
    <title-group><article-title>Street trees and <italic>heat</italic></article-title>
    <subtitle>A study of two towns</subtitle></title-group>
    <contrib-group>
      <contrib contrib-type="author"><name><surname>Roy</surname><given-names>Ana B.</given-names>
      </name></contrib>
      <contrib contrib-type="author"><collab>The Shade Group<contrib-group><contrib><name>
      <surname>Hidden</surname><given-names>Member</given-names></name></contrib></contrib-group>
      </collab></contrib>
      <contrib contrib-type="editor"><name><surname>Editor</surname><given-names>Ed</given-names>
      </name></contrib>
    </contrib-group>
    <author-notes>
      <corresp id="c1">Write to <email>ana@example.org</email></corresp>
      <fn fn-type="COI-statement"><p>The authors have no interests to declare.</p></fn>
      <fn fn-type="con"><p>AR counted the trees.</p></fn>
    </author-notes>
    <pub-date pub-type="collection"><year>2021</year></pub-date>
    <pub-date pub-type="ppub"><month>March</month><year>2021</year></pub-date>
    <pub-date pub-type="epub"><day>5</day><month>2</month><year>2021</year></pub-date>
    <permissions><copyright-statement>© 2021 The authors</copyright-statement>
    <license><license-p>Free to share.</license-p></license></permissions>
    <abstract><sec><title>Results</title><p>Shade lowered heat by 2 °C.</p></sec></abstract>
    <abstract abstract-type="executive-summary"><title>Plain digest</title>
    <p>Trees cool streets.</p></abstract>
    <trans-abstract xml:lang="fr"><p>Les arbres rafraîchissent les rues.</p></trans-abstract>
    <kwd-group><title>Keywords</title><kwd>trees</kwd><kwd>heat</kwd></kwd-group>
    <funding-group><funding-statement>The town paid for this study.</funding-statement>
    </funding-group>
  </article-meta>
</front>
"""


def article(body: str, front: str = "", back: str = "", lang: str = "en") -> bytes:
    return (
        f'<article {NAMESPACES} xml:lang="{lang}">{front}<body>{body}</body>{back}</article>'
    ).encode()


def pairs(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def found(document: Document, words: str) -> Block:
    return next(b for b in document.blocks if words in document.text[b.start : b.end])


def paragraph(markup: str) -> str:
    document = read(article(f"<p>{markup}</p>"), "a.xml")
    return document.text


def refusal(content: bytes, name: str = "a.xml") -> str:
    with pytest.raises(UnreadableError) as caught:
        read(content, name)
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(f"{name}: ")
    return message


# --- what a document says of itself ------------------------------------------------------------


def test_title_authors_identifiers_and_date_are_those_of_the_front_matter() -> None:
    content = article("<p>Trees were counted.</p>", FRONT)
    document = read(content, "shade.xml")
    assert document.title == "Street trees and heat: A study of two towns"
    assert document.authors == ("Ana B. Roy", "The Shade Group")
    assert document.identifiers == {
        "doi": "10.1234/shade.7",
        "pmcid": "PMC123456",
        "pmid": "998877",
    }
    assert (document.kind, document.language, document.source) == ("paper", "en", "shade.xml")
    assert document.sha256 == hashlib.sha256(content).hexdigest()
    assert document.id == document.sha256[:16]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ('<pub-date pub-type="epub"><day>5</day><month>2</month><year>2021</year></pub-date>'
         '<pub-date pub-type="ppub"><month>1</month><year>2021</year></pub-date>', "2021-02-05"),
        ('<pub-date pub-type="ppub"><month>March</month><year>2021</year></pub-date>', "2021-03"),
        ('<pub-date pub-type="collection"><year>2021</year></pub-date>', "2021"),
        ('<pub-date date-type="pub" publication-format="electronic"><day>31</day><month>02</month>'
         "<year>2014</year></pub-date>", "2014-02"),
        ('<pub-date pub-type="pmc-release"><year>2012</year></pub-date>', None),
        ('<pub-date pub-type="epub"><year>in press</year></pub-date>', None),
    ],
)  # fmt: skip
def test_the_electronic_date_comes_first_and_is_as_exact_as_stated(
    dates: str, expected: str | None
) -> None:
    front = f"<front><article-meta>{dates}</article-meta></front>"
    assert read(article("<p>Text.</p>", front), "a.xml").published == expected


def test_the_language_is_told_by_the_text_where_the_file_does_not_say() -> None:
    words = "Les arbres de la ville donnent de l’ombre aux passants et aux maisons voisines. " * 3
    content = f"<article><body><p>{words}</p></body></article>".encode()
    assert read(content, "a.xml").language == "fr"


# --- blocks -------------------------------------------------------------------------------------


def test_blocks_follow_the_printed_order() -> None:
    document = read(article("<sec><title>Methods</title><p>We counted.</p></sec>", FRONT), "a.xml")
    assert pairs(document) == [
        ("title", "Street trees and heat: A study of two towns"),
        ("metadata", "Journal of Shade. 2021-02-05. https://doi.org/10.1234/shade.7"),
        ("heading", "Results"),
        ("paragraph", "Shade lowered heat by 2 °C."),
        ("heading", "Plain digest"),
        ("paragraph", "Trees cool streets."),
        ("boilerplate", "Les arbres rafraîchissent les rues."),
        ("metadata", "trees; heat"),
        ("heading", "Methods"),
        ("paragraph", "We counted."),
        ("boilerplate", "Write to ana@example.org"),
        ("paragraph", "The authors have no interests to declare."),
        ("boilerplate", "AR counted the trees."),
        ("paragraph", "The town paid for this study."),
        ("boilerplate", "© 2021 The authors Free to share."),
    ]


def test_abstract_and_lay_summary_bear_their_own_sections() -> None:
    document = read(article("<p>We counted.</p>", FRONT), "a.xml")
    assert found(document, "Shade lowered").section == "Abstract › Results"
    assert found(document, "Trees cool").section == "Plain digest"
    assert found(document, "no interests").section == "Competing interests"
    assert found(document, "town paid").section == "Funding"


@pytest.mark.parametrize(("title", "section"), [("", "Résumé"), ("Sommaire", "Sommaire")])
def test_a_french_abstract_stands_under_its_printed_title(title: str, section: str) -> None:
    heading = f"<title>{title}</title>" if title else ""
    front = (
        f"<front><article-meta><abstract>{heading}<p>Les arbres aident.</p></abstract>"
        "</article-meta></front>"
    )
    document = read(article("<p>Nous avons compté.</p>", front, lang="fr"), "a.xml")
    assert found(document, "aident").section == section


def test_sections_are_the_titles_from_outermost_to_innermost() -> None:
    body = """<sec><label>2.</label><title>Results</title><sec><title>Survey</title>
    <p>Most agreed.</p></sec></sec>"""
    document = read(article(body), "a.xml")
    assert pairs(document)[0] == ("heading", "2. Results")
    assert found(document, "Most agreed").section == "Results › Survey"
    assert found(document, "Survey").section == "Results"


def test_a_caption_follows_the_paragraph_that_holds_it() -> None:
    body = """<p>Heat fell as shown.<fig><label>Figure 1</label><caption><title>Heat by day</title>
    <p>Bars are means.</p></caption><graphic/></fig>Shade rose.</p><p>Next.</p>"""
    assert pairs(read(article(body), "a.xml")) == [
        ("paragraph", "Heat fell as shown. Shade rose."),
        ("caption", "Figure 1. Heat by day. Bars are means."),
        ("paragraph", "Next."),
    ]


def test_tables_give_a_caption_rows_and_footnotes() -> None:
    body = """<table-wrap><label>Table 1</label><caption><p>Trees</p></caption><table>
    <thead><tr><th/><th>North</th></tr></thead><tbody><tr><td>Oak<xref ref-type="table-fn">
    <sup>a</sup></xref></td><td>12<break/>(3%)</td></tr></tbody></table><table-wrap-foot>
    <fn><label>a</label><p>Planted.</p></fn></table-wrap-foot></table-wrap><p>Text.</p>"""
    assert pairs(read(article(body), "a.xml"))[:4] == [
        ("caption", "Table 1. Trees"),
        ("table", "| North"),
        ("table", "Oak [a] | 12 (3%)"),
        ("footnote", "a Planted."),
    ]


def test_lists_definitions_and_quotes_are_kept() -> None:
    body = """<p>We found:<list><list-item><label>1.</label><p>more shade</p></list-item>
    <list-item><p>less heat</p></list-item></list>and more.</p>
    <def-list><def-item><term>GIS</term><def><p>a map system</p></def></def-item></def-list>
    <disp-quote><p>It is cooler.</p><attrib>A resident</attrib></disp-quote>
    <boxed-text><label>Box 1</label><caption><title>Costs</title></caption><p>Cheap.</p>
    </boxed-text>"""
    document = read(article(body), "a.xml")
    assert pairs(document) == [
        ("paragraph", "We found:"),
        ("list_item", "1. more shade"),
        ("list_item", "less heat"),
        ("paragraph", "and more."),
        ("list_item", "GIS: a map system"),
        ("paragraph", "It is cooler."),
        ("paragraph", "A resident"),
        ("heading", "Box 1 Costs"),
        ("paragraph", "Cheap."),
    ]
    assert found(document, "Cheap").section == "Costs"


BACK = """<back><ack><title>Thanks</title><p>We thank all.</p></ack>
<notes notes-type="data-availability"><title>Data sharing</title><p>On request.</p></notes>
<sec><title>Additional information</title><fn-group content-type="competing-interest">
<title>Competing interests</title><fn fn-type="conflict"><p>None exist.</p></fn></fn-group>
<fn-group><fn fn-type="con"><p>AR wrote.</p></fn></fn-group></sec>
<fn-group><fn><label>1</label><p>At noon.</p></fn></fn-group>
<app-group><app><title>Appendix A</title><p>More trees.</p></app></app-group>
<ref-list><title>References</title><ref><label>1</label><element-citation><person-group><name>
<surname>Roy</surname><given-names>A</given-names></name><name><surname>Ode</surname>
<given-names>B</given-names></name></person-group><article-title>Shade</article-title>
<source>J Heat</source><year>2019</year><volume>4</volume><fpage>5</fpage><lpage>9</lpage>
</element-citation></ref><ref><mixed-citation><name><surname>Ode</surname><given-names>B</given-names>
</name><article-title>Sun</article-title><source>Nature</source></mixed-citation></ref></ref-list>
</back><sub-article><front-stub><title-group><article-title>Decision letter</article-title>
</title-group></front-stub><body><p>Please revise.</p></body></sub-article>"""


def test_back_matter_keeps_statements_and_sets_the_rest_apart() -> None:
    document = read(article("<p>Text.</p>", back=BACK), "a.xml")
    assert pairs(document)[1:] == [
        ("boilerplate", "Thanks"),
        ("boilerplate", "We thank all."),
        ("heading", "Data sharing"),
        ("paragraph", "On request."),
        ("boilerplate", "Additional information"),
        ("heading", "Competing interests"),
        ("paragraph", "None exist."),
        ("boilerplate", "AR wrote."),
        ("footnote", "1 At noon."),
        ("heading", "Appendix A"),
        ("paragraph", "More trees."),
        ("heading", "References"),
        ("reference", "1 Roy A, Ode B. Shade. J Heat. 2019. 4: 5–9"),
        ("reference", "Ode B Sun Nature"),
        ("boilerplate", "Decision letter"),
        ("boilerplate", "Please revise."),
    ]
    assert found(document, "None exist").section == "Competing interests"
    assert found(document, "More trees").section == "Appendix A"
    assert found(document, "Please revise").section == "Decision letter"


def test_thanks_left_in_the_body_are_set_apart_but_funding_is_not() -> None:
    body = """<sec><title>Acknowledgements</title><p>We thank all.</p></sec>
    <sec><title>Funding</title><p>The town paid.</p></sec>"""
    document = read(article(body), "a.xml")
    assert found(document, "thank").kind == "boilerplate"
    assert found(document, "paid").kind == "paragraph"


# --- running text -------------------------------------------------------------------------------

SUP = '<sup><xref ref-type="bibr">{}</xref></sup>'.format
CITE = '<xref ref-type="bibr">{}</xref>'.format


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("CO<sub>2</sub> fell", "CO2 fell"),
        ("Ca<sup>2+</sup> rose", "Ca2+ rose"),
        ("about 10<sup>6</sup> trees", "about 10^6 trees"),
        ("10<sup>−3</sup> mol", "10^−3 mol"),
        ("the 25<sup>th</sup> day", "the 25th day"),
        ("5 m<sup>2</sup>", "5 m2"),
        ("in<italic>situ</italic> <bold>now</bold>", "insitu now"),
        ("one<break/>two", "one two"),
        ("one<!-- aside -->two<?pi x?> three", "onetwo three"),
        ("5&#160;km&#8201;/&#8201;h", "5 km / h"),
        ("co&#173;operate", "cooperate"),
        ("see <ext-link>example.org</ext-link>.", "see example.org."),
        (f"warming{SUP(12)}", "warming [12]"),
        (f"warming{SUP(12)} and", "warming [12] and"),
        (f"warming{SUP('12–14')}.", "warming [12–14]."),
        ('warming<xref ref-type="bibr"><sup>12</sup></xref>', "warming [12]"),
        ('warming<sup><xref ref-type="bibr">3</xref>,<xref ref-type="bibr">5</xref></sup>',
         "warming [3,5]"),
        (f"warming{SUP(3)}<sup>–</sup>{SUP(5)} is", "warming [3–5] is"),
        (f"warming.{SUP(12)} Next", "warming [12]. Next"),
        (f"Roy et al.{SUP(12)} found", "Roy et al. [12] found"),
        (f"in 2010{SUP(7)}", "in 2010 [7]"),
        (f"studies {CITE(12)}, {CITE(13)}", "studies [12, 13]"),
        (f"studies [{CITE(12)}, {CITE(13)}].", "studies [12, 13]."),
        (f"studies ({CITE(12)})", "studies [12]"),
        (f"studies {CITE('[12]')}, {CITE('[13]')}", "studies [12], [13]"),
        (f"shown ({CITE('Roy et al., 2010')})", "shown (Roy et al., 2010)"),
        (f"Roy ({CITE('2010')}) and Ode ({CITE('2011b')})", "Roy (2010) and Ode (2011b)"),
        ('(<xref ref-type="fig">Figure 1</xref>A)', "(Figure 1A)"),
    ],
)  # fmt: skip
def test_running_text_reads_as_printed(markup: str, text: str) -> None:
    assert paragraph(markup) == text


MATH = "<inline-formula><alternatives>{}{}</alternatives></inline-formula>".format
TEX = (
    r"<tex-math>\documentclass{minimal}\usepackage{amsmath}\begin{document}"
    r"$$\alpha \leq \frac{1}{2}$$\end{document}</tex-math>"
)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (MATH("<mml:math><mml:mi>a</mml:mi><mml:mo>=</mml:mo><mml:mn>2</mml:mn></mml:math>", TEX),
         "where a = 2 holds"),
        (MATH("<mml:math><mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math>", ""),
         "where x^2 holds"),
        (MATH("<mml:math><mml:mfrac><mml:mrow><mml:mi>a</mml:mi><mml:mo>+</mml:mo><mml:mi>b</mml:mi>"
              "</mml:mrow><mml:mn>2</mml:mn></mml:mfrac></mml:math>", ""), "where (a + b)/2 holds"),
        (MATH("", TEX), "where α ≤ 1/2 holds"),
        ("<inline-formula><inline-graphic/></inline-formula>", "where […] holds"),
    ],
)  # fmt: skip
def test_inline_formulas_are_readable_text(markup: str, text: str) -> None:
    assert paragraph(f"where {markup} holds") == text


def test_a_displayed_formula_is_an_equation_of_its_own() -> None:
    formula = (
        "<disp-formula><label>(1)</label><mml:math><mml:mi>y</mml:mi><mml:mo>=</mml:mo>"
        "<mml:mo>−</mml:mo><mml:mn>3</mml:mn></mml:math></disp-formula>"
    )
    assert pairs(read(article(f"<p>We fit{formula}for all.</p>"), "a.xml")) == [
        ("paragraph", "We fit"),
        ("equation", "y = −3 (1)"),
        ("paragraph", "for all."),
    ]


def test_latex_commands_without_a_symbol_keep_their_name() -> None:
    assert tex_text(r"$\log x \times \mathrm{CO}_{2}$").split() == ["log", "x", "×", "CO_2"]


# --- files that aren't one JATS article ---------------------------------------------------------


def test_a_truncated_xml_is_refused_in_one_line() -> None:
    message = refusal(article("<p>One.</p>\n<p>Two.</p>")[:-25])
    assert "not well-formed XML at line 2" in message


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text/></TEI>', "a TEI document"),
        (b'<rss version="2.0"><channel/></rss>', "an RSS feed"),
        (b"<article><para>DocBook</para></article>", "no front, no body"),
        (b"<recipe><p>Soup</p></recipe>", "root element <recipe>"),
        (b"<pmc-articleset><Reply/></pmc-articleset>", "no article inside"),
        (b"<pmc-articleset><article><body/></article><article><body/></article></pmc-articleset>",
         "2 articles inside"),
        (b"<article><body/></article>", "no text"),
        (b'<?xml version="1.0" encoding="klingon"?><article/>', "not well-formed"),
        (b"<article><body>" + b"<sec>" * 150 + b"</sec>" * 150 + b"</body></article>", "deep"),
    ],
)  # fmt: skip
def test_another_kind_of_xml_is_named_with_what_to_give_instead(content: bytes, said: str) -> None:
    message = refusal(content)
    assert said in message
    assert "give" in message or "get" in message


@pytest.mark.parametrize(
    "tag", ["sec", "p", "italic", "sup", "xref", "inline-formula", "list", "fn", "mrow", "mfrac"]
)
def test_nesting_up_to_the_limit_is_read_at_once(tag: str) -> None:
    nested = f"<p>Deep<math>{f'<{tag}>' * 90}x{f'</{tag}>' * 90}</math></p>"
    if not tag.startswith("m"):
        nested = nested.replace("<math>", "").replace("</math>", "")
    assert "Deep" in read(article(nested), "a.xml").text


def test_an_article_in_a_wrapper_or_a_namespace_is_read() -> None:
    inner = (
        '<article xmlns="http://jats.nlm.nih.gov" xml:lang="en"><body><p>Hi.</p></body></article>'
    )
    record = f"<GetRecord><record><metadata>{inner}</metadata></record></GetRecord>"
    wrapped = f'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">{record}</OAI-PMH>'
    for content in (inner, f"<pmc-articleset>{inner}</pmc-articleset>", wrapped):
        assert read(content.encode(), "a.xml").text == "Hi."


BOMB = (
    '<!DOCTYPE article [<!ENTITY a "lol">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><article><body><p>&i;</p></body></article>"
)


@pytest.mark.parametrize(
    "content",
    [
        '<!DOCTYPE article [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        "<article><body><p>&x;</p></body></article>",
        '<!DOCTYPE article [<!ENTITY % p SYSTEM "http://192.0.2.1/p.dtd"> %p;]>'
        "<article><body><p>Hi</p></body></article>",
        BOMB,
        BOMB.replace("<p>&i;</p>", '<p id="&i;">x</p>'),
    ],
)
def test_entities_of_a_file_s_own_are_refused(content: str) -> None:
    assert "declares entities of its own" in refusal(content.encode())


@pytest.mark.parametrize(
    "doctype", ["", '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS//EN" "x.dtd">']
)
def test_html_entities_never_vanish(doctype: str) -> None:
    content = (
        f'{doctype}<article xml:lang="en"><body><p>caf&eacute;&nbsp;&amp; 5&thinsp;&micro;m '
        "<![CDATA[&eacute;]]></p></body></article>"
    )
    assert read(content.encode(), "a.xml").text == "café & 5 \u00b5m &eacute;"
    assert "myown" in refusal(content.replace("&nbsp;", "&myown;").encode())


def read_or_refuse(content: bytes) -> Document | None:
    """The document, or None where the reader refuses it in one line."""
    try:
        return read(content, "a.xml")
    except UnreadableError:
        refusal(content)
        return None


# --- laws ---------------------------------------------------------------------------------------

TAGS = [
    "sec", "title", "p", "list", "list-item", "label", "fig", "caption", "table-wrap", "table",
    "tr", "td", "xref", "sup", "sub", "italic", "fn", "ack", "ref-list", "ref", "mixed-citation",
    "element-citation", "name", "surname", "disp-formula", "inline-formula", "math", "mi", "msub",
    "mfrac", "mover", "abstract", "boxed-text", "def-list", "def-item", "term", "def",
    "sub-article", "body", "front", "back", "article-meta", "title-group", "article-title",
    "person-group", "funding-group", "app", "notes",
]  # fmt: skip
WORDS = st.text("ab1 2,.[](–\u00a0\u0301é", max_size=6)


@st.composite
def trees(draw: st.DrawFn, depth: int = 0) -> etree._Element:
    element = etree.Element(draw(st.sampled_from(TAGS)))
    if element.tag == "xref":
        element.set("ref-type", draw(st.sampled_from(["bibr", "fn", "fig"])))
    element.text = draw(WORDS)
    for child in draw(st.lists(trees(depth + 1), max_size=3)) if depth < 4 else ():
        child.tail = draw(WORDS)
        element.append(child)
    return element


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(trees(), min_size=1, max_size=4), st.booleans())
def test_any_tree_is_read_in_ordered_normalized_blocks_or_refused(
    parts: list[etree._Element], inside_body: bool
) -> None:
    root = etree.Element("article")
    root.set("{http://www.w3.org/XML/1998/namespace}lang", "en")
    holder = etree.SubElement(root, "body") if inside_body else root
    holder.extend(parts)
    content = etree.tostring(root, encoding="utf-8")
    document = read_or_refuse(content)
    if document is None:
        return
    end = -2
    for block in document.blocks:
        text = document.text[block.start : block.end]
        assert block.start == end + 2
        assert text
        assert text == normalize(text)
        assert not set(text) & set(map(chr, range(32)))
        end = block.end
    assert end == len(document.text)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    for whole in (content, b"<article><body>" + content + b"</body></article>"):
        read_or_refuse(whole)


def test_the_same_bytes_give_the_same_document() -> None:
    content = article("<p>Trees.</p>", FRONT, BACK)
    assert read(content, "a.xml") == read(content, "a.xml")


def _is_jats(content: bytes) -> bool:
    """Whether a file is JATS with a body in English: other schemas and languages lie beside it."""
    return b"<article " in content and b"<body" in content and b'xml:lang="pt"' not in content


@pytest.mark.shared_data
def test_every_paper_keeps_99_words_in_100_of_its_body(shared_data: Path) -> None:
    found = {path: path.read_bytes() for path in sorted((shared_data / "papers").glob("*ml"))}
    papers = [path for path, content in found.items() if _is_jats(content)]
    assert papers
    shares = {path.name: kept_share(path.read_bytes(), path.name)[0] for path in papers}
    assert {name: share for name, share in shares.items() if share < 0.99} == {}


@pytest.mark.shared_data
def test_a_tei_file_is_refused(shared_data: Path) -> None:
    path = shared_data / "papers" / "N18-3011.tei.xml"
    assert "a TEI document" in refusal(path.read_bytes(), path.name)

"""Érudit, BMC and PubMed, sets, translations, notices and languages: papers as they come."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from corpus.document import Document, Relation
from corpus.errors import UnreadableError
from corpus.language_detection import detect_language, foreign_language
from corpus.readers import members, read_bytes
from corpus.readers.jats_math import tex_text
from corpus.readers.notices import refuse_notice

EN = (
    "Ramps let people who use a wheelchair reach the library on their own. We counted visits for "
    "a year before and a year after, and they rose by a third."
)
FR = (
    "Les rampes permettent aux personnes en fauteuil roulant d’atteindre la bibliothèque sans "
    "aide. Nous avons compté les visites avant et après, et elles ont augmenté du tiers."
)
PT = (
    "As rampas permitem que as pessoas em cadeira de rodas cheguem à biblioteca sem ajuda. Nós "
    "contamos as visitas de um ano antes e de um ano depois, e elas aumentaram um terço."
)

Limit = Callable[[str, int], None]


def texts(document: Document, kind: str) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind == kind]


def jats(
    body: str, title: str = "Ramps", meta: str = "", more: str = "", stated: str = 'xml:lang="en"'
) -> bytes:
    return (
        f'<article xmlns:xlink="http://www.w3.org/1999/xlink" {stated}><front><article-meta>'
        f'<article-id pub-id-type="doi">10.5555/ramps</article-id><title-group><article-title>'
        f"{title}</article-title></title-group>{meta}</article-meta></front>"
        f"<body><sec><title>Results</title><p>{body}</p></sec></body>{more}</article>"
    ).encode()


# --- formats ----------------------------------------------------------------------------------

ERUDIT = f"""<article xmlns="http://www.erudit.org/xsd/article" typeart="article" lang="fr"
  idproprio="1ar"><admin><infoarticle><idpublic scheme="doi">10.7202/1ar</idpublic></infoarticle>
  <revue><titrerev>Revue des rampes</titrerev></revue><numero><pub><annee>2021</annee></pub>
  <pubnum><date>2021-05-04</date></pubnum></numero></admin>
  <liminaire><grtitre><titre>Des rampes</titre><sstitre>un bilan</sstitre>
  <titreparal lang="en">Ramps</titreparal></grtitre>
  <grauteur><auteur><nompers><prenom>Anne</prenom><nomfamille>Roy</nomfamille></nompers></auteur>
  </grauteur><resume lang="fr"><alinea>{FR}</alinea></resume><resume lang="en"><alinea>{EN}</alinea>
  </resume><grmotcle lang="fr"><motcle>rampe</motcle></grmotcle></liminaire>
  <corps><section1><no>1.</no><titre>Résultats</titre><para><no>7</no><alinea>Les visites<renvoi
  typeref="note">1</renvoi> ont augmenté de <marquage typemarq="gras">33</marquage> m<exposant>2
  </exposant> par jour.</alinea></para><grtableau><tableau><no>1</no><legende><titre>Visites</titre>
  </legende><objetmedia><image/><texte>2019 : 40</texte></objetmedia></tableau></grtableau>
  </section1></corps><partiesann><grnote><note><no>1</no><alinea>Comptées à la porte.</alinea>
  </note></grnote><grbiblio><biblio><refbiblio>Roy, A. 2019. Des portes.<idpublic scheme="doi">
  10.1/2</idpublic></refbiblio></biblio></grbiblio></partiesann></article>""".encode()


def test_an_erudit_article_is_read_with_its_own_language_first() -> None:
    document = read_bytes(ERUDIT, "1ar.xml")
    assert document.title == "Des rampes : un bilan"
    assert document.authors == ("Anne Roy",)
    assert document.identifiers == {"doi": "10.7202/1ar", "erudit": "1ar"}
    assert (document.published, document.language) == ("2021-05-04", "fr")
    assert document.article_type == "research"
    body = "Les visites [1] ont augmenté de 33 m2 par jour."
    assert texts(document, "paragraph") == [FR, body]
    assert texts(document, "heading") == ["1. Résultats"]
    assert texts(document, "caption") == ["1. Visites"]
    assert texts(document, "table") == ["2019 : 40"]
    assert texts(document, "footnote") == ["1 Comptées à la porte."]
    assert texts(document, "reference") == ["Roy, A. 2019. Des portes."]
    assert [b.language for b in document.blocks if b.language] == ["en"]


BMC = f"""<art><ui>1</ui><fm><dochead>Review</dochead><bibl><title><p>Ramps in <it>small</it> towns
</p></title><aug><au><snm>Roy</snm><fnm>Anne</fnm></au></aug><source>BMC Ramps</source>
<pubdate>2015</pubdate><xrefbib><pubidlist><pubid idtype="doi">10.5555/bmc</pubid></pubidlist>
</xrefbib></bibl><abs><sec><st><p>Abstract</p></st><sec><st><p>Background</p></st><p>{EN}</p></sec>
</sec></abs></fm><bdy><sec><st><p>Results</p></st><p>Visits rose <abbrgrp><abbr bid="B1">1</abbr>
</abbrgrp> everywhere.</p><tbl><title><p>Table 1</p></title><caption><p>Visits</p></caption>
<tblbdy><r><c><p>2019</p></c><c><p>40</p></c></r></tblbdy></tbl></sec></bdy><bm><refgrp>
<bibl id="B1"><title><p>On doors</p></title><aug><au><snm>Roy</snm><fnm>Anne</fnm></au></aug>
<source>Doors</source><pubdate>2012</pubdate><volume>3</volume></bibl></refgrp></bm></art>
""".encode()


def test_a_bmc_article_is_read() -> None:
    document = read_bytes(BMC, "1.xml")
    assert document.title == "Ramps in small towns"
    assert document.authors == ("Anne Roy",)
    assert (document.identifiers, document.published) == ({"doi": "10.5555/bmc"}, "2015")
    assert document.article_type == "review"
    assert texts(document, "paragraph") == [EN, "Visits rose [1] everywhere."]
    assert texts(document, "table") == ["2019 | 40"]
    assert texts(document, "reference") == ["Roy A. On doors. Doors. 2012. 3."]


def pubmed(number: int, more: str = "", kind: str = "Journal Article") -> str:
    return f"""<PubmedArticle><MedlineCitation><PMID>{number}</PMID><Article><Journal><JournalIssue>
    <PubDate><Year>2020</Year><Month>Mar</Month></PubDate></JournalIssue><Title>Ramps Today</Title>
    </Journal><ArticleTitle>Ramps and visits {number}.</ArticleTitle><Abstract>
    <AbstractText Label="RESULTS">{EN}</AbstractText></Abstract><AuthorList><Author>
    <LastName>Roy</LastName><ForeName>Anne</ForeName></Author></AuthorList><Language>eng</Language>
    <PublicationTypeList><PublicationType>{kind}</PublicationType></PublicationTypeList></Article>
    {more}</MedlineCitation></PubmedArticle>"""


def test_a_pubmed_record_is_read_with_what_the_index_knows_of_it() -> None:
    noticed = (
        '<CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn"><PMID>9</PMID>'
        "</CommentsCorrections></CommentsCorrectionsList>"
    )
    content = pubmed(8, noticed, "Retracted Publication")
    document = read_bytes(f"<PubmedArticleSet>{content}</PubmedArticleSet>".encode(), "8.xml")
    assert document.title == "Ramps and visits 8."
    assert (document.identifiers["pmid"], document.published) == ("8", "2020-03")
    assert [b.section for b in document.blocks if b.kind == "paragraph"] == ["Abstract › Results"]
    assert document.relations == (Relation("retracted_by", "pmid", "9"),)


def test_a_notice_in_an_index_has_no_abstract_and_names_its_article_all_the_same() -> None:
    record = """<PubmedArticle><MedlineCitation><PMID>7</PMID><Article><ArticleTitle>Retraction:
Ramps and visits.</ArticleTitle><PublicationTypeList><PublicationType>Retraction of Publication
</PublicationType></PublicationTypeList></Article><CommentsCorrectionsList>
<CommentsCorrections RefType="RetractionOf"><RefSource>Town Health. 2020;3:1{doi}</RefSource>
<PMID>8</PMID></CommentsCorrections></CommentsCorrectionsList></MedlineCitation></PubmedArticle>"""
    for doi, named in (("", "PMID 8"), (". doi: 10.5555/ramps", "https://doi.org/10.5555/ramps")):
        document = read_bytes(record.format(doi=doi).encode(), "7.xml")
        assert document.article_type == "retraction"
        with pytest.raises(UnreadableError, match=rf"\(retraction\) about {named};"):
            refuse_notice(document, "7.xml")


@pytest.mark.parametrize(
    ("frame", "member"),
    [
        ("<pmc-articleset>{}{}</pmc-articleset>", lambda n: jats(EN, f"Ramps {n}").decode()),
        ("<PubmedArticleSet>{}{}</PubmedArticleSet>", pubmed),
    ],
)
def test_a_set_is_its_members_each_a_document_of_its_own(frame: str, member: object) -> None:
    content = frame.format(*(member(number) for number in (1, 2))).encode()  # type: ignore[operator]
    found = members(content, "set.xml")
    assert [name for _, name in found] == ["set.xml#1", "set.xml#2"]
    documents = [read_bytes(part, name) for part, name in found]
    assert len({document.id for document in documents}) == 2
    assert [document.source for document in documents] == ["set.xml#1", "set.xml#2"]
    assert members(found[0][0], "one.xml") == [(found[0][0], "one.xml")]


def test_a_set_is_read_as_it_comes_and_no_article_without_end(limit: Limit) -> None:
    article = "<article><p/><p/></article>"
    assert len(members(f"<articles>{article * 3}</articles>".encode(), "set.xml")) == 3
    limit("max_elements", 1000)
    assert len(members(f"<articles>{article * 900}</articles>".encode(), "long.xml")) == 900
    endless = f"<articles>{article}<article>{'<p/>' * 1001}</article></articles>"
    with pytest.raises(UnreadableError, match=r"^endless\.xml: one of the articles in this set"):
        members(endless.encode(), "endless.xml")
    with pytest.raises(UnreadableError, match=r"or set PASSERELLE_MAX_ELEMENTS higher$"):
        members(endless.encode(), "endless.xml")
    with pytest.raises(UnreadableError, match=r"^cut\.xml: not well-formed XML at line 1"):
        members(b"<articles><article>", "cut.xml")


# --- abstracts and formulas -------------------------------------------------------------------


def test_teasers_and_pictures_are_told_apart_from_the_abstract() -> None:
    abstracts = "".join(
        f'<abstract abstract-type="{kind}"><p>{text}</p></abstract>'
        for kind, text in (("toc", "Roy looks at ramps."), ("graphical", "A ramp."))
    )
    document = read_bytes(jats(EN, meta=f"{abstracts}<abstract><p>{EN}</p></abstract>"), "a.xml")
    sections = {document.text[b.start : b.end]: (b.kind, b.section) for b in document.blocks}
    assert sections["Roy looks at ramps."] == ("boilerplate", "Teaser")
    assert sections["A ramp."] == ("boilerplate", "Graphical abstract")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (r"\frac{a^{2}}{3\beta}", "a^2/(3β)"),
        (r"$\frac{1}{1+\frac{x}{y^2}}$", "1/(1 + x/y^2)"),
        (r"\sqrt[3]{27}", "(27)^(1/3)"),
        (r"p = 0{.}05", "p = 0.05"),
        (r"95\,\%", "95 %"),
        (r"\begin{aligned} a &= b \end{aligned}", "a = b"),
        (r"\unheardof{3}", "[…]"),
        (r"\frac{1", "[…]"),
        ("x" * 5_000, "[…]"),
    ],
)
def test_tex_is_said_or_left_out_and_never_another_number(source: str, said: str) -> None:
    assert tex_text(source) == said


# --- languages --------------------------------------------------------------------------------


def test_the_words_decide_against_what_is_declared() -> None:
    document = read_bytes(jats(FR, "Des rampes", stated='xml:lang="en"'), "a.xml")
    assert document.language == "fr"
    assert texts(document, "paragraph") == [FR]


def test_another_language_gets_one_line_that_names_it() -> None:
    with pytest.raises(UnreadableError, match="neither English nor French but Portuguese") as said:
        detect_language(PT, "rampas.xml", "en")
    assert "\n" not in str(said.value)


def test_a_block_in_another_language_says_so_and_is_not_told() -> None:
    content = f"# Ramps\n\n{EN}\n\n{FR}\n\n{EN} Again.\n".encode()
    document = read_bytes(content, "ramps.md")
    found = [(b.kind, b.language) for b in document.blocks if b.kind != "title"]
    assert found == [("paragraph", None), ("boilerplate", "fr"), ("paragraph", None)]


@pytest.mark.parametrize("text", ["Roy, A., Côté, M., & Li, W. (2019). Doors and more doors.", EN])
def test_names_and_own_words_are_no_other_language(text: str) -> None:
    assert foreign_language(text, "en") is None


def test_the_translation_inside_an_article_is_read_and_that_is_noted() -> None:
    inside = (
        '<sub-article article-type="translation" xml:lang="en"><front-stub><title-group>'
        "<article-title>Ramps</article-title></title-group><abstract><p>In short.</p></abstract>"
        f"</front-stub><body><sec><title>Results</title><p>{EN}</p></sec></body></sub-article>"
    )
    document = read_bytes(jats(PT, "Rampas", more=inside, stated='xml:lang="pt"'), "a.xml")
    assert (document.title, document.language) == ("Ramps", "en")
    assert texts(document, "paragraph") == ["In short.", EN]
    assert document.identifiers["doi"] == "10.5555/ramps"
    assert document.relations == (Relation("translation_of", "language", "pt"),)


def test_a_note_that_nobody_translated_is_in_the_original_language() -> None:
    inside = (
        '<sub-article article-type="translation" xml:lang="en"><front-stub/>'
        f"<body><p>{EN}</p></body></sub-article>"
    )
    notes = "<back><fn-group><fn fn-type='conflict'><p>{}</p></fn></fn-group></back>"
    whole = jats(PT, "Rampas", more="@" + inside, stated='xml:lang="pt"').decode()
    for note, language in (
        ("Os autores declaram não haver conflito de interesses.", "pt"),
        ("The authors declare that there is none.", None),
    ):
        document = read_bytes(whole.replace("@", notes.format(note)).encode(), "a.xml")
        (block,) = [b for b in document.blocks if document.text[b.start : b.end] == note]
        assert block.language == language


def test_a_translation_in_an_article_whose_own_front_is_lost_is_one_line() -> None:
    inside = (
        '<sub-article article-type="translation" xml:lang="en"><front-stub/>'
        f"<body><p>{EN}</p></body></sub-article>"
    )
    whole = jats(PT, "Rampas", more=inside, stated='xml:lang="pt"').decode()
    front = re.search(r"<front>.*</front>", whole, re.DOTALL)
    assert front
    with pytest.raises(UnreadableError, match="Portuguese"):
        read_bytes(whole.replace(front.group(), "").encode(), "a.xml")


# --- notices ----------------------------------------------------------------------------------

RELATED = '<related-article related-article-type="{}" ext-link-type="doi" xlink:href="10.5555/n"/>'


@pytest.mark.parametrize(
    ("kind", "relation"),
    [
        ("retraction-forward", "retracted_by"),
        ("correction-forward", "corrected_by"),
        ("expression-of-concern-forward", "concern_raised_by"),
    ],
)
def test_what_notices_say_of_a_paper_is_kept(kind: str, relation: str) -> None:
    document = read_bytes(jats(EN, meta=RELATED.format(kind)), "a.xml")
    assert [(r.kind, r.identifier) for r in document.relations] == [(relation, "10.5555/n")]
    assert "https://doi.org/10.5555/n" in texts(document, "metadata")


@pytest.mark.parametrize(
    "mark", ["RETRACTED: ", "Retracted Article: ", "[Retracted] ", "RÉTRACTÉ : "]
)
def test_a_title_that_says_retracted_is_enough(mark: str) -> None:
    document = read_bytes(jats(EN, f"{mark}Ramps and visits"), "a.xml")
    assert document.relations == (Relation("retracted_by"),)


@pytest.mark.parametrize(
    ("stated", "title", "kind"),
    [
        ('article-type="correction"', "Ramps and visits", "correction"),
        ('article-type="research-article"', "Erratum: Ramps and visits", "correction"),
        ('article-type="other"', "Expression of concern: Ramps", "expression_of_concern"),
        ('article-type="retraction"', "Notice", "retraction"),
        ("", "Rétractation : Des rampes", "retraction"),
    ],
)
def test_a_notice_is_no_study_and_names_the_article_it_concerns(
    stated: str, title: str, kind: str
) -> None:
    meta = RELATED.format("corrected-article" if kind == "correction" else "retraction-forward")
    document = read_bytes(jats(EN, title, meta, stated=stated), "notice.xml")
    assert document.article_type == kind
    if kind != "expression_of_concern":
        with pytest.raises(UnreadableError, match=r"notice .* about https://doi.org/10.5555/n"):
            refuse_notice(document, "notice.xml")


@pytest.mark.parametrize(
    "title",
    [
        "Correction of vision in children of the north",
        "Retraction of the foreskin in boys",
        "Correcting for bias in surveys",
        "Withdrawn behaviour in young readers",
    ],
)
def test_studies_of_corrections_and_retractions_are_studies(title: str) -> None:
    document = read_bytes(jats(EN, title, stated='article-type="research-article"'), "a.xml")
    assert document.article_type == "research"
    assert document.relations == ()


def test_an_absurd_date_is_left_out() -> None:
    date = "<pub-date><day>99999999999999999999</day><month>4</month><year>2020</year></pub-date>"
    assert read_bytes(jats(EN, meta=date), "a.xml").published == "2020-04"
    date = "<pub-date><year>9020</year></pub-date>"
    assert read_bytes(jats(EN, meta=date), "a.xml").published is None

"""The brief as XLIFF 2.1: what a translator's tool finds in it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fixtures.briefs import exchange_brief, fixed, paper_brief, told
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from corpus.errors import PasserelleError
from pipelines.brief import Brief, Segment, Target
from pipelines.render import render
from pipelines.render.xliff import NAMESPACE, text_of
from pipelines.render.xliff_units import find_stretches

X = {"x": NAMESPACE}


def parse(brief: Brief) -> etree._Element:
    return etree.fromstring(render(brief, "xlf").encode("utf-8"))


def unit(root: etree._Element, name: str) -> etree._Element:
    return root.xpath(f"//x:unit[@id='{name}']", namespaces=X)[0]


def notes(element: etree._Element, category: str) -> list[str]:
    found = element.xpath(f"x:notes/x:note[@category='{category}']", namespaces=X)
    return [note.text for note in found]


def text(element: etree._Element, side: str) -> str:
    return text_of(element.find(f"x:segment/x:{side}", namespaces=X))


def with_segments(*segments: Segment) -> Brief:
    return replace(paper_brief(), segments=segments)


def test_the_file_says_languages_version_and_where_it_comes_from() -> None:
    root = parse(paper_brief())
    assert root.tag == f"{{{NAMESPACE}}}xliff"
    assert dict(root.attrib) == {"version": "2.1", "srcLang": "en", "trgLang": "fr"}
    (file,) = root
    assert file.get("original") == "shade-trees.pdf"
    assert notes(file, "brief") == ["b-3f2a9c51d07be846"]
    assert notes(file, "sha256") == [paper_brief().documents[0].sha256]


def test_elements_stand_in_the_order_of_the_standard() -> None:
    allowed = {
        "xliff": ["file"],
        "file": ["profiles", "notes", "group"],
        "group": ["notes", "unit"],
        "unit": ["matches", "glossary", "notes", "segment"],
        "segment": ["source", "target"],
        "notes": ["note"],
        "source": ["mrk"],
    }
    for element in parse(paper_brief()).iter():
        children = [etree.QName(child).localname for child in element]
        order = allowed.get(etree.QName(element).localname, [])
        assert children == sorted(children, key=order.index)


def test_there_is_one_unit_a_segment_in_a_group_a_section() -> None:
    root = parse(paper_brief())
    groups = [group.get("name") for group in root.iterfind(".//x:group", X)]
    assert groups[:3] == ["bottom_line", "context", "findings"]
    found = [element.get("id") for element in root.iterfind(".//x:unit", X)]
    assert found == [segment.id for segment in paper_brief().segments]
    for element in root.iterfind(".//x:unit", X):
        assert element.get("canResegment") == "no"
        assert len(element.findall("x:segment", X)) == 1


def test_what_is_to_translate_has_a_source_and_no_target() -> None:
    element = unit(parse(paper_brief()), "s3")
    assert element.find("x:segment", X).get("state") == "initial"
    assert element.find("x:segment/x:target", X) is None
    source = element.find("x:segment/x:source", X)
    assert "".join(source.itertext()) == (
        "Residents of shaded streets made 12.5% fewer calls for help with heat."
    )


def test_numbers_are_locked_with_their_unit_signs() -> None:
    (mark,) = unit(parse(paper_brief()), "s3").iterfind(".//x:mrk", X)
    assert mark.text == "12.5%"
    assert dict(mark.attrib) == {"id": "m1", "translate": "no", "type": "generic"}
    marks = [mark.text for mark in unit(parse(paper_brief()), "s5").iterfind(".//x:mrk", X)]
    assert marks == ["$1.5", "$85–$110"]


def test_notes_give_the_evidence_and_each_number_as_the_target_writes_it() -> None:
    element = unit(parse(paper_brief()), "s3")
    assert notes(element, "evidence") == [
        "Preuve (p.\u00a04, Results)\u00a0: «\u00a0Heat-related calls for assistance were 12.5% "
        "lower among residents of shaded streets.\u00a0»"
    ]
    assert notes(element, "number") == ["Nombre\u00a0: 12.5% s’écrit 12,5\u00a0%"]


@pytest.mark.parametrize("name", ["s6", "s10"])
def test_fixed_text_and_citations_carry_their_target(name: str) -> None:
    element = unit(parse(paper_brief()), name)
    segment = next(segment for segment in paper_brief().segments if segment.id == name)
    assert element.find("x:segment", X).get("state") == "final"
    assert text(element, "target") == segment.target.text


def test_an_exchange_in_french_is_translated_into_english() -> None:
    root = parse(exchange_brief())
    assert (root.get("srcLang"), root.get("trgLang")) == ("fr", "en")
    assert notes(unit(root, "s2"), "number") == ["Number: 25 $ is written $25"]


def test_fixed_text_of_a_french_brief_of_an_english_paper_is_turned_round() -> None:
    target = Target("en", "Results hold for 12.5% of towns.", "final", "template")
    segment = Segment(
        "s1", "limits", "Vaut pour 12,5\u00a0% des villes.", "fr", target, origin="template"
    )
    element = unit(parse(with_segments(segment)), "s1")
    assert text(element, "source") == "Results hold for 12.5% of towns."
    assert text(element, "target") == "Vaut pour 12,5\u00a0% des villes."
    assert element.find(".//x:mrk", X).text == "12.5%"


def test_what_is_in_the_target_language_alone_is_named_in_a_note_or_refused() -> None:
    segment = Segment("s7", "limits", "Rien n’a été mesuré.", "fr", Target("en"))
    with pytest.raises(PasserelleError, match="written in fr alone"):
        render(with_segments(segment), "xlf")
    both = parse(with_segments(segment, Segment("s8", "limits", "It rained.", "en", Target("fr"))))
    assert [one.get("id") for one in both.findall(".//x:unit", X)] == ["s8"]
    assert notes(both.find("x:file", X), "not_carried") == ["s7: fr"]


@pytest.mark.parametrize("names", [("a b",), ("s1", "s1")])
def test_an_id_that_xliff_can_t_hold_is_refused(names: tuple[str, ...]) -> None:
    segments = [fixed(name, "limits", "Yes.", "Oui.") for name in names]
    with pytest.raises(PasserelleError, match=f"segment '?{names[0]}'?: "):
        render(with_segments(*segments), "xlf")


def test_characters_that_xml_can_t_hold_come_back() -> None:
    written = "A\x00 12.5%\x1b\ud800 & <b>\r\n\ufffe"
    segment = told("s1", "findings", written, written)
    root = parse(with_segments(segment))
    assert text(unit(root, "s1"), "source") == written
    assert [cp.get("hex") for cp in root.iterfind(".//x:cp", X)] == ["0000", "001B", "D800", "FFFE"]


@given(st.text(max_size=60) | st.text(alphabet="0123456789.,%$ <>&\n\t–-a\x00", max_size=60))
def test_every_text_comes_back_to_the_letter(written: str) -> None:
    target = Target("fr", written[::-1], "translated", "translator")
    segment = replace(told("s1", "findings", written, written), target=target)
    element = unit(parse(with_segments(segment)), "s1")
    assert text(element, "source") == written
    assert text(element, "target") == written[::-1]
    marks = [mark.get("id") for mark in element.iterfind(".//x:mrk", X)]
    assert len(marks) == len(set(marks))


def test_who_speaks_travels_with_the_role_in_the_other_language() -> None:
    (stretch, *_) = find_stretches("Personne élue\u00a0: On s’entend.", "fr")
    assert (stretch.start, stretch.end, stretch.target) == (0, 13, "Elected official")
    assert not any(one.start == 0 for one in find_stretches("Personne élue au conseil.", "fr"))

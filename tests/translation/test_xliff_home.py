"""What other tools do to a translator's file is read as if they hadn't."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from fixtures.briefs import paper_brief
from lxml import etree
from translating import ONE, TWO, saved, translated, tree, units, write

from corpus.errors import UnreadableError
from pipelines.brief import Brief
from pipelines.render.layout import untranslated
from pipelines.render.xliff import Version, render
from pipelines.translation.homecoming import Homecoming, homecoming
from pipelines.translation.returned import Returned
from pipelines.translation.translators_files import opened, read

WORDS = {
    "s1": "L’après-midi, par canicule, il faisait 2,4\u00a0°C de moins dans les rues avec des "
    "arbres d’ombrage que dans les rues sans arbres.",
    "s2": "La chaleur a mené à 1\u00a0250 visites d’urgence de plus dans la région entre 2016 et "
    "2019.",
    "s3": "Les gens des rues ombragées ont fait 12,5\u00a0% moins d’appels à l’aide pour la "
    "chaleur.",
    "s4": "Les arbres plus jeunes, plantés moins de cinq ans avant, n’ont pas fait de différence "
    "claire.",
    "s5": "L’arrosage a coûté aux villes environ 1,5\u00a0million de dollars par an, soit de "
    "85 à 110\u00a0$ par arbre.",
    "s7": "Les villes qui plantent maintenant pourraient voir des rues plus fraîches seulement "
    "après cinq à dix ans.",
    "s8": "L’étude n’a pas mesuré la chaleur de la nuit.",
}


def came_home(content: bytes, brief: Brief | None = None) -> Homecoming:
    [returned] = read(content, "home.xlf")
    assert isinstance(returned, Returned)
    return homecoming(brief or paper_brief(), returned)


def out(version: Version = "2.1") -> bytes:
    return translated(render(paper_brief(), version), WORDS)


def told(content: bytes) -> dict[str, tuple[str, str]]:
    """Source and target of each unit."""
    [returned] = read(content, "home.xlf")
    assert isinstance(returned, Returned)
    assert returned.brief == paper_brief().id
    return {unit.id: (unit.source, unit.target) for unit in returned.units}


def states(home: Homecoming) -> dict[str, str]:
    return {line.segment: line.state for line in home.lines}


ALL_WELL = dict.fromkeys(WORDS, "translated")


def test_the_words_of_the_test_pass() -> None:
    assert sorted(WORDS) == sorted(s.id for s in paper_brief().segments if untranslated(s))
    assert states(came_home(out())) == ALL_WELL


# -- habits of tools -----------------------------------------------------------------------------


def reordered(root: etree._Element) -> None:
    """Units in any order, out of their groups."""
    file = next(root.iter("{*}body", "{*}file"))
    every = list(units(root).values())
    every = every[1::2] + every[::-2]
    for unit in every:
        file.append(unit)


def decorated(root: etree._Element) -> None:
    """A tool's own attributes and elements everywhere."""
    for number, unit in enumerate(units(root).values()):
        unit.set("{http://www.memoq.example/mq}segmentguid", f"g{number}")
        unit.append(etree.Element("{http://sdl.example/sdl}seg-defs", {"origin": "interactive"}))
        unit.append(etree.Comment(" seen "))


def noteless(root: etree._Element) -> None:
    """All notes dropped, and the file's names with them but for one."""
    for note in list(root.iter("{*}note")):
        parent = note.getparent()
        assert parent is not None
        parent.remove(note)
    for notes in list(root.iter("{*}notes")):
        parent = notes.getparent()
        assert parent is not None
        parent.remove(notes)


def untagged(root: etree._Element) -> None:
    """Marks opened, as a tool for plain text leaves sources."""
    etree.strip_tags(root, "{*}mrk")


def as_placeholders(root: etree._Element) -> None:
    """Locked stretches as placeholders that say what they stand for."""
    for mark in list(root.iter("{*}mrk")):
        text, tail = mark.text, mark.tail
        space = etree.QName(mark).namespace
        mark.clear()
        mark.tag, mark.tail = f"{{{space}}}ph", tail
        mark.set("id", "1")
        mark.set("disp" if space == TWO else "equiv-text", text or "")


def without_states(root: etree._Element) -> None:
    """As a tool that knows no states leaves them."""
    for element in root.iter("{*}segment", "{*}target"):
        element.attrib.pop("state", "")


HABITS = [reordered, decorated, noteless, untagged, as_placeholders, without_states]


@pytest.mark.parametrize("version", ["2.1", "1.2"])
@pytest.mark.parametrize("habit", HABITS)
def test_a_habit_of_a_tool_changes_nothing(
    habit: Callable[[etree._Element], None], version: Version
) -> None:
    root = tree(out(version))
    before = told(saved(root))
    assert {id: target for id, (_, target) in before.items() if id in WORDS} == WORDS
    habit(root)
    assert told(saved(root)) == before


def test_other_prefixes_none_at_all_and_character_data_are_read() -> None:
    content = out("1.2").decode()
    prefixed = content.replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?")
    prefixed = prefixed.replace("xmlns=", "xmlns:x=")
    plain = told(content.encode())
    assert told(prefixed.encode()) == plain
    assert told(content.replace(f'xmlns="{ONE}"', "").encode()) == plain
    words = WORDS["s8"]
    assert told(content.replace(words, f"<![CDATA[{words}]]>").encode()) == plain


def test_a_file_in_utf_16_is_read() -> None:
    content = saved(tree(out()), "UTF-16")
    assert told(content) == told(out())


# -- segments ------------------------------------------------------------------------------------


def cut_in_two(root: etree._Element, done: bool = True, turned: bool = False) -> None:
    """The first unit as two segments of 2.1, the second perhaps without a translation."""
    unit = units(root)["s2"]
    [segment] = unit.findall(f"{{{TWO}}}segment")
    unit.remove(segment)
    source = "".join(map(str, segment[0].itertext()))
    whole, cut = WORDS["s2"], WORDS["s2"].index(" dans la région")
    pieces = [(source[:20], whole[:cut]), (source[20:], whole[cut:] if done else "")]
    if turned:
        pieces = [(source[:20], whole[cut:]), (source[20:], whole[:cut])]
    for number, (here, there) in enumerate(pieces):
        part = etree.SubElement(unit, f"{{{TWO}}}segment", {"state": "translated"})
        etree.SubElement(part, f"{{{TWO}}}source").text = here
        target = etree.SubElement(part, f"{{{TWO}}}target")
        target.text = there
        if turned:
            target.set("order", str(2 - number))


@pytest.mark.parametrize("turned", [False, True])
def test_a_unit_cut_into_segments_is_put_together_in_the_translator_s_order(turned: bool) -> None:
    root = tree(out())
    cut_in_two(root, turned=turned)
    [line] = [one for one in came_home(saved(root)).lines if one.segment == "s2"]
    assert (line.state, line.target) == ("translated", WORDS["s2"])


def test_a_unit_of_which_a_part_is_missing_is_told() -> None:
    root = tree(out())
    cut_in_two(root, done=False)
    [line] = came_home(saved(root)).open_lines
    assert (line.segment, line.state) == ("s2", "missing")
    assert line.reasons == ("has a translation of 1 of its 2 parts only",)


def test_segments_as_marks_of_1_2_get_their_space_back() -> None:
    root = tree(out("1.2"))
    unit = units(root)["s8"]
    target = unit.find(f"{{{ONE}}}target")
    assert target is not None
    target.text = None
    for number, text in enumerate(("L’étude n’a pas mesuré.", "La chaleur de la nuit manque.")):
        mark = etree.SubElement(target, f"{{{ONE}}}mrk", {"mtype": "seg", "mid": str(number)})
        mark.text = text
    [line] = [one for one in came_home(saved(root)).lines if one.segment == "s8"]
    assert line.target == "L’étude n’a pas mesuré. La chaleur de la nuit manque."


# -- what a translator may get wrong -----------------------------------------------------------


def test_five_planted_mistakes_are_all_reported_and_nothing_else() -> None:
    wrong = WORDS | {
        "s3": WORDS["s3"].replace("12,5", "15,2"),  # a number
        "s8": WORDS["s8"].replace("n’a pas mesuré", "a mesuré"),  # a negation
        "s1": WORDS["s1"].replace("°C", "°F"),  # a unit of measure
        "s7": WORDS["s7"].replace("pourraient voir", "voient"),  # a caution
    }
    root = tree(translated(render(paper_brief()), wrong))
    missing = units(root)["s2"]
    parent = missing.getparent()
    assert parent is not None
    parent.remove(missing)
    home = came_home(saved(root))
    assert states(home) == ALL_WELL | dict.fromkeys(("s1", "s3", "s7", "s8"), "refused") | {
        "s2": "missing"
    }
    told = {line.segment: line.reasons[0] for line in home.open_lines}
    assert "15.2" in told["s3"]
    assert "“not”" in told["s8"]
    assert "°F" in told["s1"]
    assert "might" in told["s7"]


def test_advice_comes_with_its_line_and_keeps_nothing_back() -> None:
    words = WORDS | {"s3": WORDS["s3"].replace("\u00a0%", "%")}
    home = came_home(translated(render(paper_brief()), words))
    assert states(home) == ALL_WELL
    [line] = [line for line in home.lines if line.typography]
    assert line.segment == "s3"
    assert not line.reasons
    assert "before “%”" in line.typography[0]


# -- what isn't done -----------------------------------------------------------------------------


def test_what_a_tool_says_isn_t_done_isn_t_taken_for_a_translation() -> None:
    root = tree(out("1.2"))
    found = units(root)
    write(found["s1"], WORDS["s1"], "needs-translation")
    source = found["s3"].find(f"{{{ONE}}}source")
    assert source is not None
    write(found["s3"], "".join(map(str, source.itertext())), "new")  # as some tools fill them
    found["s8"].set("{http://memoq.example}status", "PartiallyEdited")
    told = states(came_home(saved(root)))
    assert (told["s1"], told["s3"], told["s8"]) == ("unfinished", "missing", "unfinished")


def test_fixed_text_is_nobody_s_to_translate() -> None:
    root = tree(out())
    write(units(root)["s6"], "Tout est certain.")
    [line] = came_home(saved(root)).open_lines
    assert (line.segment, line.state) == ("s6", "fixed")


def test_a_line_that_moved_is_found_by_its_words() -> None:
    brief = paper_brief()
    moved = {"s3": "s4", "s4": "s3"}
    segments = tuple(replace(one, id=moved.get(one.id, one.id)) for one in brief.segments)
    home = came_home(out(), replace(brief, segments=segments))
    assert states(home) == ALL_WELL
    assert {line.segment: line.target for line in home.lines}["s4"] == WORDS["s3"]


def test_a_link_or_a_code_that_changes_is_told() -> None:
    brief = paper_brief()
    text = "The H1N1 plan is at https://example.org/plan for all."
    segments = tuple(replace(s, text=text) if s.id == "s8" else s for s in brief.segments)
    brief = replace(brief, segments=segments)
    good = "Le plan H1N1 est à https://example.org/plan pour toutes et tous."
    content = render(brief)
    assert states(came_home(translated(content, WORDS | {"s8": good}), brief)) == ALL_WELL
    for bad in (
        good.replace("H1N1", "H1N2"),
        good.replace("/plan ", "/plans ").replace("org", "com"),
    ):
        [line] = came_home(translated(content, WORDS | {"s8": bad}), brief).open_lines
        assert "stays as it is in every language" in line.reasons[-1]


def test_too_much_is_refused_before_it_is_unpacked() -> None:
    import io
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.xlf", b" " * (120 << 20))
    with pytest.raises(UnreadableError, match="unpacks to more than"):
        opened(packed.getvalue(), "bomb.mqxlz")

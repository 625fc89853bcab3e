"""The termbase goes out as TBX-Basic, and what goes out is read in again."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from pipelines.language.terms import of_tbx, shipped
from pipelines.render import tbx

#: The core structure of ISO 30042:2019 (DCA style), as far as TBX-Basic uses it.
SCHEMA = """<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="urn:iso:std:iso:30042:ed-2"
 datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"><start><element name="tbx">
 <attribute name="type"><value>TBX-Basic</value></attribute><attribute name="style"><value>dca</value></attribute>
 <attribute name="xml:lang"/><element name="tbxHeader"><element name="fileDesc"><element name="titleStmt">
 <element name="title"><text/></element></element><element name="sourceDesc"><element name="p"><text/></element></element>
 </element></element><element name="text"><element name="body"><oneOrMore><element name="conceptEntry">
 <attribute name="id"><data type="ID"/></attribute><zeroOrMore><ref name="subject"/></zeroOrMore>
 <oneOrMore><element name="langSec"><attribute name="xml:lang"/><optional><element name="descripGrp">
 <element name="descrip"><attribute name="type"><value>definition</value></attribute><text/></element></element></optional>
 <oneOrMore><element name="termSec"><element name="term"><text/></element><zeroOrMore><ref name="note"/></zeroOrMore>
 </element></oneOrMore></element></oneOrMore></element></oneOrMore></element></element></element></start>
 <define name="subject"><element name="descrip"><attribute name="type"><value>subjectField</value></attribute><text/></element></define>
 <define name="note"><choice>
 <element name="termNote"><attribute name="type"><value>partOfSpeech</value></attribute><choice><value>noun</value><value>verb</value><value>adjective</value><value>adverb</value><value>properNoun</value><value>other</value></choice></element>
 <element name="termNote"><attribute name="type"><value>administrativeStatus</value></attribute><choice><value>preferredTerm-admn-sts</value><value>admittedTerm-admn-sts</value></choice></element>
 <element name="termNote"><attribute name="type"><value>geographicalUsage</value></attribute><text/></element>
 </choice></define></grammar>"""  # noqa: E501


def test_the_whole_termbase_is_valid_and_comes_back_the_same(tmp_path: Path) -> None:
    terms = shipped()
    written = tbx.render(terms)
    schema = etree.RelaxNG(etree.fromstring(SCHEMA))
    schema.assertValid(etree.fromstring(written.encode()))
    file = tmp_path / "all.tbx"
    file.write_text(written, encoding="utf-8")
    back = list(of_tbx(file))
    assert [(t.terms, t.forms, t.domain, t.part) for t in back] == [
        (t.terms, t.forms, t.domain, t.part) for t in terms
    ]

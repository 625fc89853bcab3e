"""The termbase as TBX-Basic, for a translator's own tool.

In: terms of both languages. Out: a TBX document of ISO 30042:2019, in the style that names data
categories by ``type`` (DCA), dialect TBX-Basic: one concept an entry, its domain and explanation,
and each language's terms with part of speech, the preferred one marked. ``terms.tsv`` is the truth,
this is made of it; what others wrote is read by ``language.terms``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from corpus.document import Language
from pipelines.language.terms import BilingualTerm
from pipelines.render.layout import xml_text

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LANGUAGES: tuple[Language, Language] = ("en", "fr")
#: What the header says of where the terms are from.
_SOURCE = (
    "Passerelle termbase: terms of policy, research, climate, health and local government as used "
    "in Canada; standards of usage are named in terms.tsv"
)


def render(terms: Iterable[BilingualTerm]) -> str:
    """The terms as a TBX document with its XML declaration, in their order."""
    root = etree.Element(_tag("tbx"), nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    root.attrib.update({"type": "TBX-Basic", "style": "dca", _LANG: "en"})
    header = _add(root, "tbxHeader")
    description = _add(header, "fileDesc")
    _add(_add(_add(description, "titleStmt"), "title"), None, "Passerelle")
    _add(_add(_add(description, "sourceDesc"), "p"), None, _SOURCE)
    body = _add(_add(root, "text"), "body")
    for number, term in enumerate(terms, start=1):
        _concept(body, term, number)
    etree.indent(root)
    text = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _add(parent: etree._Element, name: str | None, text: str = "") -> etree._Element:
    """A new element in another; without a name, only the text."""
    if name is None:
        parent.text = xml_text(text)
        return parent
    element = etree.SubElement(parent, _tag(name))
    if text:
        element.text = xml_text(text)
    return element


def _concept(body: etree._Element, term: BilingualTerm, number: int) -> None:
    concept = _add(body, "conceptEntry")
    concept.set("id", f"c{number}-{re.sub(r'[^A-Za-z0-9_.-]', '_', term.key)}")
    _add(concept, "descrip", term.domain).set("type", "subjectField")
    for language in _LANGUAGES:
        section = _add(concept, "langSec")
        section.set(_LANG, language)
        if explained := term.definition.get(language):
            _add(_add(section, "descripGrp"), "descrip", explained).set("type", "definition")
        for count, form in enumerate(term.every_form(language)):
            unit = _add(section, "termSec")
            _add(unit, "term", form)
            _add(unit, "termNote", term.part).set("type", "partOfSpeech")
            status = "admittedTerm-admn-sts" if count else "preferredTerm-admn-sts"
            _add(unit, "termNote", status).set("type", "administrativeStatus")
            if language == "fr" and term.usage and not count:
                _add(unit, "termNote", term.usage).set("type", "geographicalUsage")

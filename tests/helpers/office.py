"""Small office files for tests: each a real archive, made from the paragraphs given."""

from __future__ import annotations

import io
import zipfile

from docx import Document as WordDocument

OpenDocument = "application/vnd.oasis.opendocument.text"


def word(*paragraphs: tuple[str, str]) -> bytes:
    """A Word file of paragraphs, each a style and a text: ``("Heading 1", "Methods")``."""
    document = WordDocument()
    for style, text in paragraphs:
        document.add_paragraph(text, style=style)
    return saved(document)


def saved(document: object) -> bytes:
    """The bytes of a python-docx document."""
    made = io.BytesIO()
    document.save(made)  # type: ignore[attr-defined]
    return made.getvalue()


def odt(body: str, styles: str = "") -> bytes:
    """An OpenDocument text whose text part holds ``body`` and whose automatic styles are given."""
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{part}:1.0"'
        for prefix, part in (
            ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
            ("fo", "xsl-fo-compatible"),
        )
    )  # fmt: skip
    content = (
        f'<office:document-content {spaces} xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return archive({"mimetype": OpenDocument, "content.xml": content})


def archive(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP archive of named parts, the first one stored plainly as OpenDocument asks."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for index, (name, content) in enumerate(parts.items()):
            kind = zipfile.ZIP_DEFLATED if index else zipfile.ZIP_STORED
            packed.writestr(name, content, compress_type=kind)
    return made.getvalue()

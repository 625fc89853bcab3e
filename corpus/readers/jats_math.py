"""Formulas as one readable line: ``η_s(b, d) = (η_0 + η_1)/(1 + b/b_0)``.

In: a MathML ``math`` element whose tags carry no namespace, or LaTeX source. Out: plain text in
the usual linear notation (``_`` below, ``^`` above, ``/`` over, ``√()``), every identifier and
number of the formula kept. Laying a formula out is nobody's business here.

Element meanings: W3C MathML 3.0, chapter 3 (presentation markup).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

Element = etree._Element

_INVISIBLE_OPERATORS = str.maketrans("", "", "\u2061\u2062\u2063\u2064")
_INFIX = frozenset("=+-−±×÷·⋅*<>≤≥≪≫≈≃≅∼~≠≡∝→←↔⇒∈∉⊂∩∪|")
_ACCENTS = {
    "¯": "\u0304", "‾": "\u0304", "―": "\u0304", "^": "\u0302", "ˆ": "\u0302", "~": "\u0303",
    "˜": "\u0303", "˙": "\u0307", ".": "\u0307", "→": "\u20d7", "¨": "\u0308",
}  # fmt: skip


def math_text(element: Element) -> str:
    """A MathML element as one line of text."""
    if not isinstance(element.tag, str):
        return ""
    if handler := _LAYOUT.get(element.tag):
        return handler(element)
    return _row(element)


def _children(element: Element) -> list[Element]:
    return [child for child in element if isinstance(child.tag, str)]


def _token(element: Element) -> str:
    text = "".join(map(str, element.itertext())).translate(_INVISIBLE_OPERATORS)
    return text if element.tag == "mtext" else text.strip()


def _row(element: Element) -> str:
    """Children side by side; infix operators between spaces, words set apart."""
    line = element.text.strip() if element.text else ""
    for child in _children(element):
        text = math_text(child)
        # mo can be wrapped in mstyle or mrow; what is read decides, not the tag
        operator = text.strip()
        if operator in _INFIX and line and line[-1] not in " ([{,":
            line += f" {operator} "
        elif line.endswith(tuple("([{")):
            line += text.lstrip()
        elif operator == ",":
            line = f"{line.rstrip()}, "
        else:
            line += _between(line, text, child) + text
        if child.tail:
            line += child.tail.strip()
    return line


def _between(line: str, text: str, child: Element) -> str:
    """A space where two words meet, as in ``sin x``, and after scripts; ``ab`` stays a product."""
    if re.search(r"[_^]\S*$", line) and text[:1].isalnum():
        return " "
    if not (line[-1:].isalpha() and text[:1].isalpha() and child.tag in ("mi", "mtext")):
        return ""
    before = child.getprevious()
    long_before = before is not None and before.tag == "mi" and len(_token(before)) > 1
    return " " if long_before or (child.tag == "mi" and len(text) > 1) else ""


#: One symbol or number, and one with its power or index.
_SYMBOL = re.compile(r"[−+-]?[\w.]+|\W")
_FACTOR = re.compile(r"[−+-]?(?:[\d.,]+|[^\W\d_]+)(?:[_^][\w.]+)*")


def _group(text: str, simple: re.Pattern[str] = _SYMBOL) -> str:
    """In parentheses, unless it reads as one symbol or number."""
    text = text.strip()
    alone = simple.fullmatch(text) or _in_parentheses(text)
    return text if alone or not text else f"({text})"


def _in_parentheses(text: str) -> bool:
    """Whether the first parenthesis is closed by the last character."""
    if not (text.startswith("(") and text.endswith(")")):
        return False
    depth = 0
    for index, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return index == len(text) - 1
    return False


def _part(element: Element, index: int) -> str:
    children = _children(element)
    return math_text(children[index]) if index < len(children) else ""


def _scripts(element: Element, marks: str) -> str:
    """Base, then each script behind its mark, as far as the scripts are there."""
    text = _part(element, 0)
    for index, mark in enumerate(marks, start=1):
        if script := _group(_part(element, index)):
            text += mark + script
    return text + "".join(math_text(child) for child in _children(element)[len(marks) + 1 :])


def _over(element: Element) -> str:
    accent = _ACCENTS.get(_part(element, 1).strip())
    base = _part(element, 0).strip()
    return base + accent if accent and len(base) == 1 else _scripts(element, "^")


def _fraction(element: Element) -> str:
    rest = "".join(math_text(child) for child in _children(element)[2:])
    above, below = (_group(_part(element, index), _FACTOR) for index in (0, 1))
    return f"{above}/{below}{rest}"


def _root(element: Element) -> str:
    """A square root, or a power of one over the index: "∛" is no sign that people read."""
    index = _part(element, 1).strip() if len(_children(element)) > 1 else ""
    under = _part(element, 0).strip()
    return f"({under})^(1/{_group(index, _FACTOR)})" if index not in ("", "2") else f"√({under})"


def _fenced(element: Element) -> str:
    inner = ", ".join(math_text(child) for child in _children(element))
    return f"{element.get('open', '(')}{inner}{element.get('close', ')')}"


def _table(element: Element) -> str:
    rows = [" ".join(math_text(cell) for cell in _children(row)) for row in _children(element)]
    return "; ".join(filter(None, (row.strip() for row in rows)))


_LAYOUT: dict[str, Callable[[Element], str]] = {
    "annotation": lambda element: "",
    "annotation-xml": lambda element: "",
    "mfenced": _fenced,
    "mfrac": _fraction,
    "mi": _token,
    "mn": _token,
    "mo": _token,
    "mover": _over,
    "mphantom": lambda element: "",
    "mroot": _root,
    "ms": _token,
    "mspace": lambda element: " ",
    "msqrt": lambda element: f"√({_row(element).strip()})",
    "msub": lambda element: _scripts(element, "_"),
    "msubsup": lambda element: _scripts(element, "_^"),
    "msup": lambda element: _scripts(element, "^"),
    "mtable": _table,
    "mtext": _token,
    "munder": lambda element: _scripts(element, "_"),
    "munderover": lambda element: _scripts(element, "_^"),
}

#: The document around a formula, as publishers' files carry it.
_PREAMBLE = re.compile(r"\\begin\{document\}(.*?)(?:\\end\{document\}|$)", re.DOTALL)
#: What only sets formulas below one another.
_ALIGNED = re.compile(r"\\(?:begin|end)\{(?:aligned|align|split|gathered|eqnarray)\*?\}")
#: A longer source is no formula, in characters.
_LONGEST_TEX = 4_000
LEFT_OUT = "[…]"
"""Stands for a formula that can't be said, so that the gap is seen."""


def tex_text(source: str) -> str:
    """LaTeX as one readable line; ``LEFT_OUT`` where it holds what can't be said for sure.

    latex2mathml reads it, ``math_text`` says it. A command that neither knows could change a
    number, so that formula is left out.
    """
    document = _PREAMBLE.search(source)
    text = (document[1] if document else source).replace("$", "").strip()
    text = _ALIGNED.sub("", text)
    if not text:
        return ""
    if text.count("{") != text.count("}"):
        return LEFT_OUT
    if "\\begin{" not in text:
        text = text.replace("&", "")
    try:
        said = math_text(_mathml(text)) if len(text) <= _LONGEST_TEX else LEFT_OUT
    except Exception:  # latex2mathml fails in many ways, each on a formula that it can't follow
        return LEFT_OUT
    return LEFT_OUT if "\\" in said else said.strip()


def _mathml(source: str) -> Element:
    from latex2mathml.converter import convert

    element = etree.fromstring(convert(source).encode())
    for part in element.iter(etree.Element):
        part.tag = etree.QName(part).localname
    return element

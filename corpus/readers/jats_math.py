"""Formulas as one readable line: ``η_s(b, d) = (η_0 + η_1)/(1 + b/b_0)``.

In: a MathML ``math`` element whose tags carry no namespace, or LaTeX source. Out: plain text in
the usual linear notation (``_`` below, ``^`` above, ``/`` over, ``√()``), every identifier and
number of the formula kept. Laying a formula out is nobody's business here.

Element meanings: W3C MathML 3.0, chapter 3 (presentation markup).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html.entities import html5

from lxml import etree

from corpus.text import cue_pattern

Element = etree._Element

_INVISIBLE_OPERATORS = str.maketrans("", "", "\u2061\u2062\u2063\u2064")
_INFIX = frozenset("=+-−±×÷·⋅*<>≤≥≪≫≈≃≅∼~≠≡∝→←↔⇒∈∉⊂∩∪|")
_ACCENTS = {"¯": "\u0304", "‾": "\u0304", "^": "\u0302", "ˆ": "\u0302", "~": "\u0303",
            "˜": "\u0303", "˙": "\u0307", ".": "\u0307", "→": "\u20d7", "¨": "\u0308"}  # fmt: skip


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


def _group(text: str) -> str:
    """In parentheses, unless it reads as one symbol or number."""
    text = text.strip()
    simple = re.fullmatch(r"[−+-]?[\w.]+|\W", text) or _in_parentheses(text)
    return text if simple or not text else f"({text})"


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
    return f"{_group(_part(element, 0))}/{_group(_part(element, 1))}{rest}"


def _root(element: Element) -> str:
    index = f"^{_group(_part(element, 1))}" if len(_children(element)) > 1 else ""
    return f"√({_part(element, 0).strip()}){index}"


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

#: LaTeX commands that change only how their argument looks.
_STYLES = (
    "math[a-z]+", "text[a-z]*", "mbox", "hbox", "operatorname", "boldsymbol", "rm", "bf", "it",
    "left", "right", "[Bb]igg?[lr]?", "displaystyle", "limits", r"begin\{[^}]*\}", r"end\{[^}]*\}",
)  # fmt: skip
_STYLE = cue_pattern(_STYLES, before=r"\\", after="(?![A-Za-z])", flags=re.NOFLAG)


def tex_text(source: str) -> str:
    """LaTeX as readable text: preamble and styling dropped, symbols as Unicode where HTML has
    a name for them, other commands by their own name.
    """
    document = re.search(r"\\begin\{document\}(.*?)(?:\\end\{document\}|$)", source, re.DOTALL)
    text = document[1] if document else source
    text = text.replace("$", "")
    text = _STYLE.sub("", text)
    text = re.sub(r"\\d?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"(\1)/(\2)", text)
    text = re.sub(r"\\sqrt\s*\{([^{}]*)\}", r"√(\1)", text)
    text = re.sub(r"\\([A-Za-z]+)", _symbol, text)
    text = re.sub(r"\\[,;:!> ]|\\\\|~|&", " ", text)
    return re.sub(r"\\(.)", r"\1", text).replace("{", "").replace("}", "").strip()


def _symbol(command: re.Match[str]) -> str:
    return html5.get(f"{command[1]};", f" {command[1]} ")

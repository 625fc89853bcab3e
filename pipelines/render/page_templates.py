"""The templates of the pages that are written, as all of them are read."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from pipelines.language.typography import one_line


@cache
def page_template(name: str) -> Template:
    """A file of ``templates/``; what is filled into it is escaped."""
    environment = Environment(
        loader=PackageLoader("pipelines.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["line"] = one_line
    return environment.get_template(name)

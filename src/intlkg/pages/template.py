"""Templates of the pages, and the policy under which a browser runs them."""

import base64
import functools
import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import jinja2

_FOLDER: Final = Path(__file__).parent / "templates"


def environment() -> "jinja2.Environment":
    """Return an environment whose templates escape all that they are given."""
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER), autoescape=True, keep_trailing_newline=True
    )


@functools.cache
def compiled(name: str) -> "jinja2.Template":
    """Return a template, read once."""
    return environment().get_template(name)


def source(name: str) -> str:
    """Return the text of a script, style or drawing that a template takes in as it is."""
    return (_FOLDER / name).read_text(encoding="utf-8")


def policy(*, scripts: Iterable[str] = (), styles: Iterable[str] = ()) -> str:
    """Return a Content-Security-Policy that admits these inline texts and nothing else."""
    admitted = [
        f"{kind} {' '.join(map(_hash, texts))}"
        for kind, texts in (("script-src", list(scripts)), ("style-src", list(styles)))
        if texts
    ]
    fixed = ["img-src data:", "base-uri 'none'", "form-action 'none'"]
    return "; ".join(["default-src 'none'", *admitted, *fixed])


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest())
    return f"'sha256-{digest.decode('ascii')}'"

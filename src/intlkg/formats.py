"""An answer as a table in the formats that people paste into papers and other tools."""

import csv
import html
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from intlkg.store import Iri, Literal, Rows, Term
from intlkg.vocab import PREFIXES

if TYPE_CHECKING:
    import pandas

_LATEX: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
        "_": r"\_", "%": r"\%", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    }
)  # fmt: skip


class Tabular:
    """Rows under a head, in the formats of `FORMATS`, for pandas and for notebooks."""

    __slots__ = ()

    @property
    def columns(self) -> Sequence[str]:
        """The names of the columns."""
        raise NotImplementedError

    @property
    def cells(self) -> Sequence[Sequence[str]]:
        """The rows, as text."""
        raise NotImplementedError

    def csv(self) -> str:
        """Return CSV (RFC 4180); a cell that a spreadsheet would run is quoted."""
        return as_csv(self.columns, self.cells)

    def to_pandas(self) -> "pandas.DataFrame":
        """Return the cells as a pandas data frame of text.

        Raises:
            ImportError: pandas is not installed.
        """
        import pandas

        return pandas.DataFrame([list(row) for row in self.cells], columns=list(self.columns))

    def _repr_html_(self) -> str:
        return as_html(self.columns, self.cells)


def as_csv(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return CSV (RFC 4180); a cell that a spreadsheet would run is quoted."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


def as_tsv(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return tab-separated lines; white space within a cell becomes one space."""
    lines = ["\t".join(" ".join(cell.split()) for cell in row) for row in (head, *rows)]
    return "\n".join(lines) + "\n"


def as_markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table of GitHub Flavored Markdown; nothing in a cell is read as markup."""
    escaped = [[markdown_text(cell) for cell in row] for row in (head, *rows)]
    lines = [f"| {' | '.join(row)} |" for row in escaped]
    return "\n".join([lines[0], f"|{' --- |' * len(head)}", *lines[1:]]) + "\n"


def as_html(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return an HTML table, every cell escaped."""
    top = "".join(f'<th scope="col">{html.escape(cell)}</th>' for cell in head)
    body = "\n".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table>\n<thead><tr>{top}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n"


def as_latex(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a LaTeX table with the rules of `booktabs`, every cell escaped."""
    lines = [" & ".join(cell.translate(_LATEX) for cell in row) + r" \\" for row in (head, *rows)]
    return (
        "\n".join(
            [
                rf"\begin{{tabular}}{{{'l' * len(head)}}}",
                r"\toprule",
                lines[0],
                r"\midrule",
                *lines[1:],
                r"\bottomrule",
                r"\end{tabular}",
            ]
        )
        + "\n"
    )


FORMATS: Final[Mapping[str, Callable[[Sequence[str], Sequence[Sequence[str]]], str]]] = {
    "csv": as_csv,
    "tsv": as_tsv,
    "markdown": as_markdown,
    "html": as_html,
    "latex": as_latex,
}
"""Name of a format -> what writes it from labels."""


def as_json(terms: Rows) -> str:
    """Return terms in the SPARQL 1.1 Query Results JSON Format."""
    bindings = [{name: _json_term(term) for name, term in row.items()} for row in terms]
    body = {"head": {"vars": terms.variables}, "results": {"bindings": bindings}}
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def harmless(cell: str) -> str:
    """Keep a spreadsheet from reading a cell as a formula (CWE-1236)."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def markdown_text(cell: str) -> str:
    """Return text on one line in which nothing is read as markup (GitHub Flavored Markdown)."""
    plain = " ".join(cell.split())
    for mark in "\\`*_[]<>|#~":
        plain = plain.replace(mark, f"\\{mark}")
    return plain


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, Iri):
        return {"type": "uri", "value": term.value}
    if isinstance(term, Literal):
        extra = (
            {"xml:lang": term.language}
            if term.language
            else {"datatype": term.datatype.value}
            if term.datatype.value != PREFIXES["xsd"] + "string"
            else {}
        )
        return {"type": "literal", "value": term.value, **extra}
    return {"type": "bnode", "value": str(term)}

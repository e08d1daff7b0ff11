"""Run the notebook in docs/ and write what it prints into it: python scripts/notebook.py."""

import ast
import contextlib
import io
import json
from pathlib import Path
from typing import Any

from IPython.core.formatters import DisplayFormatter

NOTEBOOK = Path(__file__).resolve().parents[1] / "docs" / "tour.ipynb"


def executed(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return a notebook with its cells run in order, and what they print and show as outputs."""
    names: dict[str, Any] = {"__name__": "__main__"}
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    for count, cell in enumerate(code, 1):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            result = _run("".join(cell["source"]), names)
        cell["execution_count"] = count
        cell["outputs"] = _outputs(printed.getvalue(), result, count)
    return notebook


def _run(source: str, names: dict[str, Any]) -> object:
    """Run a cell, and return the value of its last line if that is an expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    if not isinstance(last, ast.Expr):
        return None
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names)


def _outputs(text: str, result: object, count: int) -> list[dict[str, Any]]:
    outputs: list[dict[str, Any]] = []
    if text:
        lines = text.splitlines(keepends=True)
        outputs.append({"output_type": "stream", "name": "stdout", "text": lines})
    if result is not None:
        shown = DisplayFormatter().format(result)[0]
        data = {kind: said.splitlines(keepends=True) for kind, said in sorted(shown.items())}
        outputs.append(
            {
                "output_type": "execute_result",
                "execution_count": count,
                "metadata": {},
                "data": data,
            }
        )
    return outputs


def main() -> None:
    """Run the notebook and write it."""
    notebook = executed(json.loads(NOTEBOOK.read_text(encoding="utf-8")))
    text = json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
    NOTEBOOK.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

"""Lists are what the engine reads: a workspace's own list must have their columns."""

from collections.abc import Callable

from intlkg.workspace import Workspace
from workspaces import ROOT, Run


def test_a_list_without_a_column_is_named(own_toy: Workspace, intlkg: Callable[..., Run]) -> None:
    folder = own_toy.root / "queries" / "lists"
    folder.mkdir(parents=True)
    text = (ROOT / "queries" / "lists" / "works.rq").read_text(encoding="utf-8")
    (folder / "works.rq").write_text(text, encoding="utf-8")
    assert intlkg("check", "--workspace", own_toy.root).status == 0
    (folder / "works.rq").write_text(text.replace("?key ?title\nWHERE", "?title\nWHERE"))
    run = intlkg("check", "--workspace", own_toy.root)
    fault = "the list has no column 'key', which pages and commands read; select ?key"
    assert f"queries/lists/works.rq:1: {fault}" in run.out

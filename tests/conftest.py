import os
from collections.abc import Callable
from pathlib import Path

import pytest

from intlkg import build, cli
from intlkg.base import Base
from intlkg.store import Store
from intlkg.workspace import Workspace
from workspaces import DATA, ROOT, Run, copy_of


@pytest.fixture
def intlkg(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., Run]:
    """Run a command line as a user would."""

    def run(*arguments: str | Path) -> Run:
        monkeypatch.setattr("sys.argv", ["intlkg", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        printed = capsysbinary.readouterr()
        status = left.value.code
        return Run(
            status if isinstance(status, int) else 0, printed.out.decode(), printed.err.decode()
        )

    return run


@pytest.fixture(scope="session")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The invented workspace; tests only read it."""
    return copy_of(DATA / "toy", tmp_path_factory.mktemp("toy"))


@pytest.fixture
def own_toy(tmp_path: Path) -> Workspace:
    """The invented workspace, to be changed by one test."""
    return copy_of(DATA / "toy", tmp_path)


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The shipped workspace; tests only read it."""
    return copy_of(ROOT, tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="session")
def toy_store(toy: Workspace) -> Store:
    return build.store(toy)


@pytest.fixture(scope="session")
def corpus_store(corpus: Workspace) -> Store:
    return build.store(corpus)


@pytest.fixture(scope="session")
def toy_base(toy: Workspace, toy_store: Store) -> Base:
    return Base(toy, toy_store)


@pytest.fixture(scope="session")
def corpus_base(corpus: Workspace, corpus_store: Store) -> Base:
    return Base(corpus, corpus_store)


@pytest.fixture(scope="session")
def library_base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    """A workspace with nothing but a library, which people marked and read; tests only read it."""
    workspace = copy_of(DATA / "library", tmp_path_factory.mktemp("library"))
    return Base(workspace, build.store(workspace))


@pytest.fixture(scope="session")
def ward_base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    """A workspace of another field, with its own base, language and schemes; only read."""
    workspace = copy_of(DATA / "ward", tmp_path_factory.mktemp("ward"))
    return Base(workspace, build.store(workspace))


@pytest.fixture(scope="session")
def texts() -> Path:
    """The folder with the studies' texts, which are not part of the project."""
    folder = os.environ.get("INTLKG_TEXTS", "")
    if not folder:
        pytest.skip("the studies' texts are not at hand: set INTLKG_TEXTS to their folder")
    path = (ROOT / folder).resolve()
    assert path.is_dir(), f"INTLKG_TEXTS names {path}, which is no folder"
    return path

from pathlib import Path

import pytest

from intlkg import workspace
from intlkg.errors import WorkspaceError
from intlkg.workspace import Workspace


def test_the_nearest_workspace_above_a_folder_is_found(toy: Workspace) -> None:
    assert workspace.find(toy.root / "ontology" / "concepts").root == toy.root


def test_a_named_folder_outside_all_workspaces_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="is in no workspace"):
        workspace.find(tmp_path)


def test_in_a_folder_outside_all_workspaces_the_shipped_one_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = workspace.find()
    assert (found.root / "graphs" / "makaya-2024.trig").is_file()


def test_a_folder_without_settings_is_refused_with_a_cure(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match=r"has no intlkg\.toml; name a folder that has one"):
        workspace.read(tmp_path)


@pytest.mark.parametrize(
    ("settings", "fault"),
    [
        ('colour = "red"', "'colour' is not a setting; use one of title, base"),
        ("title = 3", "'title' must be a str"),
        ('engine = "postgres"', "'engine' must be one of auto, memory, disk"),
        ('base = "https://example.org"', "'base' must end with a slash"),
        ("title = ", "mend the file"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, settings: str, fault: str) -> None:
    (tmp_path / "intlkg.toml").write_text(settings)
    with pytest.raises(WorkspaceError, match=fault):
        workspace.read(tmp_path)


def test_files_are_inherited_unless_the_workspace_has_its_own(own_toy: Workspace) -> None:
    inherited = own_toy.files("ontology/*.ttl")["ontology/codes.ttl"]
    assert own_toy.root not in inherited.parents
    (own_toy.root / "ontology" / "codes.ttl").write_text("# mine\n")
    assert own_toy.files("ontology/*.ttl")["ontology/codes.ttl"].read_text() == "# mine\n"


def test_what_is_not_to_be_inherited_is_not(toy: Workspace) -> None:
    assert list(toy.files("graphs/*.trig")) == [
        "graphs/harbour-2020.trig",
        "graphs/pier-2021.trig",
    ]
    assert list(toy.files("ontology/concepts/*.ttl")) == ["ontology/concepts/toy.ttl"]


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kept.txt"
    workspace.write(path, b"old")

    def fail(_handle: int) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="no space"):
        workspace.write(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]

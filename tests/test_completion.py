"""What Tab offers in a real bash."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from intlkg import build
from intlkg.workspace import Workspace

PROMPT = "ready> "


@pytest.fixture
def bash(toy: Workspace) -> Iterator[pexpect.spawn]:
    build.store(toy)
    folder = Path(sys.executable).parent
    environment = {
        **os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "PS1": PROMPT, "TERM": "dumb",
        "INPUTRC": "/dev/null", "COLUMNS": "200",
    }  # fmt: skip
    shell = pexpect.spawn(
        "bash", ["--norc", "--noprofile", "-i"], cwd=str(toy.root), env=environment,
        encoding="utf-8", timeout=20, dimensions=(50, 200),
    )  # fmt: skip
    shell.sendline("bind 'set enable-bracketed-paste off'; PS1='ready> '")
    shell.sendline('eval "$(_INTLKG_COMPLETE=bash_source intlkg)"; echo doneing')
    shell.expect("doneing\r\n")
    shell.expect(PROMPT)
    yield shell
    shell.close(force=True)


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("intlkg ask sources-of", "intlkg ask sources-of-theme "),
        ("intlkg ask sources-of-theme th", "intlkg ask sources-of-theme theme="),
        ("intlkg ask sources-of-theme theme=vis", "intlkg ask sources-of-theme theme=visibility"),
        ("intlkg ask sources-of-theme theme=lack", "theme=lack-of-funding"),
        ("intlkg trace visib", "intlkg trace visibility"),
        ("intlkg table satu", "intlkg table saturation"),
        ("intlkg without Lind-", "intlkg without Lind-2020"),
        ("intlkg without Q1", "intlkg without Q1 "),
    ],
)
def test_tab_completes(bash: pexpect.spawn, typed: str, completed: str) -> None:
    bash.send(f"{typed}\t")
    bash.expect_exact(completed)

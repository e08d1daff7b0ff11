# make demo   set everything up, build the shipped workspace, trace a theme, draw the pages
# make test   set everything up, run every check and every test
# make expected   ask every question anew, rewrite the expected answers, show what changed
.DELETE_ON_ERROR:
.PHONY: demo test expected clean chromium

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready-run
TESTED := $(VENV)/.ready-test
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
# Texts of the studies, to verify quotes against: they are not part of the project.
INTLKG_TEXTS ?= $(firstword $(wildcard texts ../shared/seed))
export INTLKG_TEXTS

demo: $(READY)
	$(BIN)/intlkg build
	$(BIN)/intlkg trace visibility
	@echo "The interactive pages:"
	$(BIN)/intlkg draw

test: $(TESTED) chromium
	$(BIN)/lint-imports
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python -m pytest

expected: $(TESTED)
	$(BIN)/python scripts/expected.py

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV) || { ./scripts/apt-get python3-venv && $(PYTHON) -m venv $(VENV); }
	$(PIP) -e .
	touch $@

$(TESTED): $(READY)
	$(PIP) -e .[test]
	touch $@

chromium:
	@command -v chromium >/dev/null || ./scripts/apt-get chromium

clean:
	rm -rf build dist $(VENV)

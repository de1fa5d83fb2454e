# One command for each thing a contributor does. Set PYTHON to another interpreter where .venv is not the one.

unexport PYTHONDONTWRITEBYTECODE  # tests start many processes, and each would compile everything again

PYTHON ?= .venv/bin/python
WORKERS ?= 4
PYTEST = $(PYTHON) -m pytest -n $(WORKERS) --dist worksteal

.PHONY: help setup check format lint types spelling test test-all goldens bench soak judge

help:
	@echo "make setup     create .venv with everything the checks need"
	@echo "make check     format, lint, types, spelling and the first tier of tests"
	@echo "make test      the first tier of tests: no tmux, browser, shell or slow ones"
	@echo "make test-all  every test, as CI runs them"
	@echo "make goldens   renew the text goldens of screens; read the diff before committing it"
	@echo "make bench     start-up, command, screen and document costs"
	@echo "make judge     train the judge of weak answers again, and write its figures"
	@echo "make soak      the long loops in full: kills, merges, fuzzing"

setup:
	python3 -m venv .venv
	.venv/bin/pip install -q -e '.[test]'

check: format lint types spelling test

format:
	$(PYTHON) -m ruff format --check sprintkit tests

lint:
	$(PYTHON) -m ruff check sprintkit tests

types:
	$(PYTHON) -m mypy

spelling:
	$(PYTHON) -m codespell_lib

test:
	$(PYTEST) -m "not terminal and not browser and not shell and not slow"

test-all:
	$(PYTEST)

goldens:
	SPRINTKIT_GOLDENS=renew $(PYTEST) tests/tui tests/tui_session tests/charter/test_plain_check.py -m "not terminal"
	@git --no-pager diff --stat -- '*goldens*' '*plain_types.py'

bench:
	$(PYTHON) tests/bench/cli_costs.py
	$(PYTHON) tests/bench/growth.py
	$(PYTHON) tests/bench/board.py
	$(PYTHON) tests/bench/signatures.py
	$(PYTHON) tests/bench/terminal.py
	$(PYTHON) tests/bench/screens.py
	$(PYTHON) tests/bench/judge.py
	$(PYTHON) tests/bench/documents.py
	$(PYTHON) tests/bench/probe.py

soak:
	SPRINTKIT_SOAK=1 $(PYTEST)

judge:
	$(PYTHON) -c "import sklearn" 2>/dev/null || $(PYTHON) -m pip install -q -e '.[judge]'
	$(PYTHON) -m tests.judge.train

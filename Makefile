# make demo: the whole product on this machine.   make test: everything that must be true before a change lands.
PYTHON ?= python3
CHROMIUM ?= /usr/bin/chromium
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: help demo install test lint e2e pictures bench crash year half-year lock safety-train

help:
	@echo "make demo     the bot with phones for every role in the browser; no token, no network"
	@echo "make test     checks and tests (a quarter of an hour or more on two cores)"
	@echo "make lint     the checks alone"
	@echo "make e2e      the journey on the page, in Chromium, with screenshots"
	@echo "make pictures makes the pictures of docs/content.md and docs/professionals.md anew, in Chromium"
	@echo "make crash    the long kill harness"
	@echo "make year     a simulated year of one municipality, with every message checked (ten minutes or more)"
	@echo "make half-year  half a year of one professional with 24 youngsters: the minutes it asks, and the digests (minutes)"
	@echo "make bench    memory, start and CPU per turn"
	@echo "make safety-train  trains the detector of danger anew and measures it (minutes)"
	@echo "make install  the dependencies alone, for a server (deploy/README.md)"
	@echo "make lock     new versions of the dependencies (needs uv)"

demo: .venv/.run-stamp
	@$(BIN)/python -m bot demo

install: .venv/.run-stamp

test: lint
	$(BIN)/python -m bot content check
	$(BIN)/python -m pytest -q -n 2

lint: .venv/.test-stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

e2e: .venv/.e2e-stamp
	@test -x "$(CHROMIUM)" || { echo "No Chromium at $(CHROMIUM). On Debian: apt install chromium; elsewhere: make e2e CHROMIUM=/path"; exit 2; }
	CHROMIUM="$(CHROMIUM)" $(BIN)/python -m pytest -q -n 2 --dist worksteal -o faulthandler_timeout=300 -m e2e

pictures: .venv/.e2e-stamp
	PICTURES=docs/pictures CHROMIUM="$(CHROMIUM)" $(BIN)/python -m pytest -q -m e2e tests/e2e/test_content_walk.py tests/e2e/test_professional_walk.py

crash: .venv/.test-stamp
	$(BIN)/python -m pytest -m slow

year: .venv/.test-stamp
	$(BIN)/python -m pytest -q -s -m slow tests/rehearsal/test_year.py

half-year: .venv/.test-stamp
	$(BIN)/python -m tests.rehearsal.half_year

bench: .venv/.test-stamp
	$(BIN)/python -m benchmarks

# scikit-learn has an environment of its own: nothing else may come to lean on it.
safety-train:
	@test -x .venv/train/bin/python || $(PYTHON) -m venv .venv/train
	@.venv/train/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r deploy/lock/train.txt
	.venv/train/bin/python -m bot safety train
	.venv/train/bin/python -m bot safety evaluate

lock:
	@command -v uv >/dev/null || { echo "uv is needed to renew the lock files: pipx install uv"; exit 2; }
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		--extra postgres --output-file deploy/lock/run.txt pyproject.toml
	for group in test e2e train; do \
		uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
			--extra postgres --group test --group $$group --constraint deploy/lock/run.txt \
			--output-file deploy/lock/$$group.txt pyproject.toml || exit 1; \
	done

# The stamps lie inside .venv, so that removing .venv is all it takes to begin anew.
.venv/.run-stamp: pyproject.toml deploy/lock/run.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed, and this is $$($(PYTHON) --version 2>&1). Try: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 2; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv || \
		{ echo "Python cannot make a virtual environment. On Debian: apt install python3-venv"; exit 2; }
	@echo "Installing the dependencies in .venv (once) ..."
	@$(PIP) -r deploy/lock/run.txt
	@touch $@

.venv/.test-stamp: .venv/.run-stamp deploy/lock/test.txt
	@$(PIP) -r deploy/lock/test.txt
	@touch $@

.venv/.e2e-stamp: .venv/.test-stamp deploy/lock/e2e.txt
	@$(PIP) -r deploy/lock/e2e.txt
	@touch $@

# govreport: `make run` does the main job on the sample archive, `make test` tests, `make help` lists the rest.
# A fresh machine needs Python 3.11 or later, make, and a package registry that pip reaches.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARCHIVE ?= corpora/sample/reports
DIVISIONS ?= corpora/sample/divisions.csv
OUT ?= out
.DEFAULT_GOAL := help
.PHONY: help run test check bench score diff docs lock sample clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(VENV)/created:
	@command -v $(PYTHON) >/dev/null || { echo "no $(PYTHON) here: install Python 3.11 or later, or say make PYTHON=/path/to/python3" >&2; exit 3; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed: say make PYTHON=/path/to/python3.11" >&2; exit 3; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "python3-venv is missing: apt-get install python3-venv" >&2; exit 3; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/core: $(VENV)/created core.lock setup.cfg
	$(BIN)/pip install -qq --require-hashes -r core.lock
	$(BIN)/pip install -qq --no-deps --no-build-isolation --editable . 2>/dev/null || $(BIN)/pip install -qq --no-deps --editable .
	@touch $@

$(VENV)/dev: $(VENV)/core dev.lock
	$(BIN)/pip install -qq --require-hashes -r dev.lock
	@touch $@

run: $(VENV)/core ## extract ARCHIVE (the sample, if not given) into OUT
	$(BIN)/govreport extract $(ARCHIVE) -o $(OUT) $(if $(wildcard $(DIVISIONS)),--divisions $(DIVISIONS))

test: $(VENV)/dev ## all tests, then the scores on gold
	$(BIN)/pytest -n auto --dist worksteal
	$(BIN)/python bench/score.py

check: $(VENV)/dev ## formatting, lint, types, floors, patterns
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/govreport patterns check

bench: $(VENV)/dev ## milliseconds per stage, and the whole as a ratio to jieba
	$(BIN)/python bench/speed.py

score: $(VENV)/core ## scores on gold with misses and extras
	$(BIN)/python bench/score.py -v

diff: $(VENV)/core ## rows gained, lost and changed on all texts at hand against the last tag (SINCE=revision)
	$(BIN)/python bench/rows_diff.py $(if $(SINCE),--since $(SINCE))

sample: $(VENV)/dev ## build the files of the sample archive anew from its texts
	$(BIN)/python corpora/sample/build.py

docs: $(VENV)/core ## draw docs/tables.md and docs/floors.svg from the code
	$(BIN)/python docs/make.py

lock: ## renew the lock files (needs uv)
	uv pip compile -q --universal --generate-hashes --no-header setup.cfg -o core.lock
	uv pip compile -q --universal --generate-hashes --no-header setup.cfg --extra dev -o dev.lock

clean: ## remove environment and output
	rm -rf $(VENV) $(OUT) build govreport.egg-info

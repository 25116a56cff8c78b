# Everything a developer or a stranger needs; each goal does its own set-up.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
RUN    := $(VENV)/.ready-run
DEV    := $(VENV)/.ready-dev
POS    := $(wildcard hallq/locale/*/LC_MESSAGES/*.po)

.PHONY: demo test check bench snapshots lock messages pictures wheel clean help
help:            ## this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

demo: $(RUN)     ## a hall that lives: try every role, nothing is left behind
	@$(BIN)/hallq demo $(ARGS)

test: $(DEV)     ## all tests
	@$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

check: $(DEV)    ## style, types, import contracts, catalogues
	@echo "hallq: style";     $(BIN)/ruff check . && $(BIN)/ruff format --check .
	@echo "hallq: types";     $(BIN)/mypy
	@echo "hallq: contracts"; $(BIN)/lint-imports --no-cache
	@echo "hallq: catalogues"; $(BIN)/python -m tests.catalogues

bench: $(DEV)    ## what a hall on one machine costs, as ratios in one run (docs/performance.md)
	@$(BIN)/python -m benchmarks

snapshots: $(DEV) ## accept the screens as they look now
	@$(BIN)/python -m pytest tests/snapshots --snapshot-update

pictures: $(DEV) ## export the pictures and the page of keys of the documentation
	@$(BIN)/python -m tests.pictures docs/pictures
	@$(BIN)/python -m tests.keys_page

messages: $(DEV) ## collect new texts into the catalogues
	@$(BIN)/python -m tests.catalogues --update

wheel: $(DEV)    ## dist/hallq-*.whl
	@$(BIN)/python -m pip wheel -q --no-deps --no-build-isolation -w dist .

lock:            ## pin the dependencies again, with hashes (needs uv)
	uv pip compile pyproject.toml --extra hub --group build --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-annotate --no-emit-index-url --no-emit-find-links -q -o requirements.lock
	uv pip compile pyproject.toml --extra hub --extra dev --group build -c requirements.lock --universal \
	  --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url \
	  --no-emit-find-links -q -o requirements-dev.lock

clean:           ## remove what the goals above made
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(BIN)/python:
	@echo "hallq: making a virtual environment in $(VENV) (once)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "hallq: Python 3.11 or newer is needed, $(PYTHON) is older"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "hallq: Python's venv module is missing, trying to install it"; \
	  { [ "$$(id -u)" = 0 ] && apt-get -qq update && apt-get -qq install -y python3-venv; } \
	  || { echo "hallq: please run: sudo apt install python3-venv"; exit 1; }; }
	@$(PYTHON) -m venv $(VENV)

$(RUN): requirements.lock pyproject.toml hatch_build.py $(POS) | $(BIN)/python
	@echo "hallq: installing what hallq needs, with pinned hashes (once)"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(DEV): requirements-dev.lock $(RUN)
	@echo "hallq: installing the tools for tests and checks, with pinned hashes (once)"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

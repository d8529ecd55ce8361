# Every target sets up what it needs: Python 3.11 or newer, pip and make are enough to begin with.

# The first Python of these that runs and is new enough; `make PYTHON=/path/to/python3.12 test` names another.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	then echo $$python; break; fi; done)

VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.installed-to-run
DEV := $(VENV)/.installed-to-develop
BENCH := $(VENV)/.installed-to-bench
AUDIT := .venv-audit
MINUTES := 10
PIP_INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check --constraint constraints.txt

.PHONY: install demo test check fuzz audit screenshots docs bench bench-largest clean

install: $(DEV)

demo: $(RUN)
	@$(BIN)/oneroster-wizard demo

test: $(DEV)
	@bash .ci/system-packages
	$(BIN)/python -m pytest --numprocesses auto

check: $(DEV)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports

# A hostile server, for as long as asked: make fuzz MINUTES=30. Cases that fail are kept in .hypothesis/fuzz.
fuzz: $(DEV)
	@$(BIN)/python -m tests.fuzz --minutes $(MINUTES)

# Known weaknesses in the packages of constraints.txt. In an environment of its own: its packages are not ours.
audit: $(AUDIT)/.installed
	@$(AUDIT)/bin/python -m tests.audit

screenshots: $(DEV)
	$(BIN)/python -m tests.pictures

docs: $(DEV)
	@mkdir -p docs
	$(BIN)/python -c 'from oneroster_checks.causes.explanation import document; print(document(), end="")' > docs/causes.md

bench: $(BENCH)
	@$(BIN)/python -m tests.bench

# The memory of a full read of 8.9 million records; it takes minutes.
bench-largest: $(BENCH)
	@$(BIN)/python -m tests.bench.full_read --largest

clean:
	rm -rf $(VENV) $(AUDIT) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find checks tui tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@if [ -z "$(PYTHON)" ] || ! "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then \
		echo "Python 3.11 or newer is needed, and none was found. Install it, or name it: make PYTHON=/path/to/python3.12" >&2; \
		exit 2; fi
	@# Some systems ship venv without ensurepip; the pip of that Python then fills the new environment.
	@"$(PYTHON)" -m venv $(VENV) >/dev/null 2>&1 || { rm -rf $(VENV) \
		&& "$(PYTHON)" -m venv --without-pip $(VENV) \
		&& "$(PYTHON)" -m pip --python $(BIN)/python install -qq pip; } || { rm -rf $(VENV); \
		echo "$(PYTHON) could not make $(VENV): its modules venv and pip are needed (Debian: python3-venv or python3-pip)." >&2; \
		exit 2; }

$(AUDIT)/.installed: $(BIN)/python pyproject.toml constraints.txt
	@echo "Installing pip-audit into $(AUDIT) ..." >&2
	@rm -rf $(AUDIT)
	@"$(PYTHON)" -m venv --without-pip $(AUDIT)
	@$(BIN)/python -m pip --python $(AUDIT)/bin/python install -qq --disable-pip-version-check \
		--constraint constraints.txt pip-audit
	@touch $@

$(RUN): $(BIN)/python pyproject.toml constraints.txt
	@echo "Installing what oneroster-wizard needs into $(VENV) ..." >&2
	@$(PIP_INSTALL) --editable .
	@touch $@

$(DEV): $(RUN)
	@echo "Installing what its tests and checks need into $(VENV) ..." >&2
	@$(PIP_INSTALL) --editable '.[dev]'
	@touch $@

$(BENCH): $(DEV)
	@echo "Installing what its benchmarks compare into $(VENV) ..." >&2
	@$(PIP_INSTALL) --editable '.[bench]'
	@touch $@

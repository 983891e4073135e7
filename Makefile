# make setup   .venv with the command siteauto in it       make demo   the example boutique, on simulated devices
# make test    the whole test suite and the checks         make check  the linters alone

VENV := .venv
PYTHON ?= python3
BIN := $(VENV)/bin
WORKERS ?= $(shell expr $$(nproc) + 1) # one more than processors: tests wait for their devices
unexport PYTHONDONTWRITEBYTECODE # the tests start siteauto some hundred times: it is compiled once

.PHONY: setup setup-dev demo test suite retest check unit coverage crash-matrix bench lock clean lab-server

setup: $(VENV)/.installed
setup-dev: $(VENV)/.installed-dev

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

demo: setup
	$(BIN)/siteauto demo

# Two at a time: the type checker takes one processor, and the tests the other until it is done.
test: setup-dev
	$(MAKE) --jobs=2 check suite

suite: setup-dev
	$(BIN)/python -m pytest -n $(WORKERS)

# The whole suite while every branch taken is counted, with the least that must be covered, and every property tried with
# three times as many examples. Python takes two and a half times as long while it is counted, so this is not part of
# `make test`: it runs every night.
coverage: setup-dev
	SITEAUTO_EXAMPLES=all $(BIN)/python -m pytest -n $(WORKERS) --cov --cov-report=term

check: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# What failed last time once more, one test after the other: for a machine that was busy. Twice red is red.
retest: check
	$(BIN)/python -m pytest -n 0 --last-failed --last-failed-no-failures none

unit: setup-dev
	$(BIN)/python -m pytest -n $(WORKERS) tests/unit tests/golden tests/corpus

# siteauto killed everywhere, and every fault of the lab in every phase. SHARD=2/4 takes one part of four. Whoever waits for
# a device or a disk leaves his processor to others, so there are more workers; the longest begin, and who has nothing left
# takes some of another's.
SHARD ?= all
CRASH_WORKERS ?= $(shell expr $$(nproc) '*' 2 + 1)
crash-matrix: setup-dev
	SITEAUTO_CRASH_MATRIX=$(SHARD) $(BIN)/python -m pytest -q -n $(CRASH_WORKERS) --dist=worksteal --no-cov --durations=30 \
	  tests/integration/crash/test_matrix.py tests/integration/crash/test_faults.py tests/unit/push/test_crash_matrix.py

bench: setup-dev
	for file in bench/bench_*.py; do $(BIN)/python $$file || exit 1; done

# The lab's Linux server: a Debian tree built once (root, debootstrap, systemd-container).
lab-server: setup
	$(BIN)/python -m siteauto.lab.server_image

# Newest versions that pyproject.toml allows, with hashes. Review the difference like code.
lock: setup-dev
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-strip-extras \
	  --no-emit-index-url pyproject.toml --group build -o requirements.lock
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-strip-extras \
	  --no-emit-index-url pyproject.toml --group build --group dev -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage

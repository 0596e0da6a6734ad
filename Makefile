.DEFAULT_GOAL := help
.PHONY: help demo test test-fast lint types contracts format migration docs bench bench-pages faults lock clean ready ready-test
SHELL := /bin/sh
BIN := .venv/bin
SERVE ?= yes
WORKERS ?= 2
LOCK := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
	--no-annotate --no-emit-index-url --no-emit-find-links

help: ## Show what make can do
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r name words; do \
		printf '  make %-11s %s\n' "$$name" "$$words"; done

ready:
	@scripts/bootstrap run

ready-test:
	@scripts/bootstrap test

demo: ready ## Make the demonstration and serve it (SERVE=no: print its figures and stop)
	@$(BIN)/caseworker demo $(if $(filter no,$(SERVE)),--no-serve)

test: ready-test ## Check everything: style, types, contracts, units, both databases, browser
	@scripts/install_test_parts
	@$(MAKE) --no-print-directory lint types contracts
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup -q

test-fast: ready-test ## The same without the browser and PostgreSQL
	@$(MAKE) --no-print-directory lint types contracts
	@echo "Left out on purpose: tests marked browser and postgres (make test runs them)"
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup -q -m "not browser and not postgres"

lint: ready-test ## Style and format of Python and templates
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet . || { echo "Some files are not formatted: run 'make format'"; exit 1; }
	@$(BIN)/djlint templates --lint --quiet

types: ready-test ## Types, strictly
	@$(BIN)/mypy --no-error-summary

contracts: ready-test ## Who may import whom
	@$(BIN)/lint-imports --no-logo >.venv/contracts.log || { cat .venv/contracts.log; exit 1; }

format: ready-test ## Put Python files in the house format
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format --quiet .

migration: ready ## Write a migration from what the models say now: make migration NAME="add a table"
	@test -n "$(NAME)" || { echo 'Say what changes: make migration NAME="add a table"'; exit 1; }
	@$(BIN)/python scripts/write_migration.py "$(NAME)"

docs: ready ## Write the pages that are made from the code
	@$(BIN)/python scripts/write_docs.py

bench: ready-test ## Measure the slow paths and print the figures
	@$(BIN)/python -m pytest -q -s -p no:xdist $(filter-out %/bench_beside.py,$(wildcard tests/bench/bench_*.py))

bench-pages: ready-test ## Three pages at 20,000 people beside a bare page and a minimal Django, as ratios
	@$(BIN)/python -m pytest -q -s -p no:xdist tests/bench/bench_beside.py

KILLS ?= 200
faults: ready-test ## Kill the server while it writes, many times (KILLS=200), on both databases
	@CASEWORKER_KILLS=$(KILLS) $(BIN)/python -m pytest -q -s -p no:xdist tests/faults

lock: ready-test ## Resolve the dependencies again and write the locks with hashes
	@$(LOCK) --group build pyproject.toml -o requirements/run.txt
	@$(LOCK) -c requirements/run.txt --group dev pyproject.toml -o requirements/test.txt

clean: ## Remove what can be made again (never instance/)
	@rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -path ./instance -prune -o -name __pycache__ -type d -print | xargs rm -rf

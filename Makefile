# `make demo` and `make test` need Python 3.11 or newer and nothing else; both make their own environment in .venv.

VENV ?= .venv
JOBS ?= 2
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v $$p; break; }; done)
RUN_STAMP := $(VENV)/.installed-run
DEV_STAMP := $(VENV)/.installed-dev
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help demo test deep spec-lint spec-clients gen reference check-gen check-breaking lint types pytest \
	bench bench-client bench-codec bench-replay bench-worker format clean

help: ## Show the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; name it with PYTHON=/path/to/python3"; exit 1; }
	@"$(PYTHON)" -m venv $(VENV)

$(RUN_STAMP): pyproject.toml | $(BIN)/python
	@test -f $(DEV_STAMP) || { echo "Installing durable-workflow[server,cli] into $(VENV) ..."; $(PIP) install -e '.[server,cli]'; }
	@touch $@

$(DEV_STAMP): pyproject.toml | $(BIN)/python
	@echo "Installing durable-workflow[dev] into $(VENV) ..."
	@$(PIP) install -e '.[dev]'
	@touch $@

demo: $(RUN_STAMP) ## Watch an order survive the death of its worker and of its server
	@$(BIN)/python -m examples.order_fulfilment.demo

test: $(DEV_STAMP) check-gen check-breaking lint types pytest ## Everything that must hold at every commit (under 10 minutes)

check-gen: $(DEV_STAMP) ## Does the tree hold what codegen.sh would write?
	@PYTHON="$(BIN)/python" ./codegen.sh --check

check-breaking: $(DEV_STAMP) ## Does the spec break released clients or servers, or retained histories?
	@$(BIN)/python -m tools.breaking

lint: $(DEV_STAMP)
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet

types: $(DEV_STAMP)
	@$(BIN)/mypy
	@$(BIN)/basedpyright --pythonpath $(BIN)/python

pytest: $(DEV_STAMP)
	@$(BIN)/python -m pytest -q -n $(JOBS) --dist worksteal

deep: $(DEV_STAMP) spec-lint spec-clients ## What takes longer, or needs Node or Chromium
	@if command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1; then $(BIN)/python -m pytest -q -n $(JOBS) --dist worksteal -m deep; \
	else echo "NOT RUN: the TypeScript example (node or npm is not installed)"; \
	$(BIN)/python -m pytest -q -n $(JOBS) --dist worksteal -m deep --ignore=tests/e2e/test_typescript_example.py; fi

bench: $(DEV_STAMP) ## Measure the whole path beside DBOS on SQLite, and what calls cost on a full server
	@$(BIN)/python -m benchmarks.engine

bench-codec: $(DEV_STAMP) ## Measure encoding and decoding beside the published peers
	@$(BIN)/python -m benchmarks.codec

bench-client: $(DEV_STAMP) ## Measure calls of the client beside HTTP libraries and the published peer
	@$(BIN)/python -m benchmarks.client

bench-replay: $(DEV_STAMP) ## Measure a full replay beside the published peer
	@$(BIN)/python -m benchmarks.replay

bench-worker: $(DEV_STAMP) ## Measure what a task costs a worker, beside the published peer
	@$(BIN)/python -m benchmarks.worker

spec-lint: ## Lint the spec with redocly
	@if command -v npx >/dev/null 2>&1; then REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true \
	npx --yes @redocly/cli@2.77.0 lint --config openapi/redocly.yaml openapi/durable-workflow.yaml; \
	else echo "NOT RUN: redocly lint (npx is not installed)"; fi

spec-clients: $(DEV_STAMP) ## Generate clients in seven languages from the spec, and check them
	@$(BIN)/python -m tools.spec_clients

gen: $(DEV_STAMP) ## Generate everything that is made from the spec
	@PYTHON="$(BIN)/python" ./codegen.sh

reference: gen ## Write the reference page to build/reference/, to be opened from there or put on any web server
	@mkdir -p build/reference
	@cp generated/durable_workflow_api/reference.html build/reference/index.html
	@cp generated/durable_workflow_api/durable-workflow.yaml build/reference/openapi.yaml
	@cp generated/durable_workflow_api/openapi.json build/reference/openapi.json
	@echo "build/reference/index.html"

format: $(DEV_STAMP) ## Format and fix what can be fixed
	@$(BIN)/ruff check --fix --quiet
	@$(BIN)/ruff format --quiet

clean: ## Remove the environment, all caches and what was built
	@rm -rf $(VENV) .cache build .mypy_cache .pytest_cache .ruff_cache .hypothesis .demo

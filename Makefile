# What can be typed here: `make help`. Set-up happens by itself, once (tools/setup.sh).
.DEFAULT_GOAL := help
.PHONY: help all setup html pdf epub crosspost books preview check test conformance golden pictures lint \
	fuzz bench pages lock clean distclean

SETUP := sh tools/setup.sh
HANPAN := .venv/bin/hanpan
PYTHON_IN_VENV := .venv/bin/python
PAGES := _pages
# `make html POST=posts/2026-11-01-글.md`: the path goes to the shell in quotes, whatever is in it.
POST :=
SOURCE = $(if $(value POST),'$(subst ','\'',$(value POST))')
# `make test ARGS="-k teaser"`
ARGS :=
export PYTHON

help: ## these lines
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile
	@echo '  One post: POST=path with html, pdf, epub, crosspost, preview, check. One test: ARGS="-k word".'

all: ## set up if needed, then build every edition of every post into out/
	@$(SETUP) run $(HANPAN) build

setup: ## install what a build needs: .venv, and system libraries (as root or with sudo)
	@$(SETUP) run

html: ## build the pages only
epub: ## build the EPUBs only
crosspost: ## build the payloads only
# These three need no system library, so an incomplete set-up is enough for them.
html epub crosspost:
	@$(SETUP) --partial run $(HANPAN) build --edition $@ $(SOURCE)

pdf: ## build the PDFs only
	@$(SETUP) run $(HANPAN) build --edition $@ $(SOURCE)

books: ## make the books of site.toml into out/books
	@$(SETUP) run $(HANPAN) book

preview: ## show posts in a browser while they are written, and payloads to paste from
	@$(SETUP) run $(HANPAN) preview $(SOURCE)

check: ## say what is wrong in the posts; nothing is written
	@$(SETUP) --partial run $(HANPAN) check $(SOURCE)

test: ## set up if needed, then run the tests
	@$(SETUP) test $(PYTHON_IN_VENV) -m pytest -n 2 $(ARGS)

conformance: ## have the outside referees judge the output (Chromium, Java, npm)
	@$(SETUP) conformance $(PYTHON_IN_VENV) -m pytest -m conformance $(ARGS)

fuzz: ## read posts put together at random, for ten minutes (ARGS="--seconds 60")
	@$(SETUP) --partial test $(PYTHON_IN_VENV) -m tests.fuzz $(ARGS)

golden: ## write the golden files of the sample posts anew; then look at the diff
	@$(SETUP) test $(PYTHON_IN_VENV) -m pytest tests/test_golden.py --refresh -q

pictures: ## photograph the sample posts for README and gallery (docs/pictures)
	@$(SETUP) conformance $(PYTHON_IN_VENV) tools/pictures.py

lint: ## ruff, mypy, and the spelling of prose
	@$(SETUP) --partial test $(PYTHON_IN_VENV) -m ruff check .
	@$(SETUP) --partial test $(PYTHON_IN_VENV) -m mypy
	@$(SETUP) --partial test .venv/bin/codespell -D - -D tools/words.txt

bench: ## measure against pandoc and weasyprint, one process for each output
	@$(SETUP) run $(PYTHON_IN_VENV) -m benchmarks.bench $(ARGS)

pages: ## build every edition, and copy what readers open to _pages/
	@$(SETUP) run $(HANPAN) build
	@sh tools/pages.sh out $(PAGES)

lock: ## write requirements*.txt and package-lock.json anew (needs uv and npm)
	@sh tools/lock.sh $(ARGS)

clean: ## remove everything that was built
	rm -rf out $(PAGES) .pytest_cache .mypy_cache .ruff_cache .hypothesis

distclean: clean ## and everything that was set up
	rm -rf .venv .hanpan node_modules tools/*/node_modules .setup.lock

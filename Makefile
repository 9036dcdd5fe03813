# `make help` lists the targets. Set-up runs by itself, once (tools/setup.sh).
.DEFAULT_GOAL := help
.PHONY: help all setup html pdf epub crosspost site books docs preview check test endurance conformance golden pictures lint prune \
	fuzz attack coverage mutants audit bench pages dist release lock clean distclean

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

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile
	@echo '  One post: POST=path with html, pdf, epub, crosspost, preview, check. One test: ARGS="-k word".'

all: ## set up if needed, then build every edition of every post into out/, and the site of them all
	@$(SETUP) run $(HANPAN) build
	@$(SETUP) --partial run $(HANPAN) build --edition site

setup: ## install what a build needs: .venv and system libraries (as root or with sudo)
	@$(SETUP) run

html: ## build only the web pages
epub: ## build only the EPUBs
crosspost: ## build only the cross-post payloads
# These three need no system library, so an incomplete set-up is enough for them.
html epub crosspost:
	@$(SETUP) --partial run $(HANPAN) build --edition $@ $(SOURCE)

pdf: ## build only the PDFs
	@$(SETUP) run $(HANPAN) build --edition $@ $(SOURCE)

books: ## build the books of site.toml into out/books
	@$(SETUP) run $(HANPAN) book

site: ## build the site of all posts into out/site, with the PDFs, EPUBs and books that are in out/
	@$(SETUP) --partial run $(HANPAN) build --edition site

DOCS_OF_THE_ROOT := README.md README.ko.md CONTRIBUTING.md ARCHITECTURE.md SECURITY.md
docs: ## build the documentation into out/docs: its books as PDF and EPUB, and a site of it
	@$(SETUP) run $(HANPAN) book --site docs.toml --out out/docs
	@$(SETUP) --partial run $(HANPAN) build --site docs.toml --out out/docs --edition site docs $(DOCS_OF_THE_ROOT)

prune: ## remove from the cache of results what was not used for 30 days, or is beyond 2 GB
	@$(SETUP) --partial run $(HANPAN) cache prune --age 30 --size 2G

preview: ## show posts in a browser while you write, with payloads to paste from
	@$(SETUP) run $(HANPAN) preview $(SOURCE)

check: ## report problems in the posts; write nothing
	@$(SETUP) --partial run $(HANPAN) check $(SOURCE)

# -n 3 on two cores: tests wait for servers and processes a third of their time.
# --dist loadfile: the tests of a file share what it has built, and a server that it has started.
# -u: they start Python two hundred times, which must not compile everything at each start.
PYTEST := env -u PYTHONDONTWRITEBYTECODE $(SETUP) test $(PYTHON_IN_VENV) -m pytest
IN_PARALLEL := -n 3 --dist loadfile --no-loadscope-reorder

test: ## set up if needed, then run the tests
	@$(PYTEST) $(IN_PARALLEL) $(ARGS)

endurance: ## run the long tests: kills, floods, a real WordPress, recipes in copies of the checkout
	@$(PYTEST) $(IN_PARALLEL) -m 'endurance and not conformance' $(ARGS)

conformance: ## have the external referees check the output (Chromium, Java, npm)
	@$(SETUP) conformance $(PYTHON_IN_VENV) -m pytest -m conformance $(ARGS)

fuzz: ## read random posts, settings, pictures and databases, ten minutes each (ARGS="pictures --seconds 60")
	@$(SETUP) --partial test $(PYTHON_IN_VENV) -m tests.fuzzing $(ARGS)

attack: ## attack hanpan with hostile posts, hosts, files and kills; takes hours (ARGS="--only posts")
	@$(SETUP) test $(PYTHON_IN_VENV) -m tests.attacks $(ARGS)

coverage: ## run the tests and print which branches of which modules they do not take
	@$(PYTEST) $(IN_PARALLEL) -m 'not conformance' --cov --cov-report=term-missing:skip-covered $(ARGS)

mutants: ## put faults into the code and list those that no test notices; takes hours (ARGS="--each 5")
	@$(SETUP) test $(PYTHON_IN_VENV) tools/mutants.py $(ARGS)

golden: ## rewrite the golden files of the sample posts; then look at the diff
	@$(SETUP) test $(PYTHON_IN_VENV) -m pytest tests/test_golden.py --refresh -q

pictures: ## take the pictures of README, gallery and the first hour (docs/pictures)
	@$(SETUP) conformance $(PYTHON_IN_VENV) tools/pictures.py
	@$(SETUP) conformance $(PYTHON_IN_VENV) -m tools.start_pictures

lint: ## ruff, mypy, and the spelling of prose
	@$(SETUP) --partial test $(PYTHON_IN_VENV) -m ruff check .
	@$(SETUP) --partial test $(PYTHON_IN_VENV) -m mypy
	@$(SETUP) --partial test .venv/bin/codespell -D - -D tools/words.txt

audit: ## look for known vulnerabilities in what is pinned, and for faults in workflows (needs the network)
	@sh tools/audit.sh

bench: ## compare with pandoc and weasyprint, one process per output
	@$(SETUP) run $(PYTHON_IN_VENV) -m benchmarks.bench $(ARGS)

pages: docs ## build every edition, and copy what readers open, and the documentation, to _pages/
	@$(SETUP) run $(HANPAN) build
	@$(HANPAN) pages $(PAGES)
	@rm -rf $(PAGES)/docs && cp -R out/docs/site $(PAGES)/docs

dist: ## make and judge what a release consists of: dist/ and _release/
	@sh tools/dist.sh

# Only the release workflow calls this, after PyPI has the packages. TAG is that of the workflow.
release:
	@gh release create "$$TAG" --verify-tag --title "hanpan $$TAG" --notes-file _release/notes.md \
		dist/* _release/hanpan.cdx.json

lock: ## update requirements*.txt and package-lock.json (needs uv and npm)
	@sh tools/lock.sh $(ARGS)

clean: ## remove everything that was built
	rm -rf out dist _release $(PAGES) .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage*

distclean: clean ## ... and everything that was set up
	rm -rf .venv .hanpan node_modules tools/*/node_modules .setup.lock

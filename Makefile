# The two commands that matter are `make run` and `make test`. Python 3.11+ is all they need.
PYTHON ?= python3
# Not `?=`: some shells export HOST, and the portal must not listen elsewhere by accident.
HOST = 127.0.0.1
PORT ?= 8000
export HOST PORT

BOOTSTRAP = @command -v $(PYTHON) >/dev/null || \
	{ case "$${LC_ALL:-$${LC_MESSAGES:-$${LANG:-}}}" in \
	fr*) echo "$(PYTHON) n’est pas installé : installez Python 3.11 ou une version plus récente." ;; \
	*) echo "$(PYTHON) is not installed: install Python 3.11 or newer." ;; \
	esac >&2; exit 1; }; \
	exec $(PYTHON) scripts/bootstrap.py
VENV_PYTHON = @.venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run admin test lint format messages bench lighthouse api-cases mutants faults replicas load sbom audit truth lock install-dev

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Install, prepare and serve the portal (HOST=127.0.0.1 PORT=8000)
	$(BOOTSTRAP) run

admin: ## Create an administrator
	$(BOOTSTRAP) admin

test: install-dev ## Run every check and test
	$(VENV_PYTHON) scripts/checks.py

lint: install-dev ## Check style and types only
	$(VENV_PYTHON) scripts/checks.py lint

format: install-dev ## Bring the code into the project's style
	$(VENV_PYTHON) -m ruff check --fix --quiet .
	$(VENV_PYTHON) -m ruff format --quiet .
	$(VENV_PYTHON) -m deno fmt --quiet
	@.venv/bin/djangofmt --quiet templates

messages: install-dev ## Collect new texts into the message catalogues
	$(VENV_PYTHON) scripts/messages.py update

bench: install-dev ## Measure search and pages (CORPUS=DIR SIZE=10000 DATABASE=sqlite)
	$(VENV_PYTHON) -m benchmarks.bench_search $(if $(CORPUS),--corpus $(CORPUS)) --size $(or $(SIZE),10000) --database $(or $(DATABASE),sqlite)
	$(VENV_PYTHON) -m benchmarks.bench_pages
	$(VENV_PYTHON) -m benchmarks.bench_admin

lighthouse: install-dev ## Let Lighthouse judge the pages; needs Node and Chromium (RUNS=3)
	$(VENV_PYTHON) -m scripts.browsing.lighthouse --runs $(or $(RUNS),3)
	$(VENV_PYTHON) -m scripts.browsing.lighthouse --runs $(or $(RUNS),3) --profile desktop

mutants: install-dev ## Plant faults and see whether the tests notice (ROOM=search SAMPLE=40 SEED=1)
	$(VENV_PYTHON) scripts/mutants.py $(if $(ROOM),--room $(ROOM)) --sample $(or $(SAMPLE),40) --seed $(or $(SEED),1)

faults: install-dev ## Kill what writes, fill the disk, take things away (N=25 kills)
	$(VENV_PYTHON) -m scripts.trials.kills $(or $(N),25)
	$(VENV_PYTHON) -m scripts.trials.faults

replicas: install-dev ## Try several hosts with servers that are killed; needs PostgreSQL and Redis
	$(VENV_PYTHON) -m scripts.trials.replicas
	$(VENV_PYTHON) -m scripts.trials.archive

truth: install-dev ## Score the importer against tables written by reading (../shared/corpus; DETAILS=1)
	$(VENV_PYTHON) -m scripts.truth $(if $(DETAILS),--details)

api-cases: install-dev ## Ask the API what its schema allows and forbids (CASES=5000)
	API_CASES=$(or $(CASES),5000) $(VENV_PYTHON) -m pytest -q -p no:cacheprovider -n 2 tests/integrations/api/test_schema.py

load: install-dev ## Measure the work of agents beside a bare view (ARTICLES=1000 SECONDS=20 HOSTILE=1000 SOAK=30 DATABASE=postgres CORPUS=DIR)
	$(VENV_PYTHON) $(if $(filter postgres,$(DATABASE)),scripts/private_postgres.py .venv/bin/python) -m scripts.trials.load --articles $(or $(ARTICLES),1000) --seconds $(or $(SECONDS),20) --hostile $(or $(HOSTILE),1000) --soak $(or $(SOAK),0) $(if $(CORPUS),--corpus $(CORPUS)) $(if $(filter postgres,$(DATABASE)),--postgres)

sbom: install-dev ## Write what the portal is made of to var/sbom.cdx.json (CycloneDX); needs the network
	$(VENV_PYTHON) -m scripts.publishing.sbom var/sbom.cdx.json

audit: install-dev ## Ask whether weaknesses of the locked packages are known; needs the network
	$(VENV_PYTHON) -m scripts.publishing.audit

lock: install-dev ## Lock the newest allowed packages into requirements*.txt
	$(VENV_PYTHON) scripts/lock.py

install-dev:
	$(BOOTSTRAP) install-dev

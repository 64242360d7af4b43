# make demo: the main job on the sandbox.  make test: everything that CI runs.  Both do all set-up themselves.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
PYTHON_IN_VENV := .venv/bin/python
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export ANSIBLE_NOCOWS := 1
COLLECTION := ansible_collections.cryptofunk.readiness

.PHONY: help
help:  ## list the targets
	@grep -hE '^[a-z][a-z-]*:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

.PHONY: setup
setup:  ## install what is missing on this machine, and the virtual environment
	@tools/setup.sh

.PHONY: demo
demo: setup  ## run the readiness playbook on the sandbox, as shipped and hardened (COMPONENTS=all: with a cluster and the like)
	@tools/demo.sh

.PHONY: test
test: setup  ## everything that CI runs
	@tools/test.sh lint,types,unit integration sanity,other-core-unit,molecule e2e selftest-fewest other-core-playbook

.PHONY: lint
lint: setup  ## ruff, yamllint and ansible-lint with the production profile
	@tools/lint.sh

.PHONY: types
types: setup  ## mypy, strict, on the collection's Python
	@echo "==> mypy"
	@mkdir -p .build/link/ansible_collections/cryptofunk && ln -sfn "$(CURDIR)" .build/link/ansible_collections/cryptofunk/readiness
	@mypy -p $(COLLECTION).plugins.plugin_utils -p $(COLLECTION).plugins.module_utils -p $(COLLECTION).plugins.action -p sandbox

.PHONY: unit
unit: setup  ## unit tests of pure code
	@echo "==> unit tests"
	@python -m pytest tests/unit

.PHONY: integration
integration: setup  ## probes and the whole playbook against the sandbox's real services
	@echo "==> integration tests"
	@python -m pytest -n 2 --dist loadgroup tests/integration

.PHONY: sanity
sanity: setup  ## ansible-test sanity, without ignore files
	@echo "==> ansible-test sanity"
	@tools/sanity.sh

.PHONY: molecule
molecule: setup  ## the roles' Molecule scenarios against the sandbox
	@tools/molecule.sh

.PHONY: e2e
e2e: setup  ## the collection as its users have it: built, installed, run by ansible-runner in the layout of an AWX job
	@echo "==> end-to-end tests"
	@python -m pytest tests/e2e

.PHONY: selftest
selftest: setup  ## break and repair a real service for each item that a probe decides (ITEMS="1.3.5 …")
	@python -m sandbox.selftest $(ITEMS)

.PHONY: selftest-fewest
selftest-fewest: setup  ## the same with no more sabotages than it takes to fail each item once
	@python -m sandbox.selftest --fewest

.PHONY: defects
defects: setup  ## make a mistake in a scratch copy of the sandbox's repository, one at a time, and see its item turn red (DEFECTS="…")
	@echo "==> defects of a repository"
	@python -m sandbox.defects $(DEFECTS)

.PHONY: other-core other-core-unit other-core-playbook
other-core: setup  ## unit tests and the playbook with the other supported ansible-core, where a Python for it is there
	@tools/other_core.sh

other-core-unit other-core-playbook: other-core-%: setup
	@tools/other_core.sh $*

.PHONY: bench
bench: setup  ## what a run costs beside ordinary tasks, on a checkout alone, and on a big cluster
	@python -m tests.bench
	@python -m tests.bench_checkout
	@python -m tests.bench_cluster

.PHONY: down
down:  ## stop the sandbox
	@[ ! -x .venv/bin/python ] || python -m sandbox down

.PHONY: build
build: setup  ## build the collection's tarball
	@ansible-galaxy collection build --force

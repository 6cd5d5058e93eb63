# `make` lists the targets. Each does its own set-up; nothing needs to be installed first but python3 and make.
SHELL := /bin/sh
PY := .venv/bin/python
export PORT ?= 8000
unexport PYTHONDONTWRITEBYTECODE # else each of many processes compiles all that it imports anew

.DEFAULT_GOAL := help
.PHONY: help run demo-reset test check fix bench bench-evaluation bench-packs race report screens long any-day hostile six-months outage newcomer docs messages lock set-up set-up-tests

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: set-up ## set up, load the demonstration, run everything at http://localhost:8000 (PORT= changes it)
	@exec $(PY) -m resilience.demo.run

demo-reset: set-up ## take the demonstration's data away; the next `make run` starts afresh
	@$(PY) -m resilience.demo.reset

test: set-up-tests ## everything that must pass; the last line counts passed, failed, skipped
	@$(PY) -m tests.suite

check: set-up-tests ## lint, types, import direction, migrations, templates; changes nothing
	@$(PY) -m tests.suite --check-only

fix: set-up-tests ## put right what the linter can put right
	@$(PY) -m ruff check --fix --quiet .
	@$(PY) -m ruff format --quiet .

bench: set-up-tests ## measure the goals beside their yardsticks; writes docs/benchmarks.md and var/bench.json
	@$(PY) -m tests.benchmarks

bench-evaluation: set-up-tests ## measure P5 to P7 again; writes them into docs/benchmarks.md
	@$(PY) -m tests.benchmarks --evaluation

bench-packs: set-up-tests ## take packs of 1,000, 10,000 and 100,000 people in; prints, writes nothing
	@$(PY) -m tests.benchmarks --packs

report: set-up ## a sample evaluation report from the demonstration's data, in var/report/
	@$(PY) -m resilience.demo.prepare
	@$(PY) manage.py build_report --evaluation demonstration --out var/report

screens: set-up-tests ## pictures of every page, narrow and wide, light and dark, in var/screens/
	@$(PY) -m tests.browser.screens

long: set-up-tests ## the tests that take minutes each: all five parts, a site from nothing, killed workers, 1,500 people
	@$(PY) -m pytest -q -m long -n 2 --dist loadfile

any-day: set-up-tests ## the whole line in a browser, begun on each day of the week
	@$(PY) -m tests.browser.any_day

hostile: set-up-tests ## 5,000 hostile texts drawn in Chromium: nothing runs, nothing is fetched
	@HOSTILE_PAYLOADS=5000 $(PY) -m pytest -q tests/browser/test_hostile.py

six-months: set-up-tests ## both published timetables, a hundred people each, half a year in minutes, workers killed
	@$(PY) -m tests.proofs.six_months

race: set-up-tests ## many ask for the same time at once: 50,000 attempts, and 2,000 races over the web; some minutes
	@$(PY) -m tests.proofs.race

outage: set-up-tests ## three hours without a carrier, a thousand reminders, on a real site by its own clock
	@$(PY) -m tests.proofs.outage

newcomer: ## clone into a folder of another name with an empty home, then run and test there
	@python3 deploy/newcomer.py

docs: set-up-tests ## write the generated documents anew
	@$(PY) -m tests.documents

messages: set-up ## gather the words for translators and compile what they wrote (needs gettext)
	@$(PY) manage.py makemessages --locale fr --no-wrap --add-location file --ignore ".venv/*" --ignore ".uv/*" --ignore "var/*" --ignore "tests/*"
	@sed -i '/^"POT-Creation-Date:/d' resilience/locale/fr/LC_MESSAGES/django.po content_pages/locale/fr/LC_MESSAGES/django.po
	@$(PY) manage.py compilemessages --locale fr --locale en_GB --ignore ".venv/*" --ignore ".uv/*"

lock: set-up-tests ## resolve the dependencies anew and write both locks
	@sh deploy/lock.sh

set-up:
	@sh deploy/setup.sh run

set-up-tests:
	@sh deploy/setup.sh test

# The front door: every line is thin and calls a script, cargo or the executable.

# The SQL is checked against .sqlx: a build needs no database, whatever the environment says.
export SQLX_OFFLINE := true

XTASK := cargo run --quiet --package xtask --

.DEFAULT_GOAL := help
.PHONY: help setup demo test bench tidy sqlx

help: ## Say what there is
	@echo "Bodega. Start with: make demo"
	@echo
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 16

demo: ## Play a buyer in the browser: a whole shop on this machine, no token, no account
	@scripts/setup.sh demo
	@echo "==> building; the first time takes a few minutes"
	@cargo build --package bodega
	@cargo run --quiet --package bodega -- demo

test: ## Run all tests, in one process and in many
	@scripts/setup.sh test
	@$(XTASK) test

bench: ## Measure the whole path beside the machine's own limits
	@scripts/setup.sh bench
	@$(XTASK) bench

tidy: ## Check layers, sizes, names and habits
	@$(XTASK) tidy

sqlx: ## Describe the SQL in .sqlx again, after a query or a migration changed
	@scripts/setup.sh demo
	@$(XTASK) sqlx

setup: ## Install what any of these need and is missing
	@scripts/setup.sh all

# One command runs every check: make test.
SHELL := /bin/bash
.PHONY: help test setup check unit fuzz-seeds bench

help: ## say what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort

test: setup check unit ## set up what is needed and run everything

setup: ## install PostgreSQL, Chromium and npm packages when they are missing
	@scripts/setup

check: ## formatting, vet, staticcheck
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); echo 'gofmt the files above'; exit 1; }
	go vet ./...
	go tool staticcheck ./...

unit: ## every test, on SQLite, PostgreSQL and in a browser
	CAIRN_TEST_BROWSER=1 scripts/with-postgres go test -timeout 20m ./...

bench: ## the engines' benchmarks
	go run ./bench/link
	go test ./bench/... -run '^$$' -bench . -benchtime 1x

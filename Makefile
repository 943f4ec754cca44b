# Written in full below; `make help` lists what there is.
setup:
	test -d .venv
test: setup
	.venv/bin/pytest
run: setup
	@exec .venv/bin/python -m gwonseon.local
.PHONY: setup test run

# The one door: make setup | run | test | check | bench | docs
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
STAMP_DEV := $(VENV)/.installed-dev

.PHONY: help setup run test check bench docs lock clean

help:
	@echo "make setup   chuẩn bị môi trường và cơ sở dữ liệu"
	@echo "make run     chuẩn bị rồi mở bàn trực tại http://127.0.0.1:8000/desk/"
	@echo "make test    chạy toàn bộ kiểm thử"
	@echo "make check   ruff, mypy, import-linter"
	@echo "make bench   đo tốc độ, in kèm tên máy"
	@echo "make docs    kiểm tra tài liệu và sinh lại các trang tự động"

$(VENV)/bin/python:
	@$(PYTHON) tools/install.py check-python
	$(PYTHON) -m venv $(VENV)

# tools/install.py takes uv when it can be had, plain pip otherwise.
$(STAMP): $(VENV)/bin/python requirements/build.txt requirements/base.txt pyproject.toml
	$(BIN)/python tools/install.py base
	@touch $@

$(STAMP_DEV): $(STAMP) requirements/postgres.txt requirements/learn.txt requirements/channels.txt requirements/dev.txt
	$(BIN)/python tools/install.py dev
	@touch $@

setup: $(STAMP)
	$(BIN)/hoiam setup

run: $(STAMP)
	$(BIN)/hoiam setup
	$(BIN)/hoiam demo --if-empty
	$(BIN)/hoiam up

test: $(STAMP_DEV)
	$(BIN)/python tools/test.py

check: $(STAMP_DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Programs of others are measured beside ours where they can be had; without them the lines say so.
bench: $(STAMP_DEV)
	-$(BIN)/python tools/install.py peers
	$(BIN)/python -m benchmarks --write

docs: $(STAMP_DEV)
	$(BIN)/python tools/docs.py

# For maintainers: renew the pins (hashes only, no download addresses).
lock: $(STAMP_DEV)
	$(BIN)/python tools/install.py lock

clean:
	rm -rf $(VENV) var .coverage* .mypy_cache .ruff_cache .pytest_cache

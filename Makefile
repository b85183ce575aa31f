PYTHON ?= python3

.PHONY: lab test demo
lab test demo:
	@$(PYTHON) -m course_tools $@

"""Runs one function inside a shop's own process: `python -m tests.faults.call module:function '[arguments]'`."""

import importlib
import json
import sys

import django

if __name__ == "__main__":
    django.setup()
    module, name = sys.argv[1].split(":")
    arguments = json.loads(sys.argv[2])
    sys.stdout.write(json.dumps(getattr(importlib.import_module(module), name)(*arguments)) + "\n")

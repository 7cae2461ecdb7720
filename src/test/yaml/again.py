"""Reads YAML, and tells as JSON what it is and how PyYAML writes it."""

import json
import sys

import yaml

read = yaml.safe_load(sys.stdin.buffer)
written = yaml.safe_dump(read, allow_unicode=True, sort_keys=False)
json.dump({"read": read, "written": written}, sys.stdout, default=repr)

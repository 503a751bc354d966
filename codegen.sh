#!/usr/bin/env bash
# Makes generated/ and src/durable_workflow/_sync/ from the spec and the client; `--check` only compares.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
python="${PYTHON:-}"
if [[ -z "$python" ]]; then
  if [[ -x "$root/.venv/bin/python" ]]; then python="$root/.venv/bin/python"; else python=python3; fi
elif [[ "$python" == */* && "$python" != /* ]]; then
  python="$PWD/$python"
fi
if ! "$python" -c 'import jinja2, markdown_it, openapi_python_client, openapi_spec_validator, ruff, unasync, yaml' 2>/dev/null; then
  echo "codegen.sh: $python lacks the tools: run 'python3 -m venv .venv && .venv/bin/pip install -e .[dev]'" >&2
  exit 1
fi
cd "$root"
exec "$python" -m tools.codegen --root "$root" "$@"

"""A small spec with the hard parts, and a scratch project in which the pipeline runs on it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

MINI_SPEC = """\
openapi: 3.1.0
info: {title: Library, version: "1.0", description: Lends books.}
servers: [{url: "http://localhost:8080"}]
security: [{bearer: []}]
tags:
  - {name: book-loans, description: Loans.}
paths:
  /api/books/{bookId}:
    parameters:
      - {name: bookId, in: path, required: true, description: The book., schema: {type: string}}
    get:
      operationId: describeBook
      tags: [book-loans]
      summary: Describe a book
      description: |
        Says what is known
        about a book.
      x-dw-plane: control
      x-dw-roles: [operator, admin]
      x-dw-idempotency: natural
      x-dw-long-poll: {timeout_field: wait_seconds, empty: the book as it is}
      x-dw-since: "1.2"
      parameters:
        - {$ref: "#/components/parameters/Namespace"}
        - name: wait_seconds
          in: query
          description: How long to wait.
          schema: {type: integer, minimum: 0}
          example: 5
        - {name: detailed, in: query, description: All of it., schema: {type: boolean}}
      responses:
        "200":
          description: The book.
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Book"}
              examples: {one: {value: {title: Emma, cover: null}}}
        "202": {description: Still looking.}
        "404": {$ref: "#/components/responses/NotFound"}
  /api/loans:
    post:
      operationId: lendBook
      tags: [book-loans]
      summary: Lend a book.
      description: Lends a book.
      x-dw-plane: worker
      x-dw-roles: [worker]
      x-dw-idempotency: key:body:request_id
      x-dw-semantic: [422]
      x-dw-paging: {token: page, next: next_page}
      x-dw-capability: lending
      parameters:
        - {$ref: "#/components/parameters/Version"}
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: "#/components/schemas/LendRequest"}
            example: {steps: [{type: take, shelf: 3}]}
      responses:
        "200":
          description: A page of loans, plain.
          content:
            application/json:
              schema: {$ref: "#/components/schemas/LoanPage"}
              example: {loans: [{id: l1}]}
        "404": {$ref: "#/components/responses/NotFound"}
        "422":
          description: Refused.
          x-dw-reasons: [validation_failed, too_many]
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Problem"}
              example: {message: Too many.}
        "500": {description: Broken., x-dw-no-reason: true}
components:
  securitySchemes:
    bearer: {type: http, scheme: bearer}
  parameters:
    Namespace: {name: X-Namespace, in: header, description: N., schema: {type: string, default: default}}
    Version:
      name: X-Version
      in: header
      required: true
      description: V.
      schema: {type: string, default: "1.0"}
  responses:
    NotFound:
      description: Not there.
      x-dw-reasons: [book_not_found]
      content:
        application/json:
          schema: {$ref: "#/components/schemas/Problem"}
          example: {message: Not there.}
  schemas:
    Problem:
      type: object
      required: [message]
      properties:
        message: {type: string}
        errors: {type: object, additionalProperties: {type: array, items: {type: string}}}
    Cover:
      type: object
      required: [codec, blob]
      properties: {codec: {type: string, enum: [avro, json]}, blob: {type: string}}
    Book:
      title: A book
      type: object
      required: [title, cover]
      properties:
        title: {type: string}
        cover: {anyOf: [{$ref: "#/components/schemas/Cover"}, {type: "null"}]}
        book: {$ref: "#/components/schemas/Cover"}
        model: {type: [string, "null"]}
        notes: {$ref: "#/components/schemas/Notes"}
        values: {anyOf: [{type: array, items: {$ref: "#/components/schemas/AnyJson"}}, {type: "null"}]}
    Notes: {type: object, additionalProperties: true, x-dw-open: the reader decides}
    AnyJson: {description: Anything., x-dw-open: the reader decides}
    LendRequest:
      type: object
      required: [steps]
      properties:
        request_id: {type: string}
        page: {type: string}
        steps: {type: array, items: {$ref: "#/components/schemas/Step"}}
    Step:
      oneOf: [{$ref: "#/components/schemas/TakeStep"}, {$ref: "#/components/schemas/GiveStep"}]
      discriminator:
        propertyName: type
        mapping: {take: "#/components/schemas/TakeStep", give: "#/components/schemas/GiveStep"}
    TakeStep: {type: object, required: [type], properties: {type: {const: take}, shelf: {type: integer}}}
    GiveStep: {type: object, required: [type], properties: {type: {const: give}, to: {type: string}}}
    LoanPage:
      x-dw-plain: true
      description: A page.
      type: object
      required: [loans]
      properties:
        loans: {type: array, items: {$ref: "#/components/schemas/Loan"}}
        next_page: {type: [string, "null"]}
    Loan: {type: object, properties: {id: {type: string}}}
"""


@pytest.fixture
def mini() -> dict[str, Any]:
    """Return a parsed copy of the small spec, to be damaged freely."""
    from tools.spec_document import load_yaml

    return load_yaml(MINI_SPEC)


def build_project(root: Path, spec: str) -> Path:
    """Lay out what the pipeline needs: its own files, and a spec."""
    root.mkdir()
    for name in ("codegen.sh", "pyproject.toml"):
        shutil.copy2(ROOT / name, root / name)
    shutil.copytree(ROOT / "tools", root / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "openapi/generator", root / "openapi/generator")
    (root / "openapi/durable-workflow.yaml").write_text(spec, encoding="utf-8")
    return root


@pytest.fixture(scope="session")
def generated_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the pipeline once on the small spec; tests that change the result copy it first."""
    from tools.codegen import main

    root = build_project(tmp_path_factory.mktemp("codegen") / "project", MINI_SPEC)
    assert main(["--root", str(root)]) == 0
    return root


@pytest.fixture
def project(generated_project: Path, tmp_path: Path) -> Path:
    """Return a copy of the generated project that a test may change."""
    copy = tmp_path / "copy"
    shutil.copytree(generated_project, copy)
    return copy

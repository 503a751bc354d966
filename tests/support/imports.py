"""Reads which modules import which, from the source text."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"
GENERATED = ROOT / "generated"


@dataclass(frozen=True)
class Import:
    """One import statement: who imports what, and whether that happens when the module is loaded."""

    importer: str
    imported: str
    at_load: bool
    line: int

    def __str__(self) -> str:
        return f"{self.importer}:{self.line} imports {self.imported}"


def imports_of(base: Path, package: str) -> list[Import]:
    """Return all imports of a package but those that only type checkers see."""
    found: list[Import] = []
    for path in sorted((base / package).rglob("*.py")):
        module = ".".join(path.relative_to(base).with_suffix("").parts).removesuffix(".__init__")
        tree = ast.parse(path.read_text(encoding="utf-8"))
        is_package = path.name == "__init__.py"
        found += [
            Import(module, name, load, line) for name, load, line in _walk(tree, module, is_package, True)
        ]
    return found


def _walk(node: ast.AST, module: str, is_package: bool, at_load: bool) -> Iterator[tuple[str, bool, int]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            for other in child.orelse:
                yield from _walk(other, module, is_package, at_load)
        elif isinstance(child, ast.Import):
            yield from ((alias.name, at_load, child.lineno) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            origin = _resolve(child, module, is_package)
            yield from ((f"{origin}.{alias.name}", at_load, child.lineno) for alias in child.names)
        else:
            inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from _walk(child, module, is_package, at_load and not inside)


def _resolve(node: ast.ImportFrom, module: str, is_package: bool) -> str:
    if node.level == 0:
        return node.module or ""
    parts = module.split(".")
    keep = len(parts) - node.level + (1 if is_package else 0)
    return ".".join([*parts[:keep], *([node.module] if node.module else [])])


def room(module: str) -> str:
    """Return the room of a module: the part after `durable_workflow`, or the package itself."""
    parts = module.split(".")
    if parts[0] != "durable_workflow" or len(parts) == 1:
        return parts[0]
    return parts[1]

"""How a value that does not fit its type is reported."""

from __future__ import annotations

from durable_workflow.codec import step_of
from durable_workflow.errors import PayloadConversionError


class Mismatch(Exception):
    """A part of a value that does not fit; carries its place, collected while the stack unwinds."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what
        self.steps: list[str] = []

    def inside(self, key: str | int) -> None:
        """Note the key or index of the container through which this fault passes."""
        self.steps.append(step_of(key))

    def error(self, context: str, root: str = "$") -> PayloadConversionError:
        """Give the public error.

        Args:
            context: What does not fit, as in `argument 1 of activity 'charge'`.
            root: How the path begins.
        """
        path = root + "".join(reversed(self.steps))
        return PayloadConversionError(
            f"{context} does not fit its type: {path}: {self.what}. Correct what was sent, or the type.",
            code="type_mismatch",
            path=path,
        )


def expected(what: str, value: object) -> Mismatch:
    """Build the fault of a value of the wrong form; its content stays out of messages.

    Args:
        what: What should be there, with its article.
        value: What is there.
    """
    return Mismatch(f"expected {what}, got {_form(value)}")


def _form(value: object) -> str:
    forms = {type(None): "null", bool: "a boolean", int: "a whole number", float: "a number", str: "text"}
    forms |= {list: "a list", dict: "an object", bytes: "bytes"}
    return forms.get(type(value), type(value).__name__)

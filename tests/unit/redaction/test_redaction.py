"""Redactors, and the errors that they reach."""

from __future__ import annotations

from typing import Any

import pytest

from durable_workflow import errors, redaction, sync
from support.rude_server import Say, rude_server
from support.wire_answers import description

SECRET = "DE02120300000000202051"
REFUSED = {"message": f"iban {SECRET} is refused", "reason": "no_such_reason", "iban": SECRET}


def test_hide_keeps_the_shape() -> None:
    hidden = redaction.HIDDEN
    assert redaction.hide({"a": [1, "x", None, True], "reason": "r"}) == {
        "a": [hidden, hidden, None, True],
        "reason": "r",
    }
    assert redaction.hide("text") == hidden


def test_members_are_hidden_at_any_depth_in_any_case() -> None:
    redact = redaction.hide_members("IBAN", "password")
    value = {"rows": [{"iban": SECRET, "x": 1}], "Password": {"a": 1}}
    assert redact(value) == {"rows": [{"iban": "[hidden]", "x": 1}], "Password": "[hidden]"}
    assert redact("text") == "text"
    assert value["rows"] == [{"iban": SECRET, "x": 1}], "the value itself is left as it is"


def failure(answer: Say, redactor: Any) -> errors.CallError:
    with (
        rude_server(lambda request: answer) as server,
        sync.Client(server.url, redactor=redactor) as client,
        pytest.raises(errors.CallError) as caught,
    ):
        client.describe_workflow("order-1")
    return caught.value


def everything_about(error: BaseException | None) -> str:
    told = ""
    while error is not None:
        told += f"{error} {error!r} {error.args!r} {vars(error)!r}"
        error = error.__cause__
    return told


# A refusal, arguments refused one by one, and answers that are not what was promised.
ANSWERS = [
    Say(409, REFUSED),
    Say(500, REFUSED),
    Say(401, REFUSED),
    Say(403, REFUSED),
    Say(422, {**REFUSED, "errors": {"input": [f"{SECRET} is wrong"]}}),
    Say(200, {**REFUSED, "workflow_id": "order-1"}),
    Say(200, {**description(), "started_at": SECRET, "input": [SECRET]}),
    Say(200, f"<html>{SECRET}</html>".encode(), {"Content-Type": "text/html"}),
    Say(302, SECRET.encode()),
]


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_error_shows_what_the_redactor_leaves(answer: Say) -> None:
    assert SECRET in everything_about(failure(answer, None)), "else this test shows nothing"
    error = failure(answer, redaction.hide)
    assert SECRET not in everything_about(error)
    assert str(error)
    if answer.status >= 400:
        assert error.reason_code in ("no_such_reason", None)


def test_a_redactor_that_fails_shows_nothing() -> None:
    def broken(value: Any) -> Any:
        raise RuntimeError(SECRET)

    error = failure(Say(409, REFUSED), broken)
    assert SECRET not in everything_about(error)
    assert error.body == redaction.HIDDEN

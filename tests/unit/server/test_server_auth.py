"""Tokens and roles."""

from __future__ import annotations

import pytest

from durable_workflow.server._auth import Credentials
from durable_workflow.server._calls import Refusal

WORKER = ("worker",)
OPERATOR = ("operator", "admin")
LEGACY = Credentials("s3cret")
ROLES = Credentials("s3cret", {"worker": "w-token", "operator": "o-token"})


def refused(credentials: Credentials, shown: str, allowed: tuple[str, ...]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        credentials.admit(shown, allowed)
    return caught.value


def test_without_tokens_everybody_is_an_admin() -> None:
    assert Credentials().admit("", WORKER) == "admin"
    assert not Credentials().required


@pytest.mark.parametrize("allowed", [WORKER, OPERATOR])
@pytest.mark.parametrize("shown", ["Bearer s3cret", "bearer s3cret", "BEARER  s3cret "])
def test_the_one_token_gives_full_access(shown: str, allowed: tuple[str, ...]) -> None:
    assert LEGACY.admit(shown, allowed) == "admin"


@pytest.mark.parametrize(
    "shown", ["", "Bearer", "Bearer ", "Bearer s3cre", "Bearer s3cret2", "Basic s3cret", "s3cret"]
)
def test_other_credentials_are_unauthorized(shown: str) -> None:
    refusal = refused(LEGACY, shown, WORKER)
    assert (refusal.status, refusal.reason) == (401, "unauthorized")


def test_characters_outside_ascii_are_compared_like_others() -> None:
    assert refused(LEGACY, "Bearer s3crét", WORKER).status == 401
    assert Credentials("s3crét").admit("Bearer s3crét", WORKER) == "admin"


def test_public_operations_ask_for_nothing() -> None:
    assert LEGACY.admit("", ()) == "admin"


def test_a_role_token_gives_its_role_only() -> None:
    assert ROLES.admit("Bearer w-token", WORKER) == "worker"
    refusal = refused(ROLES, "Bearer w-token", OPERATOR)
    assert (refusal.status, refusal.reason) == (403, "forbidden")
    assert refusal.members == {"role": "worker", "allowed_roles": ["operator", "admin"]}


def test_beside_role_tokens_the_legacy_token_is_a_plain_admin() -> None:
    assert ROLES.admit("Bearer s3cret", OPERATOR) == "admin"
    assert refused(ROLES, "Bearer s3cret", WORKER).members["role"] == "admin"

"""Who calls: bearer tokens and the roles they give."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field

from durable_workflow.server._refusals import forbidden, unauthorized

__all__ = ["Credentials"]

_FULL = frozenset({"admin", "operator", "worker"})


@dataclass(frozen=True, slots=True)
class Credentials:
    """The tokens that a server accepts.

    Without any token every caller is an admin with full access. The legacy token gives full access too,
    until a role token is configured: then it is a plain admin and loses the worker plane.

    Args:
        token: The legacy token, or None.
        role_tokens: One token by role (``worker``, ``operator``, ``admin``).

    Raises:
        ValueError: If a token is empty, or two are equal: nobody could tell which role it gives.
    """

    token: str | None = None
    role_tokens: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        tokens = [*self.role_tokens.values(), *([] if self.token is None else [self.token])]
        if not all(tokens):
            raise ValueError("a token is empty; leave it out, or give it a value")
        if len(set(tokens)) < len(tokens):
            raise ValueError("two tokens are equal; each role needs one of its own")

    @property
    def required(self) -> bool:
        """Whether callers have to show a token."""
        return self.token is not None or bool(self.role_tokens)

    def admit(self, authorization: str, allowed: tuple[str, ...]) -> str:
        """Return the caller's role.

        Args:
            authorization: The value of the Authorization header, empty without one.
            allowed: The roles that may call; empty when everybody may.

        Raises:
            Refusal: 401 without a valid token, 403 with a role that is not allowed.
        """
        if not allowed or not self.required:
            return "admin"
        role = self._role_of(authorization)
        if role is None:
            raise unauthorized()
        if not self._roles_of(role).intersection(allowed):
            raise forbidden(role, allowed)
        return role

    def _role_of(self, authorization: str) -> str | None:
        scheme, _, shown = authorization.partition(" ")
        if scheme.lower() != "bearer":
            return None
        found = None
        for role, token in (*self.role_tokens.items(), ("admin", self.token)):
            # Compared to the end for every token: the time tells nothing about which one came close.
            if token is not None and hmac.compare_digest(shown.strip().encode(), token.encode()):
                found = found or role
        return found

    def _roles_of(self, role: str) -> frozenset[str]:
        return frozenset({role}) if self.role_tokens else _FULL

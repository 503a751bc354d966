"""What a request has to pass before the engine sees it, in the order that the protocol fixes."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from durable_workflow.server._auth import Credentials
from durable_workflow.server._calls import Call
from durable_workflow.server._contract import ABSENT, Arguments, Contract
from durable_workflow.server._http import BodyTooLarge, Receive, Request, read_body
from durable_workflow.server._json import MalformedJson, parse
from durable_workflow.server._planes import Planes
from durable_workflow.server._refusals import (
    malformed_json,
    namespace_not_found,
    payload_too_large,
    unsupported_media_type,
)
from durable_workflow.server._routing import Route

if TYPE_CHECKING:
    from durable_workflow_api.operations import Operation

__all__ = ["BODY_PATIENCE", "DEFAULT_NAMESPACE", "Admission"]

DEFAULT_NAMESPACE = "default"

BODY_PATIENCE = 20.0
"""For how many seconds nothing of a body may come."""

_JSON_TYPE = re.compile(r"application/json|[\w.-]+/[\w.+-]+\+json", re.ASCII)
_BODYLESS = {"GET", "HEAD"}


@dataclass(frozen=True, slots=True)
class Admission:
    """Turns requests into calls, or refuses them.

    Args:
        contract: The compiled specification.
        planes: Checks versions.
        credentials: The tokens that are accepted.
        namespaces: The namespaces that exist.
        body_limit: The longest body in bytes.
    """

    contract: Contract
    planes: Planes
    credentials: Credentials
    namespaces: Container[str]
    body_limit: int

    async def admit(self, operation: Operation, route: Route, request: Request, receive: Receive) -> Call:
        """Return the call that a request makes.

        Args:
            operation: The operation that was routed to.
            route: Where the path led.
            request: The request's head.
            receive: Where its body comes from.

        Raises:
            Refusal: The first check that fails: size, media type, JSON, credentials, role, version,
                namespace, members and parameters.
            BodyTooSlow: If the caller stopped in the middle of the body.
            ClientGone: If the caller hung up.
        """
        body = await self._body(request, receive)
        role = self.credentials.admit(request.headers.get("authorization", ""), operation.roles)
        self.planes.check_version(operation, request.headers)
        namespace = self._namespace(operation, request)
        arguments = Arguments(route.path, request.query, request.headers)
        query, members = self.contract[operation.id].check_request(arguments, body)
        return Call(operation.id, namespace, route.path, query, members, request.headers, role)

    async def _body(self, request: Request, receive: Receive) -> Any:
        try:
            raw = await read_body(receive, request.headers, self.body_limit, BODY_PATIENCE)
        except BodyTooLarge:
            raise payload_too_large(self.body_limit) from None
        if request.method in _BODYLESS or not raw:
            return ABSENT
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if not _JSON_TYPE.fullmatch(media_type):
            raise unsupported_media_type()
        try:
            return parse(raw)
        except MalformedJson as error:
            raise malformed_json(str(error)) from error

    def _namespace(self, operation: Operation, request: Request) -> str:
        named = request.headers.get("x-namespace")
        if named is None:
            named = next((value for name, value in request.query if name == "namespace"), DEFAULT_NAMESPACE)
        namespace = named.strip().lower()
        # Cluster info and the operations on namespaces take a namespace that is not there.
        inside = operation.plane != "service" and operation.tag != "namespaces"
        if inside and namespace not in self.namespaces:
            raise namespace_not_found(namespace)
        return namespace

"""The operations of the protocol without the facade: generated requests in, undecoded answers out."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .._client_common.raw import (
    RawAnswer,
    operation_named,
    operation_names,
    operation_with_id,
    plain_parts,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ._base import ClientBase

__all__ = ["RawCall", "RawCalls"]


class RawCalls:
    """Every operation of the protocol as a method, by the name of its module in `durable_workflow_api.api`.

    Args:
        client: the client whose connections and tokens are used.
    """

    def __init__(self, client: ClientBase) -> None:
        self._client = client

    def __dir__(self) -> list[str]:
        return operation_names()

    def __getattr__(self, name: str) -> RawCall:
        if name.startswith("_"):
            raise AttributeError(name)
        return RawCall(self._client, name)

    async def send(
        self,
        operation_id: str,
        *path: str,
        query: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        body: Any = None,
        timeout: float | None = None,
    ) -> RawAnswer:
        """Make the call of any operation from plain data.

        Args:
            operation_id: name of the operation in the OpenAPI document, such as `signalWorkflow`.
            path: values of the path parameters, in their order.
            query: query parameters.
            headers: header parameters beside those that the client sends itself.
            body: the body as plain JSON data; None for none.
            timeout: seconds for the whole call.

        Returns:
            The server's answer, whatever its status.

        Raises:
            InvalidArgument: there is no such operation, or its path takes other parameters.
            CallError: there was no answer.
        """
        operation = operation_with_id(operation_id)
        parts = plain_parts(operation, path, query, headers, body)
        worker = operation.plane == "worker"
        version = await self._client._protocol_version() if worker else None
        call = self._client._transport.begin(parts, timeout=timeout, worker_version=version, raw=True)
        parse = import_module(operation.module).parse_response
        return RawAnswer(await self._client._transport.run(call), parse)


class RawCall:
    """One operation; calling it sends one request, and again where that is safe.

    Args:
        client: the client whose connections and tokens are used.
        name: name of the operation.

    Raises:
        AttributeError: there is no such operation.
    """

    def __init__(self, client: ClientBase, name: str) -> None:
        self._client = client
        self.operation = operation_named(name)

    async def __call__(self, *args: Any, timeout: float | None = None, **kwargs: Any) -> RawAnswer:
        """Make the call.

        Args:
            args: path parameters, as `build_request` of the operation takes them.
            timeout: seconds for the whole call.
            kwargs: `body` (a generated model), query and header parameters of `build_request`.

        Returns:
            The server's answer, whatever its status.

        Raises:
            CallError: there was no answer.
        """
        module = import_module(self.operation.module)
        worker = self.operation.plane == "worker"
        version = await self._client._protocol_version() if worker else None
        call = self._client._transport.begin(
            module.build_request(*args, **kwargs), timeout=timeout, worker_version=version, raw=True
        )
        return RawAnswer(await self._client._transport.run(call), module.parse_response)

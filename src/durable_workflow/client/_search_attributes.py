"""Search attributes: their names and types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from durable_workflow_api.api.search_attributes import (
    create_search_attribute,
    delete_search_attribute,
    list_search_attributes,
)

from .._client_common import checks
from ._cluster import ClusterCalls

if TYPE_CHECKING:
    from durable_workflow_api.models import (
        CreatedSearchAttribute,
        DeletedSearchAttribute,
        SearchAttributeList,
    )

__all__ = ["SearchAttributeCalls"]

_TYPES = ("keyword", "text", "int", "double", "bool", "datetime", "keyword_list")


class SearchAttributeCalls(ClusterCalls):
    """Calls of the control plane about search attributes."""

    async def list_search_attributes(self) -> SearchAttributeList:
        """Return the names and types of the namespace's search attributes.

        Operation `listSearchAttributes`.

        Raises:
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import SearchAttributeList

        parts = list_search_attributes.build_request()
        return await self._transport.call(parts, list_search_attributes.parse_response, SearchAttributeList)

    async def create_search_attribute(self, name: str, type: str) -> CreatedSearchAttribute:
        """Register a search attribute.

        Operation `createSearchAttribute`.

        Args:
            name: a letter, then letters, digits and "_", at most 128 characters.
            type: `keyword`, `text`, `int`, `double`, `bool`, `datetime` or `keyword_list`.

        Raises:
            InvalidArgument: an argument is not acceptable, or there are too many.
            ServerError: the name is taken or reserved (409).
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import CreatedSearchAttribute, CreateSearchAttributeRequest

        body = CreateSearchAttributeRequest.from_dict(
            {"name": checks.name("name", name, 128), "type": checks.one_of("type", type, _TYPES)}
        )
        parts = create_search_attribute.build_request(body=body)
        return await self._transport.call(
            parts, create_search_attribute.parse_response, CreatedSearchAttribute
        )

    async def delete_search_attribute(self, name: str) -> DeletedSearchAttribute:
        """Forget a search attribute; values that workflows hold stay.

        Operation `deleteSearchAttribute`.

        Args:
            name: the attribute.

        Raises:
            ServerError: there is none (404), or it is one of the system's (409).
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import DeletedSearchAttribute

        parts = delete_search_attribute.build_request(checks.name("name", name, 128))
        return await self._transport.call(
            parts, delete_search_attribute.parse_response, DeletedSearchAttribute
        )

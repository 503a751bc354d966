"""The filters of a list, checked."""

from __future__ import annotations

from typing import Any, TypedDict

from ..errors import InvalidArgument
from . import checks

__all__ = ["Listing", "listing"]

_LARGEST_PAGE = 200


class Listing(TypedDict, total=False):
    """Query parameters of `listWorkflows`; those that were not given are absent."""

    workflow_type: str
    status: Any
    query: str
    page_size: int
    next_page_token: str


def listing(
    workflow_type: Any = None,
    status: Any = None,
    query: Any = None,
    page_size: Any = None,
    next_page_token: Any = None,
) -> Listing:
    """Return the query parameters of a list.

    Raises:
        InvalidArgument: a filter is not acceptable; nothing was sent.
    """
    from durable_workflow_api.types import UNSET

    members: Listing = {"page_size": UNSET}  # type: ignore[typeddict-item]  # else the default is sent
    if workflow_type is not None:
        members["workflow_type"] = checks.name("workflow_type", workflow_type)
    if status is not None:
        members["status"] = _status(status)
    if query is not None:
        members["query"] = _text("query", query)
    if page_size is not None:
        members["page_size"] = checks.whole("page_size", page_size, most=_LARGEST_PAGE)
    if next_page_token is not None:
        members["next_page_token"] = _text("next_page_token", next_page_token)
    return members


def _status(status: Any) -> str:
    from durable_workflow_api.models.workflow_status_filter import WORKFLOW_STATUS_FILTER_VALUES

    return checks.one_of("status", status, sorted(WORKFLOW_STATUS_FILTER_VALUES))


def _text(parameter: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    raise InvalidArgument(f"{parameter} must be text, not {value!r:.80}", {parameter: ["must be text"]})

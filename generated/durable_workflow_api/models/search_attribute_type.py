# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from typing import Literal, cast

__all__ = ["SearchAttributeType", "SEARCH_ATTRIBUTE_TYPE_VALUES", "check_search_attribute_type"]

SearchAttributeType = Literal["bool", "datetime", "double", "int", "keyword", "keyword_list", "text"]

SEARCH_ATTRIBUTE_TYPE_VALUES: frozenset[SearchAttributeType] = frozenset(
    ["bool", "datetime", "double", "int", "keyword", "keyword_list", "text"]
)


def check_search_attribute_type(value: object) -> SearchAttributeType:
    """Return the value as it is; one that this version of the spec does not know is kept.

    Raises:
        TypeError: The value is of another type.
    """
    if not isinstance(value, str):
        raise TypeError(f"SearchAttributeType is not {value!r}")
    return cast(SearchAttributeType, value)

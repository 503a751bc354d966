# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.auth_check import AuthCheck
    from ..models.cache_check import CacheCheck
    from ..models.database_check import DatabaseCheck
    from ..models.default_namespace_check import DefaultNamespaceCheck
    from ..models.migrations_check import MigrationsCheck

__all__ = ["ReadinessChecks"]

T = TypeVar("T", bound="ReadinessChecks")


@_attrs_define
class ReadinessChecks:
    """The single checks.

    Attributes:
        database (DatabaseCheck): Whether the store answers.
        migrations (MigrationsCheck): Whether the store has the tables of this version.
        default_namespace (DefaultNamespaceCheck): Whether the namespace of requests that name none
            exists.
        cache (CacheCheck): Whether the cache answers.
        auth (AuthCheck): Whether credentials are configured.
    """

    database: DatabaseCheck
    migrations: MigrationsCheck
    default_namespace: DefaultNamespaceCheck
    cache: CacheCheck
    auth: AuthCheck
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        database = self.database.to_dict()

        migrations = self.migrations.to_dict()

        default_namespace = self.default_namespace.to_dict()

        cache = self.cache.to_dict()

        auth = self.auth.to_dict()

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["database"] = database
        members_["migrations"] = migrations
        members_["default_namespace"] = default_namespace
        members_["cache"] = cache
        members_["auth"] = auth
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """
        from ..models.auth_check import AuthCheck
        from ..models.cache_check import CacheCheck
        from ..models.database_check import DatabaseCheck
        from ..models.default_namespace_check import DefaultNamespaceCheck
        from ..models.migrations_check import MigrationsCheck

        members_ = dict(src_dict)
        database = DatabaseCheck.from_dict(members_.pop("database"))

        migrations = MigrationsCheck.from_dict(members_.pop("migrations"))

        default_namespace = DefaultNamespaceCheck.from_dict(members_.pop("default_namespace"))

        cache = CacheCheck.from_dict(members_.pop("cache"))

        auth = AuthCheck.from_dict(members_.pop("auth"))

        model_ = cls(
            database=database,
            migrations=migrations,
            default_namespace=default_namespace,
            cache=cache,
            auth=auth,
        )
        model_.additional_properties = members_
        return model_

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties

# Generated from src/durable_workflow/client by ./codegen.sh. Never edit: run ./codegen.sh.
"""Namespaces and the storage of large payloads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from durable_workflow_api.api.namespaces import (
    create_namespace,
    describe_namespace,
    list_namespaces,
    set_namespace_external_storage,
    update_namespace,
)
from durable_workflow_api.api.storage import test_storage

from .._client_common import checks
from .._client_common.bodies import without_none
from ._cluster import ClusterCalls

if TYPE_CHECKING:
    from collections.abc import Mapping

    from durable_workflow_api.models import (
        CreatedNamespace,
        NamespaceDescription,
        StorageTestReport,
        UpdatedNamespace,
    )

__all__ = ["NamespaceCalls"]

_DRIVERS = ("local", "s3", "gcs", "azure")


class NamespaceCalls(ClusterCalls):
    """Calls of the control plane about namespaces."""

    def list_namespaces(self) -> list[NamespaceDescription]:
        """Return all namespaces of the server.

        Operation `listNamespaces`.

        Raises:
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import NamespaceList

        parts = list_namespaces.build_request()
        return (self._transport.call(parts, list_namespaces.parse_response, NamespaceList)).namespaces

    def describe_namespace(self, name: str) -> NamespaceDescription:
        """Return what the server knows of a namespace.

        Operation `describeNamespace`.

        Args:
            name: the namespace, without regard to case.

        Raises:
            NamespaceNotFound: there is no such namespace.
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import NamespaceDescription

        parts = describe_namespace.build_request(checks.name("name", name, 128))
        return self._transport.call(parts, describe_namespace.parse_response, NamespaceDescription)

    def create_namespace(
        self, name: str, *, description: str | None = None, retention_days: int | None = None
    ) -> CreatedNamespace:
        """Create a namespace.

        Operation `createNamespace`.

        Args:
            name: its name, at most 128 characters of a-z, A-Z, 0-9, ".", "_" and "-"; kept in lower case.
            description: text for people, at most 1000 characters.
            retention_days: how long closed runs are kept, 1 to 365 days; default is the server's.

        Raises:
            InvalidArgument: an argument is not acceptable.
            ServerError: the name is taken (409, `namespace_already_exists`).
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import CreatedNamespace, CreateNamespaceRequest

        body = without_none(
            name=checks.name("name", name, 128),
            description=checks.optional_name("description", description, 1000),
            retention_days=checks.retention(retention_days),
        )
        parts = create_namespace.build_request(body=CreateNamespaceRequest.from_dict(body))
        return self._transport.call(parts, create_namespace.parse_response, CreatedNamespace)

    def update_namespace(
        self, name: str, *, description: str | None = None, retention_days: int | None = None
    ) -> UpdatedNamespace:
        """Change a namespace; what is None stays as it is.

        Operation `updateNamespace`.

        Args:
            name: the namespace.
            description: text for people, at most 1000 characters.
            retention_days: how long closed runs are kept, 1 to 365 days.

        Raises:
            NamespaceNotFound: there is no such namespace.
            InvalidArgument: an argument is not acceptable.
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import UpdatedNamespace, UpdateNamespaceRequest

        body = without_none(
            description=checks.optional_name("description", description, 1000),
            retention_days=checks.retention(retention_days),
        )
        parts = update_namespace.build_request(
            checks.name("name", name, 128), body=UpdateNamespaceRequest.from_dict(body)
        )
        return self._transport.call(parts, update_namespace.parse_response, UpdatedNamespace)

    def set_namespace_external_storage(
        self,
        name: str,
        *,
        driver: str,
        enabled: bool = True,
        threshold_bytes: int | None = None,
        config: Mapping[str, str] | None = None,
    ) -> NamespaceDescription:
        """Say where a namespace keeps large payloads; replaces the whole policy.

        Operation `setNamespaceExternalStorage`.

        Args:
            name: the namespace.
            driver: `local`, `s3`, `gcs` or `azure`.
            enabled: whether it is used.
            threshold_bytes: payloads from this size on are kept there.
            config: `uri`, `bucket`, `disk`, `prefix`, `region`, `endpoint`, `auth_profile`, as the driver
                needs them.

        Raises:
            NamespaceNotFound: there is no such namespace.
            InvalidArgument: an argument is not acceptable.
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import NamespaceDescription, SetExternalStorageRequest

        body = without_none(
            driver=checks.one_of("driver", driver, _DRIVERS),
            enabled=enabled,
            threshold_bytes=checks.optional_whole("threshold_bytes", threshold_bytes),
            config=checks.mapping("config", config),
        )
        parts = set_namespace_external_storage.build_request(
            checks.name("name", name, 128), body=SetExternalStorageRequest.from_dict(body)
        )
        return self._transport.call(
            parts, set_namespace_external_storage.parse_response, NamespaceDescription
        )

    def test_storage(
        self,
        *,
        small_payload_bytes: int = 1024,
        large_payload_bytes: int = 1_048_576,
        driver: str | None = None,
    ) -> StorageTestReport:
        """Have the server write and read a small and a large payload in its storage.

        Operation `testStorage`.

        Args:
            small_payload_bytes: size of the small one, 1 to 1048576.
            large_payload_bytes: size of the large one, 1 to 16777216.
            driver: the driver to try; default is the namespace's.

        Raises:
            InvalidArgument: the storage is not configured or not available, or an argument is wrong.
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import StorageTestReport, TestStorageRequest

        body = without_none(
            small_payload_bytes=checks.whole("small_payload_bytes", small_payload_bytes, most=1_048_576),
            large_payload_bytes=checks.whole("large_payload_bytes", large_payload_bytes, most=16_777_216),
            driver=None if driver is None else checks.one_of("driver", driver, _DRIVERS),
        )
        parts = test_storage.build_request(body=TestStorageRequest.from_dict(body))
        return self._transport.call(parts, test_storage.parse_response, StorageTestReport)

"""`durable-workflow namespace` and `durable-workflow search-attribute`."""

from __future__ import annotations

import click

from durable_workflow.cli._inputs import members
from durable_workflow.cli._output import Table, Text, record_of
from durable_workflow.cli._session import Session, command
from durable_workflow.cli._text import plain

__all__ = ["namespace", "search_attribute"]

_DESCRIPTION = click.option("--description", metavar="TEXT", help="Text for people.")
_RETENTION = click.option(
    "--retention-days", type=click.IntRange(1, 365), metavar="N", help="Days for which closed runs are kept."
)


@click.group()
def namespace() -> None:
    """Look after namespaces: everything in one is invisible from the others."""


@click.group("search-attribute")
def search_attribute() -> None:
    """Look after search attributes: indexed facts that workflows carry."""


@command(namespace, "list")
def list_namespaces(session: Session) -> None:
    """List the namespaces."""
    found = [plain(each) for each in session.client.list_namespaces()]
    rows = [
        [each.get(name) for name in ("name", "status", "retention_days", "description")] for each in found
    ]
    session.answer(
        {"namespaces": found}, Table(("namespace", "status", "retention (days)", "description"), rows)
    )


@command(namespace, "describe")
@click.argument("name")
def describe_namespace(session: Session, *, name: str) -> None:
    """Show a namespace."""
    found = plain(session.client.describe_namespace(name))
    session.answer(found, record_of(found))


@command(namespace, "create")
@click.argument("name")
@_DESCRIPTION
@_RETENTION
def create_namespace(
    session: Session, *, name: str, description: str | None, retention_days: int | None
) -> None:
    """Create a namespace."""
    found = plain(
        session.client.create_namespace(name, description=description, retention_days=retention_days)
    )
    session.answer(found, record_of(found))


@command(namespace, "update")
@click.argument("name")
@_DESCRIPTION
@_RETENTION
def update_namespace(
    session: Session, *, name: str, description: str | None, retention_days: int | None
) -> None:
    """Change a namespace; what is not given stays as it is."""
    found = plain(
        session.client.update_namespace(name, description=description, retention_days=retention_days)
    )
    session.answer(found, record_of(found))


@command(namespace, "set-storage")
@click.argument("name")
@click.option(
    "--driver", required=True, metavar="TEXT", help="Where large payloads go: local, s3, gcs, azure."
)
@click.option("--enabled/--disabled", default=True, show_default=True, help="Whether it is used.")
@click.option("--threshold-bytes", type=click.IntRange(min=1), metavar="N", help="From which size on.")
@click.option("--set", "config", multiple=True, metavar="NAME=TEXT", help="A setting of the driver.")
def set_storage(
    session: Session,
    *,
    name: str,
    driver: str,
    enabled: bool,
    threshold_bytes: int | None,
    config: tuple[str, ...],
) -> None:
    """Say where the large payloads of a namespace are kept."""
    found = plain(
        session.client.set_namespace_external_storage(
            name,
            driver=driver,
            enabled=enabled,
            threshold_bytes=threshold_bytes,
            config=members(config, "--set") or None,
        )
    )
    session.answer(found, record_of(found))


@command(search_attribute, "list")
def list_search_attributes(session: Session) -> None:
    """List the search attributes and their types."""
    found = plain(session.client.list_search_attributes())
    rows = [
        [name, kind, origin]
        for origin in ("system", "custom")
        for name, kind in (found.get(f"{origin}_attributes") or {}).items()
    ]
    session.answer(found, Table(("name", "type", "origin"), rows))


@command(search_attribute, "create")
@click.argument("name")
@click.argument("type")
def create_search_attribute(session: Session, *, name: str, type: str) -> None:
    """Declare a search attribute of a type such as keyword, int or datetime."""
    found = plain(session.client.create_search_attribute(name, type))
    session.answer(found, Text(f"{name}: {found['outcome']}"))


@command(search_attribute, "delete")
@click.argument("name")
def delete_search_attribute(session: Session, *, name: str) -> None:
    """Remove a search attribute."""
    found = plain(session.client.delete_search_attribute(name))
    session.answer(found, Text(f"{name}: {found['outcome']}"))

"""Payloads in what a server answers: found, decoded, and shown as far as they may be."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

import click

from durable_workflow import serializer
from durable_workflow.errors import PayloadError

if TYPE_CHECKING:
    from durable_workflow.cli._settings import Settings
    from durable_workflow.payloads import PayloadSettings
    from durable_workflow.redaction import Redactor

__all__ = ["Payloads", "named_object", "payload_settings", "redactor_of"]

# Members of events and tasks that hold a blob of the codec named beside them.
_BLOBS = frozenset({"arguments", "details", "input", "output", "payload", "result", "value"})


def payload_settings(settings: Settings) -> PayloadSettings | None:
    """Return how the client writes and reads payloads; None for the usual way.

    Raises:
        click.UsageError: What the settings name cannot be had.
    """
    name, keys = settings.get("payloads"), settings.get("payload_keys")
    if name is not None:
        return _settings_from(name)
    return None if keys is None else _encrypting(keys)


def _settings_from(name: str) -> PayloadSettings:
    from durable_workflow.payloads import PayloadSettings

    found = named_object(name, "payloads setting")
    try:
        found = found() if callable(found) else found
    except Exception as error:
        # Whatever the function is made of: the person has named it, and must hear what became of it.
        raise click.UsageError(f"the payloads setting {name!r} failed: {error!r:.200}") from error
    if not isinstance(found, PayloadSettings):
        raise click.UsageError(
            f"the payloads setting {name!r} must name PayloadSettings, or a function that returns them; it"
            f" names {type(found).__name__}"
        )
    return found


def _encrypting(keys: str) -> PayloadSettings:
    from durable_workflow.payloads import AesGcm, Deflate, PayloadSettings

    try:
        # A file has one key on each line, a variable has them behind each other.
        codec = AesGcm.from_text(",".join(line for line in keys.splitlines() if line.strip()))
    except (ImportError, ValueError) as error:
        raise click.UsageError(f"the payload keys cannot be used: {error}") from error
    return PayloadSettings(codecs=[Deflate(), codec])


def redactor_of(settings: Settings) -> Redactor | None:
    """Return what decides about the showing of payloads; None if all may be shown.

    Raises:
        click.UsageError: It cannot be had, or is no function.
    """
    name = settings.get("redactor")
    if name is None:
        return None
    found = named_object(name, "redactor")
    if not callable(found):
        raise click.UsageError(f"the redactor {name!r} is no function of a value")
    return cast("Redactor", found)


class Payloads:
    """Reads payloads for people.

    Args:
        redact: Decides what of a decoded payload may appear; None shows it as it is.
    """

    def __init__(self, redact: Redactor | None = None) -> None:
        self._redact = redact

    @classmethod
    def of(cls, settings: Settings) -> Payloads:
        """Return what the settings ask for.

        Raises:
            click.UsageError: The redactor cannot be had.
        """
        return cls(redactor_of(settings))

    def shown(self, value: Any) -> Any:
        """Return a decoded value as far as it may appear."""
        if self._redact is None or value is None:
            return value
        try:
            return self._redact(value)
        except Exception as error:
            # What decides about secrets must not give one away because it failed.
            return f"<not shown: the redactor failed with {type(error).__name__}>"

    def decoded(self, document: Any) -> Any:
        """Return plain JSON with all payloads in it decoded.

        What cannot be decoded stays as it is, with the reason beside it.
        """
        if isinstance(document, Mapping):
            if document.keys() >= {"codec", "blob"}:
                return self._envelope(document)
            codec = document.get("payload_codec")
            return {
                name: self._member(name, member, codec) if isinstance(member, str) else self.decoded(member)
                for name, member in document.items()
            }
        if isinstance(document, list):
            return [self.decoded(item) for item in document]
        return document

    def _envelope(self, envelope: Mapping[str, Any]) -> Any:
        try:
            return self.shown(serializer.decode_envelope(dict(envelope)))
        except PayloadError as error:
            return {**envelope, "undecoded": str(error)}

    def _member(self, name: str, text: str, codec: Any) -> Any:
        if name not in _BLOBS or codec not in (None, serializer.AVRO_CODEC):
            return text
        try:
            return self.shown(serializer.decode(text, serializer.AVRO_CODEC))
        except PayloadError as error:
            # Many members of these names hold plain text; what is sealed is none.
            return {"blob": text, "undecoded": str(error)} if error.code == "sealed_payload" else text


def named_object(name: str, setting: str) -> Any:
    """Return what `package.module:attribute` names.

    Args:
        name: The module and the attribute.
        setting: The setting that names it, for the error.

    Raises:
        click.UsageError: There is no such thing.
    """
    module, colon, attribute = name.partition(":")
    if not colon or not module or not attribute:
        raise click.UsageError(f"the {setting} {name!r} is not of the form MODULE:NAME")
    if "" not in sys.path:
        # As `python -m` would find it: from where the command is run.
        sys.path.insert(0, "")
    try:
        return getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError) as error:
        raise click.UsageError(f"the {setting} {name!r} cannot be loaded: {error}") from error

"""The commands with which new code and old runs live together."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Generator
from typing import TYPE_CHECKING, Any, ClassVar

from attrs import field, frozen

from durable_workflow.codec import AVRO_CODEC, Framing
from durable_workflow.workflow._command import Command, type_name

UNVERSIONED = -1
"""The version of code from before a change was marked."""


def _change(value: str) -> str:
    return type_name(value, "the change id of a version")


def _check_range(change_id: str, low: int, high: int) -> None:
    for name, value in (("min_supported", low), ("max_supported", high)):
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(f"{name} of change {change_id!r} must be an integer, not {type(value).__name__}")
    if low > high:
        raise ValueError(f"change {change_id!r}: min_supported {low} is above max_supported {high}")


@frozen
class RecordVersionMarker(Command):
    """Record which version of a change a run uses; `GetVersion` becomes this when the change is new to a run.

    Args:
        change_id: Name of the change.
        version: The version that the run uses from now on.
        min_supported: Oldest version that the code still has.
        max_supported: Newest version that the code has.
    """

    type: ClassVar[str] = "record_version_marker"

    change_id: str = field(converter=_change)
    version: int
    min_supported: int
    max_supported: int

    def __attrs_post_init__(self) -> None:
        _check_range(self.change_id, self.min_supported, self.max_supported)
        if not self.min_supported <= self.version <= self.max_supported:
            raise ValueError(
                f"version {self.version} of change {self.change_id!r} is not between {self.min_supported} "
                f"and {self.max_supported}"
            )

    def to_server_command(
        self, task_queue: str, *, payload_codec: str = AVRO_CODEC, framing: Framing = "wrapper"
    ) -> dict[str, Any]:
        """Write the command as the wire object of a task completion; see `Command`."""
        return {
            "type": self.type,
            "change_id": self.change_id,
            "version": self.version,
            "min_supported": self.min_supported,
            "max_supported": self.max_supported,
        }


@frozen
class VersionQuestion(Command):
    """What the questions for a version have in common; the code goes on at once with the answer.

    Args:
        change_id: Name of the change.
    """

    type: ClassVar[str] = "record_version_marker"

    change_id: str = field(converter=_change)
    min_supported: int = field(default=UNVERSIONED, init=False)
    max_supported: int = field(default=1, init=False)

    @abstractmethod
    def answer(self, version: int) -> Any:
        """Give what the code gets for a version."""

    def newest(self) -> RecordVersionMarker:
        """Give the command that records the newest version."""
        return RecordVersionMarker(self.change_id, self.max_supported, self.min_supported, self.max_supported)

    def to_server_command(
        self, task_queue: str, *, payload_codec: str = AVRO_CODEC, framing: Framing = "wrapper"
    ) -> dict[str, Any]:
        """Write the command that records the newest version; see `Command`."""
        return self.newest().to_server_command(task_queue, payload_codec=payload_codec, framing=framing)


@frozen
class GetVersion(VersionQuestion):
    """Ask which version of a change this run uses; the code gets the version.

    A run that passed this place before the change existed gets -1; a run that is new here gets the newest
    version, which is recorded and stays the answer for this run.

    Args:
        change_id: Name of the change.
        min_supported: Oldest version that the code still has; -1 is the code before the change.
        max_supported: Newest version that the code has.
    """

    min_supported: int = field()
    max_supported: int = field()

    def __attrs_post_init__(self) -> None:
        _check_range(self.change_id, self.min_supported, self.max_supported)

    if TYPE_CHECKING:

        def __await__(self) -> Generator[Command, Any, int]: ...

    def answer(self, version: int) -> int:
        """Give what the code gets for a version."""
        return version


@frozen
class Patched(VersionQuestion):
    """Ask whether this run uses a patch; the code gets True or False.

    Args:
        change_id: Name of the patch.
    """

    if TYPE_CHECKING:

        def __await__(self) -> Generator[Command, Any, bool]: ...

    def answer(self, version: int) -> bool:
        """Give what the code gets for a version."""
        return version == self.max_supported


@frozen
class DeprecatePatch(VersionQuestion):
    """Keep the mark of a patch whose old code is gone; the code gets None.

    Args:
        change_id: Name of the patch.
    """

    if TYPE_CHECKING:

        def __await__(self) -> Generator[Command, Any, None]: ...

    def answer(self, version: int) -> None:
        """Give what the code gets for a version."""

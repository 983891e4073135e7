"""Automation stitches with a one-time trigger: at its time, in the box's own time zone, their script runs."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from siteauto.lab.devices.fortinet.tree import Configuration, Node
from siteauto.lab.world_view import TimerHandle, WorldView


class Automation:
    """The alarms that a configuration asks for. `run` has the box do a script."""

    def __init__(self, world: WorldView, run: Callable[[str], None]) -> None:
        self._world = world
        self._run = run
        self._alarms: list[TimerHandle] = []

    def set_alarms(self, running: Configuration, zone: ZoneInfo) -> None:
        """Set the clock for every stitch whose time lies ahead; what was set before is forgotten."""
        self.drop_alarms()
        for name, stitch in running.rows("system.automation-stitch").items():
            due = _due(running, stitch, zone)
            if due is not None and due > self._world.now():
                self._alarms.append(self._world.call_at(due, self._ringer(running, name)))

    def drop_alarms(self) -> None:
        """Nothing will ring."""
        for alarm in self._alarms:
            alarm.cancel()
        self._alarms.clear()

    def _ringer(self, running: Configuration, stitch: str) -> Callable[[], None]:
        return lambda: self._ring(running, stitch)

    def _ring(self, running: Configuration, stitch: str) -> None:
        actions = running.rows("system.automation-action")
        for row in running.rows("system.automation-stitch")[stitch].rows("actions").values():
            action = actions.get(row.word("action"))
            if action is not None and action.word("action-type") == "cli-script":
                self._run(action.word("script"))


def _due(running: Configuration, stitch: Node, zone: ZoneInfo) -> datetime | None:
    trigger = running.rows("system.automation-trigger").get(stitch.word("trigger"))
    if stitch.word("status") != "enable" or trigger is None or trigger.word("trigger-frequency") != "once":
        return None
    local = datetime.strptime(trigger.word("trigger-datetime"), "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007 (zone added)
    return local.replace(tzinfo=zone).astimezone(UTC)

"""NAPALM on a session that is open already: its getters, its load and its compare, and nothing that commits."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from napalm import get_network_driver
from napalm.base import NetworkDriver
from napalm.base.exceptions import NapalmException
from netmiko import BaseConnection

from siteauto.adapters.driver_errors import session_errors
from siteauto.adapters.napalm_getters import read_getter
from siteauto.adapters.session_parts import unsupported
from siteauto.core.platform_spec import Row
from siteauto.core.ports import Target


class NapalmDriver:
    """The platform's driver. Raises DeviceError where it does not speak to a command line."""

    def __init__(self, target: Target, connection: BaseConnection, *, inline_transfer: bool) -> None:
        self._target = target
        method = target.platform.push_method(target.device.role)
        options = {
            **({"dest_file_system": method.file_system} if method and method.file_system else {}),
            "inline_transfer": inline_transfer,
            "auto_file_prompt": False,  # NAPALM's `file prompt quiet` stays in the configuration when we die
        }
        self._driver = _on_session(target.platform.names.napalm or "")(
            target.host, connection.username, connection.password, timeout=int(target.timeout), optional_args=options
        )
        self._driver.session = connection
        self._driver.open()
        if self._driver.device is not connection:
            self._driver.close()
            raise unsupported(target, "a command line over NAPALM")

    def rows(self, getter: str) -> Sequence[Row]:
        """Rows of a getter, each with the key of a dictionary's entry as `key`."""
        with session_errors(self._target, f"reading {getter}", NapalmException):
            return read_getter(self._driver, self._target, getter)

    def stage(self, file: Path, *, mode: str) -> str:
        """Load the candidate in this file, under the file's name; return the device's own diff."""
        driver = self._driver
        driver.candidate_cfg = driver.merge_cfg = file.name
        with session_errors(self._target, "loading the candidate", NapalmException):
            load = driver.load_replace_candidate if mode == "replace" else driver.load_merge_candidate
            load(filename=str(file))
        with session_errors(self._target, "comparing the candidate", NapalmException):
            diff: str = driver.compare_config()
        return diff


class _OnSession(NetworkDriver):  # type: ignore[misc]  # NAPALM is not typed
    """NAPALM's driver; only how its base class opens a session is ours: there is one."""

    session: BaseConnection

    def _netmiko_open(
        self,
        device_type: str,  # noqa: ARG002 - NAPALM's signature
        netmiko_optional_args: Mapping[str, object] | None = None,  # noqa: ARG002
    ) -> BaseConnection:
        return self.session


@lru_cache
def _on_session(name: str) -> type[NetworkDriver]:
    driver = get_network_driver(name)
    return type(driver.__name__, (driver, _OnSession), {})

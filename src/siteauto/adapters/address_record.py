"""Where the devices of a site were last met: the address at which a box proved to be the one of the inventory.

An office is moved by editing its site file, so the inventory cannot say where a device still is. Of what could, this is
the most robust: an address that answered, to a box whose key was the pinned one and whose serial number was right. The
last backup's text would have to be read for it by rules of every platform, the last commit of the inventory may never
have been carried out, and both may be on a machine that has never been there. The record lies beside the pinned keys,
and is worth as much: without the key of the old address nobody logs in there, and when a device has moved its key is
pinned at the new address in the same act.
"""

import json
import threading
from collections.abc import Mapping
from pathlib import Path

from siteauto.adapters.whole_files import replace_file
from siteauto.core.errors import StoreError
from siteauto.core.models import DeviceName, SiteName

SCHEMA = "siteauto/addresses/1"


class AddressRecord:
    """One site's record, beside this file of pinned keys."""

    def __init__(self, known_hosts: Path, site: SiteName) -> None:
        self._known_hosts = known_hosts
        self._file = known_hosts.parent / "addresses" / f"{site}.json"
        self._known: dict[DeviceName, str] | None = None
        self._lock = threading.Lock()

    def read(self) -> Mapping[DeviceName, str]:
        """The address of each device that was ever met. Raises StoreError."""
        with self._lock:
            return dict(self._read())

    def keep(self, met: Mapping[DeviceName, str]) -> None:
        """These devices were met at these addresses; the pinned keys of one that has moved go with it."""
        with self._lock:
            known = self._read()
            fresh = {name: host for name, host in met.items() if known.get(name) != host}
            for name, host in fresh.items():
                if name in known:
                    self._take_keys_along(known[name], host)
            if fresh:
                self._known = {**known, **fresh}
                text = json.dumps({"schema": SCHEMA, "devices": self._known}, indent=1, sort_keys=True)
                replace_file(self._file, f"{text}\n".encode(), mode=0o600, durable=False)  # the devices know better

    def _take_keys_along(self, old: str, new: str) -> None:
        from siteauto.adapters.host_keys import follow_box  # paramiko, and hardly ever wanted

        follow_box(self._known_hosts, old, new)

    def forget(self) -> None:
        """The devices are gone, as those of a lab that is taken down."""
        self._file.unlink(missing_ok=True)

    def _read(self) -> dict[DeviceName, str]:
        if self._known is None:
            self._known = _parse(self._file)
        return self._known


def _parse(file: Path) -> dict[DeviceName, str]:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        if data["schema"] == SCHEMA:
            return {DeviceName(name): str(host) for name, host in data["devices"].items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unreadable(file) from error
    raise _unreadable(file)


def _unreadable(file: Path) -> StoreError:
    return StoreError(
        f"{file} cannot be read",
        expected=SCHEMA,
        next_step="Delete it: it only tells where devices were before the inventory gave them another address",
    )

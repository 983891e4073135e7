"""The answers of NAPALM's getters as rows, whatever its driver speaks."""

from collections.abc import Sequence

from napalm.base import NetworkDriver

from siteauto.adapters.session_parts import unsupported
from siteauto.core.errors import DeviceError
from siteauto.core.platform_spec import Row
from siteauto.core.ports import Target

GETTERS = frozenset(name for name in dir(NetworkDriver) if name.startswith("get_"))


def read_getter(driver: NetworkDriver, target: Target, getter: str) -> Sequence[Row]:
    """Rows of a getter, each with the key of a dictionary's entry as `key`. Raises DeviceError for an unknown one."""
    if getter not in GETTERS:
        raise unsupported(target, f"the getter {getter}")
    return _rows(getattr(driver, getter)())


def _rows(answer: object) -> Sequence[Row]:
    """A dictionary of dictionaries becomes rows with `key`, one of lists their rows."""
    match answer:
        case list():
            return answer
        case dict() if all(isinstance(value, dict) for value in answer.values()):
            return [{"key": key, **value} for key, value in answer.items()]
        case dict() if all(isinstance(value, list) for value in answer.values()):
            return [{"key": key, **row} for key, rows in answer.items() for row in rows]
        case dict():
            return [answer]
        case _:
            raise DeviceError("A NAPALM getter answered neither a list nor a dictionary", found=type(answer).__name__)

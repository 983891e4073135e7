"""Command output -> rows, with TextFSM: ntc-templates' own templates, or one that a platform file brings."""

import io
import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import ntc_templates
import textfsm
from textfsm import clitable

from siteauto.core.errors import DeviceError
from siteauto.core.platform_spec import Getter, Ntc, PlatformSpec, Row, TextFsm

NTC_TEMPLATES = Path(ntc_templates.__file__).parent / "templates"


class TextFsmParser:
    """The `Parser` of siteauto. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # a CliTable holds the state of its last parse

    def parse(self, platform: PlatformSpec, parser: Ntc | TextFsm | Getter, command: str, text: str) -> Sequence[Row]:
        """Rows with lower-case keys. Raises DeviceError when the text does not fit the template."""
        try:
            match parser:
                case Ntc():
                    return self._ntc(platform, command, text)
                case TextFsm(template=template):
                    return _inline(template, text)
                case Getter():
                    raise DeviceError(
                        f"{command} is a getter of the driver, not a command whose output can be parsed",
                        next_step="Ask the session for it",
                    )
        except (textfsm.TextFSMError, textfsm.TextFSMTemplateError, clitable.Error) as error:
            raise DeviceError(
                f"The answer to `{command}` could not be parsed",
                expected=f"the form that the {platform.title} template knows",
                found=str(error),
                next_step="Compare the device's software version with those that are supported",
            ) from error

    def _ntc(self, platform: PlatformSpec, command: str, text: str) -> Sequence[Row]:
        with self._lock:
            table = _index()
            table.ParseCmd(text, {"Command": command, "Platform": platform.names.ntc_templates or ""})
            keys = [name.lower() for name in table.header.values]
            return [dict(zip(keys, row.values, strict=True)) for row in table]


@lru_cache(maxsize=1)
def _index() -> clitable.CliTable:
    return clitable.CliTable("index", str(NTC_TEMPLATES))


def _inline(template: str, text: str) -> Sequence[Row]:
    machine = textfsm.TextFSM(io.StringIO(template))
    keys = [name.lower() for name in machine.header]
    return [dict(zip(keys, row, strict=True)) for row in machine.ParseText(text)]

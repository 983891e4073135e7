"""The answers of one device: asked once, read, and judged."""

import re
from collections.abc import Callable, Sequence

from siteauto.core.checks import KINDS, Check, CheckResult
from siteauto.core.config import ConfigDiff, ConfigTree, SecretBook, diff, diff_text, normalise
from siteauto.core.config.diff import exact_diff
from siteauto.core.errors import DeviceError, SiteautoError
from siteauto.core.judge import judge
from siteauto.core.platform_spec import Getter, PlatformSpec, Probe
from siteauto.core.ports import Parser, Session, Target
from siteauto.core.readings import ConfigReading, IdentityReading, Reading
from siteauto.core.snapshot import find_defects
from siteauto.core.verdict import unsupported


class Answers:
    """What one session said. Nothing is asked twice, not even what failed."""

    def __init__(
        self, *, session: Session, target: Target, parser: Parser, book: SecretBook, intended: str | None
    ) -> None:
        self._session = session
        self._target = target
        self._parser = parser
        self._book = book
        self._intended = intended
        self._kept: dict[str, str | SiteautoError] = {}

    def command(self, command: str) -> str:
        """What the device printed for a read-only command."""
        return self._once(command, lambda: self._session.run(command))

    def config(self, which: str) -> str:
        """The whole running or startup configuration. Raises DeviceError where the text is not whole."""
        text = self._once(f"{which} configuration", lambda: self._session.fetch(which))
        if defects := find_defects(self._target.platform.backup, text):
            raise DeviceError(f"The {which} configuration did not arrive whole", found="; ".join(defects))
        return text

    def probe(self, probe: Probe, command: str) -> tuple[Reading, ...] | None:
        """The readings of a probe; None where the device does not know the command."""
        if isinstance(probe.parser, Getter):
            return probe.read(self._session.get(command))
        text = self.command(command)
        if any(re.search(pattern, text) for pattern in probe.rejected):
            return None
        return probe.read(self._parser.parse(self._target.platform, probe.parser, command, text))

    def comparison(self, kind: str) -> ConfigReading:
        """How the running configuration compares with the intended or the startup one."""
        saved = kind == "running_saved"
        wanted = self.config("startup") if saved else self._intended
        if wanted is None:
            raise DeviceError("There is no intended configuration to compare with")
        running, other = (self._tree(text) for text in (self.config("running"), wanted))
        return read_comparison(exact_diff(running, other) if saved else diff(running, other))

    def _tree(self, text: str) -> ConfigTree:
        return normalise(self._target.platform.config, text, secrets=self._book)

    def _once(self, name: str, ask: Callable[[], str]) -> str:
        if name not in self._kept:
            try:
                self._kept[name] = ask()
            except SiteautoError as error:
                self._kept[name] = error
        kept = self._kept[name]
        if isinstance(kept, SiteautoError):
            raise kept
        return kept


def read_comparison(compared: ConfigDiff) -> ConfigReading:
    """The lines that count as drift, without the lines around them."""
    lines = (line for line in diff_text(compared).splitlines() if line[:1] in ("-", "+", "~"))
    untold = sum(1 for each in compared.differences if each.word == "cannot-tell")
    return ConfigReading(differences=tuple(lines), untold=untold)


def judge_check(check: Check, platform: PlatformSpec, answers: Answers) -> CheckResult:
    """Ask what the check needs and judge it. Raises SiteautoError where the device could not say."""
    kind = KINDS[check.kind]
    if not kind.probe:
        return judge(check, _session_readings(check, platform, answers))
    probe = platform.checks[kind.probe]
    command = probe.command.format_map(dict(check.fill))
    readings = answers.probe(probe, command)
    if readings is None:
        return unsupported(check, f"the device does not know `{command}`")
    return judge(check, readings)


def _session_readings(check: Check, platform: PlatformSpec, answers: Answers) -> Sequence[Reading]:
    if check.kind == "identity":
        return _identity(platform, answers.command(platform.identity.command))
    return (answers.comparison(check.kind),)


def _identity(platform: PlatformSpec, text: str) -> tuple[Reading, ...]:
    rules = platform.identity
    found = {
        name: match[name]
        for name, pattern in (("model", rules.model), ("serial", rules.serial), ("version", rules.version))
        if (match := re.search(pattern, text, re.MULTILINE))
    }
    if not {"model", "serial"} <= found.keys():
        return ()
    model = platform.model_named(found["model"])
    return (IdentityReading(model=model, serial=found["serial"], version=found.get("version", "")),)

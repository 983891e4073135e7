"""The answers of one device: asked once, read, and judged."""

import re
from collections.abc import Callable, Sequence

from siteauto.core.checks import KINDS, Check, CheckResult
from siteauto.core.checks.identity import read_identity
from siteauto.core.checks.judge import judge
from siteauto.core.checks.verdict import unsupported
from siteauto.core.config import ConfigDiff, ConfigTree, SecretBook, diff, diff_text, exact_diff, normalise
from siteauto.core.errors import DeviceError
from siteauto.core.platform_spec import Getter, PlatformSpec, Probe, Row
from siteauto.core.ports import Parser, Session, Target
from siteauto.core.readings import ConfigReading, Reading
from siteauto.workflows.asked_once import AskedOnce
from siteauto.workflows.read_config import fetch_whole, read_config

Reader = Callable[[Sequence[Row]], tuple[Reading, ...]]


class Answers:
    """What one session said, asked once and read."""

    def __init__(
        self, *, session: Session, target: Target, parser: Parser, book: SecretBook, intended: str | None
    ) -> None:
        self._session = AskedOnce(session)
        self._platform = target.platform
        self._parser = parser
        self._book = book
        self._intended = intended
        self._readings: dict[tuple[str, Reader], tuple[Reading, ...] | None] = {}

    def command(self, command: str) -> str:
        """What the device printed for a read-only command."""
        return self._session.run(command)

    def probe(self, probe: Probe, command: str) -> tuple[Reading, ...] | None:
        """The readings of a probe; None where the device does not know the command."""
        key = (command, probe.read)  # two probes may read one answer
        if key not in self._readings:
            self._readings[key] = self._read(probe, command)
        return self._readings[key]

    def _read(self, probe: Probe, command: str) -> tuple[Reading, ...] | None:
        if isinstance(probe.parser, Getter):
            return probe.read(self._session.get(command))
        text = self.command(command)
        if any(re.search(pattern, text) for pattern in probe.rejected):
            return None
        return probe.read(self._parser.parse(self._platform, probe.parser, command, text))

    def running_intended(self) -> ConfigReading:
        """How the running configuration, hidden lines included, compares with the intended one."""
        if self._intended is None:
            raise DeviceError("There is no intended configuration to compare with")
        running = read_config(self._session, self._platform)
        return read_comparison(diff(self._tree(running), self._tree(self._intended)))

    def running_saved(self) -> ConfigReading:
        """How the running configuration compares with the one that the device starts with."""
        running, startup = (fetch_whole(self._session, self._platform, which) for which in ("running", "startup"))
        return read_comparison(exact_diff(self._tree(running), self._tree(startup)))

    def _tree(self, text: str) -> ConfigTree:
        return normalise(self._platform.config, text, secrets=self._book)


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
        identity = platform.identity
        told = [answers.command(command) for command in (identity.command, *identity.also)]
        found = read_identity(platform, "\n".join(told))
        return (found,) if found is not None else ()
    return (answers.running_saved() if check.kind == "running_saved" else answers.running_intended(),)

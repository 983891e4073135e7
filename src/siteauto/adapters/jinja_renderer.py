"""Lays intents out as configuration text with Jinja2: templates/<platform>/<role>.j2, and bootstrap.j2 for day 0."""

import traceback
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from siteauto.core.errors import UsageError
from siteauto.core.intent import DeviceIntent, RenderedConfig
from siteauto.core.platform_spec import PlatformSpec

BOOTSTRAP = "bootstrap"


class _OwnFields(dict[type, frozenset[str]]):
    """The fields of the values of siteauto's own core, by type; of anything else, none."""

    def __missing__(self, kind: type) -> frozenset[str]:
        own = is_dataclass(kind) and kind.__module__.startswith("siteauto.core.")
        names = (field.name for field in fields(kind)) if own else ()
        self[kind] = found = frozenset(name for name in names if not name.startswith("_"))
        return found


class _Environment(ImmutableSandboxedEnvironment):
    """The sandbox, with a short way to the fields of an intent: they are what templates are for, and are only data.

    Everything else (methods, what strings and tuples can do) goes through all of the sandbox's questions.
    """

    own_fields = _OwnFields()

    def getattr(self, obj: object, attribute: str) -> object:
        """What `intent.ports` means in a template."""
        if attribute in self.own_fields[type(obj)]:
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


class JinjaRenderer:
    """Renders from one folder of templates. Compiled templates stay in memory for the life of the renderer."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._environment = _Environment(
            loader=FileSystemLoader(root),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        self._environment.filters |= {"number_ranges": number_ranges, "quoted": quoted, "uci_text": uci_text}
        self._sources = cache(self._find_sources)

    def render(self, intent: DeviceIntent, platform: PlatformSpec) -> RenderedConfig:
        """The whole intended configuration. Raises UsageError with the template's file and line."""
        return self._render(f"{platform.name}/{intent.device.role}.j2", intent)

    def bootstrap(self, intent: DeviceIntent, platform: PlatformSpec) -> RenderedConfig:
        """The day-0 text. Raises UsageError with the template's file and line."""
        return self._render(f"{platform.name}/{BOOTSTRAP}.j2", intent)

    def _render(self, name: str, intent: DeviceIntent) -> RenderedConfig:
        try:
            text = self._environment.get_template(name).render(intent=intent)
            return RenderedConfig(device=intent.device.name, text=text, sources=self._sources(name))
        except TemplateNotFound as error:
            raise self._missing_template(error, intent) from error
        except (TemplateError, TypeError, ValueError, LookupError, ArithmeticError) as error:
            raise self._bad_template(name, error, intent) from error

    def _find_sources(self, name: str) -> tuple[str, ...]:
        """The template and every one that it includes, in the order in which they are first named."""
        found: dict[str, None] = {}
        waiting = [name]
        while waiting:
            current = waiting.pop(0)
            if current not in found:
                found[current] = None
                text = (self._root / current).read_text(encoding="utf-8")
                waiting += [each for each in meta.find_referenced_templates(self._environment.parse(text)) if each]
        return tuple(found)

    def _missing_template(self, error: TemplateNotFound, intent: DeviceIntent) -> UsageError:
        return UsageError(
            f"{intent.device.name}: there is no template {error.name}",
            expected=f"a file {self._root / (error.name or '')}",
            next_step=f"Write it, or correct the device's platform or role ({intent.device.role})",
        )

    def _bad_template(self, name: str, error: Exception, intent: DeviceIntent) -> UsageError:
        return UsageError(
            f"{intent.device.name}: template {self._place(name, error)} cannot be rendered",
            expected="only names and values that the intent has",
            found=str(error),
            next_step="Correct the template; src/siteauto/core/intent/__init__.py names all that it may use",
        )

    def _place(self, name: str, error: Exception) -> str:
        """`templates/cisco_ios/_ports.j2:12`: where in a template an error arose."""
        if isinstance(error, TemplateSyntaxError):
            return f"{self._root.name}/{error.name or name}:{error.lineno}"
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            file = Path(frame.filename)
            if file.is_relative_to(self._root):
                return f"{self._root.name}/{file.relative_to(self._root)}:{frame.lineno}"
        return f"{self._root.name}/{name}"


def number_ranges(numbers: Iterable[int]) -> str:
    """`10,20-22`: numbers as IOS writes a list of VLANs. Two neighbours stay apart (20,21), as it does."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ",".join(f"{run[0]}-{run[-1]}" if len(run) > 2 else ",".join(map(str, run)) for run in runs)


def quoted(text: object) -> str:
    """A text as FortiOS writes it: in double quotes, with quotes and backslashes escaped."""
    escaped = str(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def uci_text(text: object) -> str:
    """A text inside the quotes of UCI, where only a quote is special."""
    return str(text).replace("'", "'\\''")

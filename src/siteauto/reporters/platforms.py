"""The platforms as a table: what is driven, through which library, and how a change is undone."""

from collections.abc import Sequence

from siteauto.core.platform_spec import PlatformSpec, PushMethod, Timer

COLUMNS = ("platform", "what", "through", "roles", "change", "timed undo", "checks")


def timer_text(timer: Timer) -> str:
    """The timed undo in words: `native, 1 to 120 min` or `emulated, reboot of about 60 s`."""
    if timer.kind == "none":
        return "none: goes last"
    words = [timer.kind]
    if timer.revert_effect != "live":
        words.append(f"{timer.revert_effect} of about {timer.revert_seconds} s")
    return ", ".join(words)


def _methods(methods: Sequence[PushMethod]) -> str:
    told = (f"{method.mode} ({', '.join(method.roles)})" for method in methods)
    return "; ".join(dict.fromkeys(told)) or "unsupported"


def _library(spec: PlatformSpec) -> str:
    """Whose driver it is, and what that speaks where it is no command line."""
    match spec.transport:
        case "netmiko":
            return f"Netmiko {spec.names.netmiko}"
        case "napalm":
            return f"NAPALM {spec.names.napalm}"
        case other:
            return f"NAPALM {spec.names.napalm} over {other}{' (TLS)' if spec.endpoint.tls else ''}"


def _row(spec: PlatformSpec) -> tuple[str, ...]:
    undo = "; ".join(dict.fromkeys(timer_text(method.timer) for method in spec.push)) or "unsupported"
    roles = ", ".join(spec.roles)
    return (spec.name, spec.title, _library(spec), roles, _methods(spec.push), undo, ", ".join(sorted(spec.checks)))


def platforms_markdown(platforms: Sequence[PlatformSpec]) -> str:
    """A Markdown table; the README's is this one, checked by a test."""
    rows = [COLUMNS, tuple("---" for _ in COLUMNS), *(_row(spec) for spec in platforms)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def platforms_text(platforms: Sequence[PlatformSpec]) -> str:
    """One paragraph per platform, for a terminal."""
    blocks = []
    for spec in platforms:
        row = dict(zip(COLUMNS, _row(spec), strict=True))
        lines = [f"{row.pop('platform')}: {row.pop('what')}", *(f"  {name:<11}{value}" for name, value in row.items())]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def platforms_data(platforms: Sequence[PlatformSpec]) -> dict[str, object]:
    """The same for programs."""
    return {
        "format_version": 1,
        "platforms": [dict(zip(COLUMNS, _row(spec), strict=True)) for spec in platforms],
    }

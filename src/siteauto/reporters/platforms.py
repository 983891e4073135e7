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
    roles: dict[str, list[str]] = {}
    for method in methods:
        roles.setdefault(method.mode, []).extend(method.roles)
    told = (f"{mode} ({', '.join(dict.fromkeys(names))})" for mode, names in roles.items())
    return "; ".join(told) or "unsupported"


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


def is_backup_only(spec: PlatformSpec) -> bool:
    """Whether its boxes are stored and compared and nothing else."""
    return not (spec.roles or spec.push or spec.checks)


def platforms_markdown(platforms: Sequence[PlatformSpec]) -> str:
    """A Markdown table, and a line for those that are only backed up; the README's is this one, checked by a test."""
    rows = [COLUMNS, tuple("---" for _ in COLUMNS), *(_row(spec) for spec in platforms if not is_backup_only(spec))]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    stored = "; ".join(f"{spec.title} (`{spec.name}`)" for spec in platforms if is_backup_only(spec))
    return f"{table}\n\nBackup only: {stored}." if stored else table


def platforms_text(platforms: Sequence[PlatformSpec]) -> str:
    """One paragraph per platform, for a terminal; a line for one that is only backed up."""
    blocks = []
    for spec in platforms:
        if is_backup_only(spec):
            blocks.append(f"{spec.name}: {spec.title}\n  through    {_library(spec)}\n  backup only")
            continue
        row = dict(zip(COLUMNS, _row(spec), strict=True))
        lines = [f"{row.pop('platform')}: {row.pop('what')}", *(f"  {name:<11}{value}" for name, value in row.items())]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def platforms_data(platforms: Sequence[PlatformSpec]) -> dict[str, object]:
    """The same for programs."""
    return {
        "format_version": 1,
        "platforms": [
            {**dict(zip(COLUMNS, _row(spec), strict=True)), "backup_only": is_backup_only(spec)} for spec in platforms
        ],
    }

"""How configurations of one operating system are read, compared and changed: the `config` part of a platform file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigRules:
    """Placeholder of the engine's rules; see the fields below."""

    syntax: str  # indented | fortios

"""Which sources of secrets a run has."""

from pathlib import Path

from siteauto.adapters.operator_settings import read_sources
from siteauto.adapters.secret_sources import SecretSources
from siteauto.app.settings import Settings


def open_secrets(settings: Settings, file: Path, *, lab: bool) -> SecretSources:
    """The environment, the file, and on live devices what the operator's own settings name.

    A lab has secrets of its own: the operator's are never sent to simulated devices.
    """
    more = () if lab else read_sources(settings.environment, settings.root)
    return SecretSources(environment=settings.environment, file=file, more=more)

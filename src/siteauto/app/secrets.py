"""Which sources of secrets a run has, and which secrets they lack."""

from dataclasses import dataclass
from pathlib import Path

from siteauto.adapters.operator_settings import read_sources
from siteauto.adapters.secret_sources import SecretSources, variable_of
from siteauto.adapters.state_folder import StateFolder
from siteauto.app.company import open_company
from siteauto.app.fleet import RENDERS, look_at_all, render_all
from siteauto.app.settings import Settings
from siteauto.core.markers import secrets_in


def open_secrets(settings: Settings, file: Path, *, lab: bool) -> SecretSources:
    """The environment, the file, and on live devices what the operator's own settings name.

    A lab has secrets of its own: the operator's are never sent to simulated devices.
    """
    more = () if lab else read_sources(settings.environment, settings.root)
    return SecretSources(environment=settings.environment, file=file, more=more)


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingSecret:
    """A secret without a value here: the variable that would give it, and what the operator's own sources said."""

    reference: str
    variable: str
    reason: str


def missing_secrets(settings: Settings) -> tuple[MissingSecret, ...]:
    """Every secret that some configuration needs and this machine lacks. Raises InputError for an unsound company."""
    company = open_company(settings)
    sources = open_secrets(settings, StateFolder(settings.state).secrets, lab=False)
    look = look_at_all(company)
    needed = set(look.logins)
    for kind in RENDERS:
        for _, texts in render_all(company, look, kind):
            needed |= {ref for rendered in texts.values() for ref in secrets_in(rendered.text)}
    return tuple(
        MissingSecret(reference=str(ref), variable=variable_of(ref), reason=sources.why_missing(ref))
        for ref in sources.missing(sorted(needed, key=str))
    )

"""The way to a device: which logins are tried in which order, and the command that goes through a jump host."""

import shlex

from siteauto.app.where import Where
from siteauto.core.models import SecretRef, Site
from siteauto.core.ports import Credential
from siteauto.core.site.access import LOCAL

DAY0_LOGIN = "day0"


def credentials_of(site: Site, administrator: str, *, lab: bool) -> tuple[Credential, ...]:
    """The site's logins in its order, then the day-0 one. Devices of a lab know nothing but the site's own.

    `administrator` is the one account that a platform calls by a name of its own; empty: it has none such.
    """
    own = Credential(
        username=administrator or site.organisation.local_admin,
        password=SecretRef(name=f"{site.name}/local_admin"),
    )
    day_0 = Credential(username=administrator or DAY0_LOGIN, password=SecretRef(name=f"{site.name}/bootstrap"))
    if lab:
        return own, day_0
    return (*(_named(site, group, own) for group in site.access.order), day_0)


def fallbacks_of(site: Site, first: Credential) -> tuple[Credential, ...]:
    """The logins for a box that is only read: its own, then the groups that the site names."""
    groups = [group for group in site.access.order if group != LOCAL]
    return (first, *(_named(site, group, first) for group in groups))


def proxy_command(site: Site, where: Where) -> str:
    """What OpenSSH is told to reach an address, %h port %p, through the site's jump hosts; empty: straight.

    The jump hosts know the operator's own keys, and ssh checks their host keys. A lab is on this machine.
    """
    if where.lab or not site.access.proxy_jump:
        return ""
    *hops, last = site.access.proxy_jump.split(",")
    name, _, gate = last.partition(":")
    words = ["ssh", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes", "-o", "ClearAllForwardings=no"]
    words += ["-F", where.ssh_config] if where.ssh_config else []
    words += ["-J", ",".join(hops)] if hops else []
    words += ["-p", gate] if gate else []
    return shlex.join([*words, "-W", "%h:%p", "--", name])


def _named(site: Site, group: str, own: Credential) -> Credential:
    login = site.access.login(group)
    return own if login is None else Credential(username=login.username, password=SecretRef(name=login.secret))

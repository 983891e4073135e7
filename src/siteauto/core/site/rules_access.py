"""Rules for the way to a site's devices."""

import re
from collections.abc import Iterator

from siteauto.core.models import Site
from siteauto.core.site.access import LOCAL
from siteauto.core.site.problems import Problem, nearest

# It becomes a word of a command line, so nothing in it may look like an option.
HOP = re.compile(r"(?:[A-Za-z_][\w.-]*@)?[A-Za-z0-9][A-Za-z0-9.-]*(?::\d{1,5})?")


def check_access(site: Site) -> Iterator[Problem]:
    """Jump hosts are hosts, and every login that is to be tried exists."""
    access = site.access
    if access.proxy_jump and not all(HOP.fullmatch(hop) for hop in access.proxy_jump.split(",")):
        message = f"{access.proxy_jump} is no jump host"
        help_ = "write user@host or user@host:port, several with commas between"
        yield Problem(code="E2218", message=message, path=("access", "proxy_jump"), help=help_)
    known = {LOCAL, *(login.group for login in access.logins)}
    for place, group in enumerate(access.order):
        if group not in known:
            yield Problem(
                code="E2218",
                message=f"there is no login {group}",
                path=("access", "order", place),
                help=nearest(group, sorted(known)),
            )
    if not access.order:
        yield Problem(code="E2218", message="no login is to be tried", path=("access", "order"), help=f"name {LOCAL}")

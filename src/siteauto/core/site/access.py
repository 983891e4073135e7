"""How a site's devices are reached: by way of which machines, and with which logins in which order."""

from dataclasses import dataclass

LOCAL = "local"  # the site's own administrator, which siteauto itself puts on its devices


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """A login that devices of a site may take. `group` is its name in the inventory, `secret` that of its password."""

    group: str
    username: str
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """`proxy_jump` as OpenSSH writes it: user@host:port, several with commas between; empty: straight.

    `order` names groups of `logins`, and `local`; each is tried once, from the first to the last.
    """

    proxy_jump: str = ""
    order: tuple[str, ...] = (LOCAL,)
    logins: tuple[Login, ...] = ()

    def login(self, group: str) -> Login | None:
        """The login of this group; None: there is none."""
        return next((one for one in self.logins if one.group == group), None)


NO_ACCESS = Access()

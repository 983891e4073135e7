"""How sites and devices are named."""

import re

from siteauto.core.models import DeviceName, Role, SiteName

SITE_NAME = re.compile(r"[a-z]{2}-[a-z]{3}-[a-z]{3}\d{2}")
SITE_NAME_RULE = "country-city-place and two digits, all lower case, such as us-nyc-mad01"

SHORT_PREFIX = {
    Role.FIREWALL: "fw",
    Role.CORE: "sw",
    Role.ACCESS: "sw",
    Role.WLC: "wlc",
    Role.AP: "ap",
    Role.SERVER: "srv",
}


def is_short_name(short: str, role: Role) -> bool:
    """Whether a device's key in the site file follows the rule: what it is, and a number."""
    return re.fullmatch(rf"{SHORT_PREFIX[role]}[1-9]\d?", short) is not None


def device_name(site: SiteName, short: str) -> DeviceName:
    """The full name: us-nyc-mad01-sw1."""
    return DeviceName(f"{site}-{short}")

"""What must be true of a site before anything is derived from it. All rules run; every problem is told."""

from siteauto.core.models import Site
from siteauto.core.site.hardware import Platforms
from siteauto.core.site.problems import Problem
from siteauto.core.site.rules_access import check_access
from siteauto.core.site.rules_backup_only import check_backup_only, is_backup_only
from siteauto.core.site.rules_cabling import check_cabling
from siteauto.core.site.rules_devices import check_addresses, check_devices
from siteauto.core.site.rules_estate import check_estate
from siteauto.core.site.rules_policy import check_flows, check_management, check_services
from siteauto.core.site.rules_ports import check_ports
from siteauto.core.site.rules_vlans import check_ssids, check_subnets, check_vlans


def check_site(site: Site, platforms: Platforms) -> tuple[Problem, ...]:
    """Everything that is wrong with one site by itself. `company_rules` compares it with others."""
    if is_backup_only(site):
        return (*check_backup_only(site, platforms), *check_access(site))
    return (
        *check_vlans(site),
        *check_subnets(site),
        *check_ssids(site),
        *check_devices(site, platforms),
        *check_addresses(site),
        *check_cabling(site, platforms),
        *check_ports(site, platforms),
        *check_backup_only(site, platforms),
        *check_access(site),
        *check_services(site),
        *check_flows(site),
        *check_management(site),
        *check_estate(site),
    )

"""From a site to the Ansible inventory of its servers. Pure; secrets stay references until the play starts.

The variables carry the names of the roles that use them (`playbooks/roles`), so that a role can be read alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address
from pathlib import PurePath

from siteauto.core.intent import DeviceIntent, DhcpReservation, DhcpScope
from siteauto.core.models import Device, DeviceName, Organisation, Role, SecretRef, Site

GROUP = "site_servers"
SECRETS = "secrets"  # beside `all`: variable -> secret://NAME; the adapter turns these into a variable file

_AUTHENTICATORS = (Role.CORE, Role.ACCESS, Role.WLC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """How Ansible logs in to the servers of a site."""

    user: str
    known_hosts: PurePath
    key_file: PurePath | None = None  # None: the keys that ssh itself finds


def build_inventory(
    site: Site, intents: Sequence[DeviceIntent], *, hosts: Mapping[DeviceName, tuple[str, int]], login: Login
) -> dict[str, object]:
    """The inventory of the site's servers; `hosts` says where each is reached. Raises KeyError for one left out."""
    servers = [intent for intent in intents if intent.device.role is Role.SERVER]
    return {
        "all": {
            "children": {
                GROUP: {
                    "hosts": {intent.device.name: _host(intent, hosts[intent.device.name]) for intent in servers},
                    "vars": {**_connection(login), **_shared(site)},
                }
            }
        },
        SECRETS: {"freeradius_secret": str(SecretRef(name=f"{site.name}/radius"))},
    }


def secret_variables(inventory: Mapping[str, object]) -> dict[str, SecretRef]:
    """The variables of a play that hold secrets."""
    named = inventory.get(SECRETS)
    if not isinstance(named, Mapping):
        return {}
    return {str(name): SecretRef(name=str(word).removeprefix("secret://")) for name, word in named.items()}


def _connection(login: Login) -> dict[str, object]:
    # ssh reads the file name once more, as words: a blank in it needs the inner quotes.
    options = f"-o StrictHostKeyChecking=yes -o 'UserKnownHostsFile=\"{login.known_hosts}\"'"
    key = {"ansible_ssh_private_key_file": str(login.key_file)} if login.key_file else {}
    return {
        "ansible_user": login.user,
        "ansible_ssh_common_args": f"{options} -o IdentitiesOnly=yes" if key else options,
        "ansible_python_interpreter": "/usr/bin/python3",
        **key,
    }


def _shared(site: Site) -> dict[str, object]:
    return {
        "base_timezone": site.timezone,
        "base_site_network": str(site.supernet),
        "chrony_clients": str(site.supernet),
        "dnsmasq_domain": f"{site.name}.{site.organisation.domain}",
        "dnsmasq_hosts": [_record(device, site.organisation) for device in site.devices],
        "freeradius_clients": [
            {"name": device.name, "address": str(device.address.ip)} for device in site.devices if _asks_radius(device)
        ],
    }


def _asks_radius(device: Device) -> bool:
    """Whether the box lets people in by 802.1X: a controller does so for its access points, others for themselves."""
    return device.role in _AUTHENTICATORS or (device.role is Role.AP and device.platform is not None)


def _host(intent: DeviceIntent, where: tuple[str, int]) -> dict[str, object]:
    address, organisation = intent.device.address.ip, intent.organisation
    return {
        "ansible_host": where[0],
        "ansible_port": where[1],
        "base_hostname": intent.device.name,
        "base_banner": organisation.banner,
        "base_management_networks": [str(network) for network in organisation.management_networks],
        "chrony_servers": _texts(organisation.ntp_servers),
        "rsyslog_targets": _texts(organisation.syslog_hosts),
        "dnsmasq_address": str(address),
        "dnsmasq_upstreams": _texts(organisation.dns_servers),
        "dnsmasq_scopes": [_scope(scope, address) for scope in intent.scopes],
    }


def _record(device: Device, organisation: Organisation) -> dict[str, object]:
    """Both names of a device; the first one is what its address resolves to."""
    return {"names": [f"{device.name}.{organisation.domain}", device.name], "address": str(device.address.ip)}


def _scope(scope: DhcpScope, server: IPv4Address) -> dict[str, object]:
    # Who may ask this server for names may ask it for the time.
    ntp_servers = (server,) if server in scope.dns_servers else ()
    return {
        "role": scope.role,
        "vlan_id": scope.vlan_id,
        "network": str(scope.network.network_address),
        "netmask": str(scope.network.netmask),
        "gateway": str(scope.gateway),
        "first": str(scope.first),
        "last": str(scope.last),
        "lease_hours": scope.lease_hours,
        "static": scope.static,
        "dns_servers": _texts(scope.dns_servers),
        "ntp_servers": _texts(ntp_servers),
        "tftp_servers": _texts(scope.tftp_servers),
        "reservations": [_reservation(each) for each in scope.reservations],
    }


def _reservation(reservation: DhcpReservation) -> dict[str, object]:
    digits = reservation.mac.replace(".", "")
    mac = ":".join(digits[at : at + 2] for at in range(0, len(digits), 2))
    return {"name": reservation.name, "mac": mac, "address": str(reservation.address)}


def _texts(addresses: Sequence[IPv4Address]) -> list[str]:
    return [str(address) for address in addresses]

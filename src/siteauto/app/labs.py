"""Labs of sites: made from the same model as everything else, with secrets of their own."""

import os
import secrets as randomness
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from siteauto.adapters.address_record import AddressRecord
from siteauto.adapters.secret_sources import write_secrets
from siteauto.adapters.state_folder import StateFolder
from siteauto.app.company import SiteView, open_company, open_site
from siteauto.app.running_labs import describe, running_lab
from siteauto.app.settings import Settings
from siteauto.core.config import seal
from siteauto.core.errors import StoreError, UsageError
from siteauto.core.intent import RenderedConfig
from siteauto.core.markers import secrets_in
from siteauto.core.models import Device, DeviceName, Role, SiteName
from siteauto.lab import process
from siteauto.lab.free_ports import free_ports
from siteauto.lab.server_image import cache_folder, image_path
from siteauto.lab.server_support import server_support
from siteauto.lab.spec import LabSpec, MemberSpec, ServerMember, lab_gateways
from siteauto.workflows.render import render_bootstrap, render_site

SALT_BYTES = 16  # as much as any stored form takes
SECRET_BYTES = 12  # 16 characters of URL-safe base64: within what every platform's passwords can hold


@dataclass(frozen=True, slots=True, kw_only=True)
class StartedLab:
    """A lab that is up. `remarks` say what it could not do on this machine."""

    described_as: str
    addresses: tuple[tuple[DeviceName, str], ...]
    remarks: tuple[str, ...] = ()


def start_lab(settings: Settings, name: str) -> StartedLab:
    """Boot the site's devices factory-new, in the background, and wait until they answer."""
    company = open_company(settings)
    view = open_site(company, name)
    bootstrap = render_bootstrap(view.intents, company.platforms, company.renderer)
    rendered = render_site(view.intents, company.platforms, company.renderer)
    state = StateFolder(settings.state)
    state.ensure()
    folder = state.lab(view.site.name)
    refs = {ref for each in (*bootstrap.values(), *rendered.values()) for ref in secrets_in(each.text)}
    values = {ref.name: randomness.token_urlsafe(SECRET_BYTES) for ref in refs}
    spec = make_spec(view, bootstrap, values, cache=cache_folder(settings.environment))
    try:
        if process.find_lab(folder) is None:  # a running lab keeps its secrets: start_lab refuses below
            write_secrets(folder / "secrets.yaml", values)
        started = process.start_lab(spec, folder, secrets=folder / "secrets.yaml")
    except OSError as error:
        raise StoreError(
            f"The state of the lab cannot be written: {error.filename or folder}",
            expected="a folder of yours with free space",
            found=error.strerror or str(error),
            next_step="Free some space or mend the permissions, or point SITEAUTO_STATE elsewhere",
        ) from error
    addresses = [(DeviceName(device), f"{host}:{started.port}") for device, host in started.addresses.items()]
    addresses += [(DeviceName(name), f"{server.host}:{server.port}") for name, server in started.servers.items()]
    remarks = (f"servers: untested, because {spec.no_servers}",) if spec.no_servers else ()
    return StartedLab(described_as=describe(started), addresses=tuple(addresses), remarks=remarks)


def make_spec(
    view: SiteView,
    bootstrap: Mapping[DeviceName, RenderedConfig],
    values: Mapping[str, str],
    *,
    cache: Path | None = None,
) -> LabSpec:
    """The site as the lab builds it. Day-0 texts carry their secrets in the form that their platforms store.

    Servers are in it where this machine can run them from the image in `cache`; else the reason why not.
    """
    platforms = view.company.platforms
    servers = [device for device in view.site.devices if device.role is Role.SERVER]
    reason = _why_no_servers(cache) if servers else ""

    ssh, https = free_ports(2)

    def boot_text(device: DeviceName) -> str:
        if device not in bootstrap:
            return ""
        platform = view.site.device(device).platform
        if platform is None:
            return ""
        rules = platforms[platform].config
        return seal(rules, bootstrap[device].text, values.__getitem__, lambda: os.urandom(SALT_BYTES))

    return LabSpec(
        site=view.site.name,
        port=ssh,
        https_port=https,
        members=tuple(
            MemberSpec(
                name=device.name,
                short=device.short,
                role=device.role,
                platform=device.platform or "",
                model=device.model,
                serial=device.serial,
                address=device.address,
                managed_by=device.managed_by or "",
                mac=device.mac,
                boot_text=boot_text(device.name),
            )
            for device in view.site.devices
        ),
        links=view.site.links,
        circuits=view.site.circuits,
        servers=tuple(_server(view, one, image_path(cache)) for one in servers) if cache and not reason else (),
        no_servers=reason,
    )


def _why_no_servers(cache: Path | None) -> str:
    return "this lab was made without them" if cache is None else server_support(cache) or ""


def _server(view: SiteView, device: Device, image: Path) -> ServerMember:
    addresses = tuple(gateway.address for intent in view.intents for gateway in intent.gateways)
    return ServerMember(
        name=device.name, address=device.address, gateways=lab_gateways(addresses, device.address), image=image
    )


def stop_lab(settings: Settings, name: str) -> str:
    """Stop a site's lab, or clean up after one that died; says which."""
    folder = StateFolder(settings.state).lab(SiteName(name))
    state = process.read_state(folder)
    if state is None:
        return f"no lab of {name} is up"
    alive = process.is_alive(state)
    process.stop_lab(state, folder)
    (folder / "secrets.yaml").unlink(missing_ok=True)
    AddressRecord(state.known_hosts, SiteName(name)).forget()
    return f"lab {name}: stopped" if alive else f"lab {name}: it had died; its state is cleaned up"


def ask_lab(settings: Settings, name: str, command: str, **arguments: object) -> dict[str, object]:
    """Have a site's lab do one command. Raises UsageError when no lab is up, or it refuses."""
    state = running_lab(settings, SiteName(name))
    if state is None:
        raise UsageError(f"No lab of {name} is up", next_step=f"Start one with: siteauto lab up {name}")
    return state.client().ask(command, **arguments)

"""The lab process: `python -m siteauto.lab READY_FD FOLDER CONTROL_SOCKET SECRETS`. `process.start_lab` runs it."""

import asyncio
import logging
import os
import signal
import sys
from pathlib import Path

from siteauto.core.errors import SiteautoError
from siteauto.lab.building import build_world, running_clock
from siteauto.lab.control import Controls, serve_control
from siteauto.lab.identities import Ports, make_identities, pins
from siteauto.lab.process import (
    KNOWN_HOSTS,
    READY,
    SPEC,
    VERSION,
    LabState,
    ServerState,
    process_start,
    write_state,
)
from siteauto.lab.running import RunningLab
from siteauto.lab.server import LabServer, ServerAccess, ServerSpec
from siteauto.lab.spec import ServerMember, lab_address
from siteauto.lab.spec_file import read_spec
from siteauto.platforms import load_platforms


def main(arguments: list[str]) -> int:
    """Run a lab until it is told to stop; what keeps it from starting is written to the waiting parent."""
    ready, folder, control, secrets = int(arguments[0]), Path(arguments[1]), Path(arguments[2]), arguments[3]
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    logging.getLogger("asyncio").setLevel(logging.ERROR)  # it warns when a client hangs up before our last words
    control.unlink(missing_ok=True)
    try:
        asyncio.run(_run(ready, folder, control, Path(secrets) if secrets else None))
    except (SiteautoError, OSError, ValueError) as problem:
        os.write(ready, str(problem).encode())
        logging.getLogger(__name__).exception("The lab did not start")
        return 1
    return 0


async def _run(ready: int, folder: Path, control: Path, secrets: Path | None) -> None:
    spec = read_spec(folder / SPEC)
    world = build_world(spec, load_platforms(), running_clock())
    identities = make_identities(world.devices)
    ports = Ports(ssh=spec.port, https=spec.https_port)
    lab = RunningLab(world, ports=ports, identities=identities, legacy=spec.legacy_ssh)
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    servers = {one.name: LabServer(_server_spec(one), image=one.image, folder=folder) for one in spec.servers}
    await lab.start()
    accesses = {name: await server.start() for name, server in servers.items()}
    control_server = await serve_control(control, Controls(lab, stop=stopping.set).handle)
    planned = {one.name: lab_address(one.address.ip) for one in spec.members if one.platform}
    served = {name: (planned[name], *addresses) for name, addresses in lab.addresses.items()}
    known = [pins(served, identities, ports), *(f"{access.host_key}\n" for access in accesses.values())]
    (folder / KNOWN_HOSTS).write_text("".join(known), encoding="ascii")
    state = LabState(
        version=VERSION,
        site=spec.site,
        pid=os.getpid(),
        started=process_start(os.getpid()),
        port=spec.port,
        https_port=spec.https_port,
        control=control,
        known_hosts=folder / KNOWN_HOSTS,
        secrets=secrets,
        addresses=planned,
        servers={name: _server_state(access) for name, access in accesses.items()},
        no_servers=spec.no_servers,
    )
    write_state(folder, state)
    os.write(ready, READY)
    os.close(ready)
    await stopping.wait()
    control_server.close()
    for server in servers.values():
        await server.stop()
    await lab.stop()


def _server_spec(member: ServerMember) -> ServerSpec:
    host = lab_address(member.address.ip)
    return ServerSpec(name=member.name, address=member.address, gateways=member.gateways, host=host, port=0)


def _server_state(access: ServerAccess) -> ServerState:
    return ServerState(host=access.host, port=access.port, user=access.user, key_file=access.key_file)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

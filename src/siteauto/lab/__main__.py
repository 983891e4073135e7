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
from siteauto.lab.host_keys import known_hosts, make_host_keys
from siteauto.lab.process import KNOWN_HOSTS, READY, SPEC, VERSION, LabState, process_start, write_state
from siteauto.lab.running import RunningLab, lab_address
from siteauto.lab.spec_file import read_spec
from siteauto.platforms import load_platforms


def main(arguments: list[str]) -> int:
    """Run a lab until it is told to stop; what keeps it from starting is written to the waiting parent."""
    ready, folder, control, secrets = int(arguments[0]), Path(arguments[1]), Path(arguments[2]), arguments[3]
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", level=logging.WARNING)
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
    keys = {name: make_host_keys() for name in world.devices}
    lab = RunningLab(world, port=spec.port, host_keys=keys, legacy=spec.legacy_ssh)
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    await lab.start()
    server = await serve_control(control, Controls(lab, stop=stopping.set).handle)
    planned = {one.name: lab_address(one.address.ip) for one in spec.members if one.platform}
    served = {name: (planned[name], *addresses) for name, addresses in lab.addresses.items()}
    (folder / KNOWN_HOSTS).write_text(known_hosts(served, keys, spec.port), encoding="ascii")
    state = LabState(
        version=VERSION,
        site=spec.site,
        pid=os.getpid(),
        started=process_start(os.getpid()),
        port=spec.port,
        control=control,
        known_hosts=folder / KNOWN_HOSTS,
        secrets=secrets,
        addresses=planned,
    )
    write_state(folder, state)
    os.write(ready, READY)
    os.close(ready)
    await stopping.wait()
    server.close()
    await lab.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

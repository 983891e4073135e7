"""A lab in a thread of this process, for tests: real sockets, a clock that only moves when told."""

import asyncio
import contextlib
import threading
from collections.abc import Coroutine, Iterator
from concurrent.futures import Future
from typing import TypeVar

from siteauto.lab.control import Controls
from siteauto.lab.free_ports import free_ports
from siteauto.lab.identities import Ports, make_identities, pins
from siteauto.lab.running import RunningLab
from siteauto.lab.spec import lab_address
from siteauto.lab.world import World

T = TypeVar("T")


class InProcessLab:
    """Handles of a lab whose event loop runs in another thread."""

    def __init__(self, lab: RunningLab, loop: asyncio.AbstractEventLoop, known_hosts_text: str) -> None:
        self.lab = lab
        self.known_hosts_text = known_hosts_text
        self._loop = loop

    @property
    def port(self) -> int:
        """The SSH port of every device."""
        return self.lab.ports.ssh

    @property
    def https_port(self) -> int:
        """The HTTPS port of every device that serves it."""
        return self.lab.ports.https

    def address(self, device: str) -> str:
        """Where the device listens first."""
        return self.lab.addresses[device][0]

    def control(self, command: str, **arguments: object) -> dict[str, object]:
        """What the control socket would answer."""
        return self.run(Controls(self.lab).handle({"command": command, **arguments}))

    def run(self, work: Coroutine[object, object, T]) -> T:
        """Have the lab's loop do something and wait for it."""
        future: Future[T] = asyncio.run_coroutine_threadsafe(work, self._loop)
        return future.result(timeout=30)


@contextlib.contextmanager
def running_in_process(world: World, *, legacy: bool = False) -> Iterator[InProcessLab]:
    """Serve this world until the block ends."""
    identities = make_identities(world.devices)
    ssh, https = free_ports(2)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="siteauto-lab", daemon=True)
    thread.start()
    lab = RunningLab(world, ports=Ports(ssh=ssh, https=https), identities=identities, legacy=legacy)
    addresses = {name: [lab_address(one) for one in device.state().logins] for name, device in world.devices.items()}
    handle = InProcessLab(lab, loop, pins(addresses, identities, lab.ports))
    try:
        handle.run(lab.start())
        yield handle
    finally:
        handle.run(lab.stop())
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=10)
        loop.close()

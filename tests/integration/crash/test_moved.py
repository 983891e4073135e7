"""An office that moves: `siteauto provision` changes the addresses that it works over, and dies on the way."""

from tests.integration.crash.conftest import SITE
from tests.moving import moved_company

OLD, NEW = ("127.44.20.97", "127.44.20.98"), ("127.44.200.97", "127.44.200.98")


def addresses(desk):
    """Where the devices listen now: the firewall at all of its networks, the management one among them."""
    return {name[-3:]: one["addresses"] for name, one in desk.ask("status")["devices"].items()}


def moved(desk, where):
    found = addresses(desk)
    return where[0] in found["fw1"] and found["sw1"] == [where[1]]


def test_an_office_moves_in_one_change_whenever_siteauto_dies(desk):
    done = desk.siteauto("provision", SITE, "--yes", "--settle", "0")
    assert done.returncode == 4, done.stderr  # servers are untested
    desk.remember()
    desk.intend(moved_company(desk.folder, SITE, {"supernet: 10.44.20.0/25": "supernet: 10.44.200.0/25"}))

    plan = desk.siteauto("plan", SITE)
    assert plan.returncode == 4, plan.stderr  # servers, again
    assert f"its management address moves from {OLD[1]} to {NEW[1]}" in plan.stdout
    assert desk.siteauto("drift", SITE).returncode == 5  # it is still met where it is

    # armed, and dead: resume finds the devices at their new addresses, and brings the old ones back
    assert desk.provision(facts={"record": "verify"}) is not None
    assert moved(desk, NEW)
    code, told = desk.resume()
    assert (code, desk.is_old(), moved(desk, OLD)) == (0, True, True), told

    # the same, but the devices have undone it by themselves when somebody comes back
    assert desk.provision(facts={"record": "verify"}) is not None
    desk.ask("clock", seconds=1800)
    code, told = desk.resume()
    assert (code, desk.is_old(), moved(desk, OLD)) == (0, True, True), told

    # decided, the far device confirmed: the near one has gone back, so that nobody can reach the far one any more
    assert desk.provision(facts={"record": "state", "state": "confirmed", "device": f"{SITE}-sw1"}) is not None
    desk.ask("clock", seconds=1800)
    assert not moved(desk, NEW)
    code, told = desk.resume()
    assert (code, desk.is_new(), moved(desk, NEW)) == (0, True, True), told
    again = desk.siteauto("provision", SITE, "--yes")
    assert (again.returncode, "no changes" in again.stdout) == (4, True), again.stderr
    pins = (desk.folder / "state" / "lab" / SITE / "known_hosts").read_text()
    assert {f"[{host}]" for host in (*OLD, *NEW)} <= {line.split(":")[0] for line in pins.splitlines()}
    desk.must_keep_secrets()

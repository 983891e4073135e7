"""A device that keeps silent does not keep the copies of the others waiting."""

import contextlib
import threading
from dataclasses import replace

from siteauto.adapters.git_store import GitStore
from siteauto.adapters.nornir_runner import NornirRunner
from siteauto.core.backup_policy import BackupPolicy
from siteauto.workflows.gentle_backup import back_up_gently

from .conftest import SITE
from .test_nights import SW1, SW2, log, statuses

SW3 = f"{SITE}-sw3"


def test_the_others_are_committed_while_one_is_still_asked(make_shop):
    """It answers only when they are: without that this test fails after half a minute."""
    shop, stored = make_shop(), threading.Event()

    class Watched(GitStore):
        def save(self, *words):
            commit = super().save(*words)
            stored.set()
            return commit

    class Slow:
        @contextlib.contextmanager
        def connect(self, target, inner=shop.run.transport):
            assert target.device.name != SW1 or stored.wait(30)
            with inner.connect(target) as session:
                yield session

    archive = replace(shop.run.archive, store=Watched(shop.store.root, shop.store._sealer))
    run = replace(shop.run, transport=Slow(), runner=NornirRunner(3), archive=archive)
    report = back_up_gently(run, BackupPolicy(), reason="nightly", jitter=lambda: 0.5)
    assert [one.device for one in report.devices] == [SW1, SW2, SW3]
    assert statuses(report) == ["stored"] * 3
    assert [line for line in log(shop).splitlines() if line.startswith("Device")] == [
        f"Device: {SW1}",
        f"Device: {SW2}",
        f"Device: {SW3}",
    ]
    assert len(log(shop, "--format=%h").split()) == 2

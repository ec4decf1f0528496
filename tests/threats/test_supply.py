"""What is installed is exactly what was checked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "deploy" / "lock").glob("*.txt"))
PINNED = re.compile(r"^[a-z0-9][a-z0-9._-]*(\[[a-z0-9,._-]+\])?==[0-9][^ ;\\]*( ;[^\\]*)? \\$")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda one: one.name)
def test_every_requirement_has_one_version_and_a_hash(lock):
    blocks = re.split(r"\n(?=\S)", lock.read_text("utf-8").strip())
    requirements = [block for block in blocks if not block.startswith("#")]

    assert len(requirements) > 20
    for block in requirements:
        first, *rest = block.splitlines()
        assert PINNED.match(first), first
        assert any("--hash=sha256:" in line for line in rest), first


def test_nothing_is_installed_without_its_hash():
    installs = re.findall(r"pip install.*", (ROOT / "Makefile").read_text("utf-8"))

    assert installs
    assert all("--require-hashes" in line for line in installs)


def test_the_service_runs_without_rights_on_a_system_it_cannot_change():
    unit = (ROOT / "deploy" / "companion.service").read_text("utf-8")

    assert re.search(r"^ProtectSystem=strict$", unit, re.MULTILINE)
    assert re.search(r"^(DynamicUser=yes|User=(?!root).+)$", unit, re.MULTILINE)
    assert re.search(r"^NoNewPrivileges=(yes|true)$", unit, re.MULTILINE)

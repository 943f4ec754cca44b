"""The lock files hold what the project asks for, with hashes, and no address."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
ASKED = {
    "requirements.txt": PROJECT["project"]["dependencies"],
    "requirements-dev.txt": PROJECT["dependency-groups"]["dev"],
}
PIN = re.compile(
    r"^([a-z0-9.-]+)==(\S+)(?: ; .+)? \\\n((?: {4}--hash=sha256:[0-9a-f]{64}.*\n)+)", re.MULTILINE
)


def pins(name: str) -> dict[str, str]:
    """Return the locked packages with their versions."""
    return {package: version for package, version, _ in PIN.findall((ROOT / name).read_text())}


@pytest.mark.parametrize("name", ASKED)
def test_lock_answers_what_pyproject_asks(name: str) -> None:
    locked = pins(name)

    for requirement in map(Requirement, ASKED[name]):
        package = re.sub(r"[-_.]+", "-", requirement.name).lower()
        assert package in locked, f"{package}: run `make lock`"
        assert locked[package] in requirement.specifier, f"{package}: run `make lock`"


def test_development_takes_the_same_versions() -> None:
    locked, development = pins("requirements.txt"), pins("requirements-dev.txt")

    for package in locked.keys() & development.keys():
        assert locked[package] == development[package]


@pytest.mark.parametrize("name", [*ASKED, "requirements-node.txt", "package-lock.json"])
def test_lock_names_no_address(name: str) -> None:
    text = (ROOT / name).read_text()

    assert "://" not in text
    assert "--index-url" not in text
    assert "--find-links" not in text
    assert "resolved" not in text


@pytest.mark.parametrize("name", [*ASKED, "requirements-node.txt"])
def test_every_line_is_a_pin_or_its_hashes(name: str) -> None:
    rest = PIN.sub("", (ROOT / name).read_text())

    assert all(line.lstrip().startswith("#") for line in rest.splitlines() if line.strip())


def test_package_lock_answers_package_json() -> None:
    asked = json.loads((ROOT / "package.json").read_text())
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]

    for kind in ("dependencies", "devDependencies"):
        assert locked[""][kind] == asked[kind]
        for package, version in asked[kind].items():
            assert locked[f"node_modules/{package}"]["version"] == version
    assert all("integrity" in entry for path, entry in locked.items() if path)

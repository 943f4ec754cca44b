"""Programs of our own that read what came from outside, in a process with small limits.

Each sets its own limits of time and memory when it starts, and knows nothing of the portal, so that
it starts in some hundredths of a second.
"""

import os
import subprocess
import sys
from typing import BinaryIO

# The locale C is built in; on some systems any other is a file of 200 MB that is mapped whole.
SURROUNDINGS = {"LC_ALL": "C"}


def run_bounded(
    program: str, *arguments: int, file: BinaryIO, seconds: float
) -> subprocess.CompletedProcess:
    """Run a program with a file as its input, and return how it ended and what it wrote.

    `seconds` are of the clock, for what waits: raises subprocess.TimeoutExpired after them.
    """
    return subprocess.run(  # noqa: S603  our own programs
        [sys.executable, "-I", "-W", "ignore", program, *map(str, arguments)],
        stdin=file,
        capture_output=True,
        env=os.environ | SURROUNDINGS,
        timeout=max(0.0, seconds),
        check=False,
    )

"""Replace this process by a program that stops when its parent ends. Run as a script.

    python launch.py PARENT SIGNAL UID:GID RIGHT COMMAND…

It uses only the standard library.

PARENT  process id of the supervisor; if it has ended already, nothing is run.
SIGNAL  number of the signal that the kernel sends to COMMAND when PARENT ends, however it ends.
UID:GID user and group to run COMMAND as, if the supervisor is root; else empty.
RIGHT   number of the one Linux capability of root that is kept after the change of user, else
        empty. It is needed for files below a folder that is closed to others, such as root's home.

`subprocess` could do the first three with `preexec_fn`, which Python calls unsafe, but it cannot do
the last.
"""

import ctypes
import os
import sys
from typing import NoReturn

# linux/prctl.h, linux/securebits.h, linux/capability.h
PR_SET_PDEATHSIG = 1
PR_SET_SECUREBITS = 28
PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 47, 2
# Without it access(2), which PostgreSQL calls for its own files, ignores the kept capability.
SECBIT_NO_SETUID_FIXUP = 1 << 2
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2
CAPABILITY_VERSION = 0x20080522

NO_RIGHT = 77

libc = ctypes.CDLL(None, use_errno=True)


def main(parent: str, signal: str, identity: str, right: str, *command: str) -> NoReturn:
    """Run the command in this process; see the docstring of the module."""
    if right:
        libc.prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0, 0)
    if identity:
        become(*map(int, identity.split(":")))
    if right and not (keep_only(int(right)) or keep_only(CAP_DAC_OVERRIDE)):
        sys.exit(NO_RIGHT)
    # After the change of user, which would clear it.
    libc.prctl(PR_SET_PDEATHSIG, int(signal), 0, 0, 0)
    if os.getppid() != int(parent):
        sys.exit(1)
    os.execv(command[0], command)  # noqa: S606  the supervisor's own command


def become(user: int, group: int) -> None:
    """Change to the user and group, and leave all other groups."""
    os.setgroups([])
    os.setresgid(group, group, group)
    os.setresuid(user, user, user)


def keep_only(capability: int) -> bool:
    """Drop all capabilities but one, which the next program inherits; return False on failure."""
    mask = 1 << capability
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    # effective, permitted, inheritable: first their lower, then their upper 32 bits
    sets = (ctypes.c_uint32 * 6)(mask, mask, mask, 0, 0, 0)
    if libc.capset(header, sets):
        return False
    return libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0) == 0


if __name__ == "__main__":
    main(*sys.argv[1:])

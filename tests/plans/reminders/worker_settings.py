"""The portal's settings for a worker whose clock begins at the moment in CLOCK, and runs on."""

import os

import time_machine

from gwonseon.settings import *  # noqa: F403  all of them

time_machine.travel(os.environ["CLOCK"], tick=True).start()

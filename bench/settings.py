"""The portal's own settings with one more address: the bare view."""

from gwonseon.settings import *  # noqa: F403  all of them

ROOT_URLCONF = "bench.urls"

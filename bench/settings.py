"""The portal's settings with one more URL: the bare view."""

from gwonseon.settings import *  # noqa: F403  all of them

ROOT_URLCONF = "bench.urls"

"""The Gwonseon portal: a district's yearly plan, made live."""

from gwonseon.celery import app as celery_app

__all__ = ["celery_app"]
__version__ = "0.1.0"

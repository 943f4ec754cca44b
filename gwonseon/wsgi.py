"""The WSGI application that gunicorn serves."""

import logging
import os

from django.core.wsgi import get_wsgi_application

from gwonseon.error_reports import RequestFilter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gwonseon.settings")

application = get_wsgi_application()
# The settings cannot name this logger without taking away where the web server lets it write.
logging.getLogger("gunicorn.access").addFilter(RequestFilter())

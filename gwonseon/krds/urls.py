"""URLs of the display setting, and of the style guide if DEBUG is on."""

from django.conf import settings
from django.urls import path

from gwonseon.krds import display

app_name = "krds"
urlpatterns = [path("display/", display.display, name="display")]

if settings.DEBUG:
    from gwonseon.krds import styleguide

    urlpatterns += [path("styleguide/", styleguide.styleguide, name="styleguide")]

"""URLs of the display setting and the icon, and of the style guide if DEBUG is on."""

from django.conf import settings
from django.urls import path

from gwonseon.krds import display, icon

app_name = "krds"
urlpatterns = [
    path("display/", display.display, name="display"),
    path("favicon.ico", icon.icon, name="icon"),
]

if settings.DEBUG:
    from gwonseon.krds import styleguide

    urlpatterns += [path("styleguide/", styleguide.styleguide, name="styleguide")]

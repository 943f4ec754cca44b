"""Where every address leads."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("staff/", include("gwonseon.office.urls")),
    path("", include("gwonseon.krds.urls")),
    path("", include("plans.public.urls")),
]

"""Addresses."""

app_name = "krds"
urlpatterns = []

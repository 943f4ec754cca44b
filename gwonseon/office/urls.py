"""Addresses."""

app_name = "office"
urlpatterns = []

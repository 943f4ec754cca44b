"""URLs of reminders, below /staff/reminders/."""

app_name = "reminders"
urlpatterns: list = []

"""Path converter of a day in a URL."""

from datetime import date


class DayConverter:
    """A day as 2021-03-02."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """Return the day; raise ValueError, which is 404, where the calendar has none."""
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        """Return the day as it stands in a URL."""
        return str(value)

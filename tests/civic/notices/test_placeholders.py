"""How many placeholders a text may have."""

import pytest
from django.test import Client

from civic.notices.wording import MOST_PLACEHOLDERS, placeholders
from tests.civic.notices.conftest import Office

SENTENCE = "바꿔 넣을 자리는 10개까지 둘 수 있습니다."


def text_with(number: int) -> str:
    """Return a text with so many placeholders."""
    return "예시: " + " ".join(f"#{{자리 {index}}}" for index in range(number))


@pytest.mark.parametrize("url", ["/staff/notices/add/", "/staff/notices/templates/add/"])
def test_a_text_has_no_more_placeholders_than_the_form_has_fields(
    office: Office, client: Client, url: str
) -> None:
    client.force_login(office.author)

    for number in (MOST_PLACEHOLDERS, MOST_PLACEHOLDERS + 1):
        text = text_with(number)
        assert len(placeholders(text)) == number
        page = client.post(url, {"text": text}).content.decode()
        assert (SENTENCE in page) == (number > MOST_PLACEHOLDERS)

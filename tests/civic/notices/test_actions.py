from tests.factories.notices import approved


def test_smoke(office, followers):
    notice = approved(activity=office.activity, by=office.author, by_another=office.head)
    assert notice.recipients == 3

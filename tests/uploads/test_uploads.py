"""An upload is its uploader's, of one kind and scope, and is taken once."""

from dataclasses import dataclass

import pytest

from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from gwonseon.uploads.actions import Place, keep_upload, kept_upload, take_upload
from gwonseon.uploads.models import Upload
from tests.factories.office import UserFactory
from tests.plans.together import together

HERE, THERE, OTHER_KIND = Place("sample", "1"), Place("sample", "2"), Place("other", "1")


@dataclass
class Line:
    """A line of a table."""

    number: int


@pytest.fixture
def uploader(db: None) -> User:
    return UserFactory()


def kept(place: Place, by: User, number: int = 1) -> Upload:
    return keep_upload(place=place, rows=[Line(number)], by=by)


def test_a_new_upload_takes_the_place_of_the_last_and_of_no_other(uploader: User) -> None:
    others = [kept(THERE, uploader), kept(OTHER_KIND, uploader), kept(HERE, UserFactory())]
    last, new = kept(HERE, uploader, 1), kept(HERE, uploader, 2)

    assert kept_upload(HERE, last.pk, uploader) is None
    assert kept_upload(HERE, new.pk, uploader).rows == [{"number": 2}]
    assert set(Upload.objects.all()) == {new, *others}


def test_an_upload_is_read_and_taken_in_its_place_by_its_uploader(uploader: User) -> None:
    upload = kept(HERE, uploader)

    for place, by in ((THERE, uploader), (OTHER_KIND, uploader), (HERE, UserFactory())):
        assert kept_upload(place, upload.pk, by) is None
        with pytest.raises(RefusedError, match="다시 올려"):
            take_upload(place, upload.pk, by)
    assert take_upload(HERE, upload.pk, uploader).rows == [{"number": 1}]


def test_an_upload_is_taken_once_and_alone(uploader: User) -> None:
    other, upload = kept(THERE, uploader), kept(HERE, uploader)

    take_upload(HERE, upload.pk, uploader)

    assert list(Upload.objects.all()) == [other]
    with pytest.raises(RefusedError, match="다시 올려"):
        take_upload(HERE, upload.pk, uploader)


@pytest.mark.django_db(transaction=True)
def test_of_two_uploads_at_the_same_moment_the_last_counts() -> None:
    uploader = UserFactory()
    for _ in range(5):
        results = together(lambda: kept(HERE, uploader, 1), lambda: kept(HERE, uploader, 2))

        assert all(isinstance(one, Upload) for one in results)
        assert Upload.objects.get() in results

"""Made-up details for the welfare pillar's kinds of record, and made-up cases."""

from plans.ledger.samples import Setting
from welfare.cases.actions import open_case
from welfare.models import (
    Contact,
    Counselling,
    DaycareVisit,
    Delivery,
    Outing,
    ShelterVisit,
    StudyRoomVisit,
    SupportCase,
)

MOST_CASES = 6


def contact(setting: Setting) -> Contact:
    """Return a contact for a random one of the activity's few cases."""
    cases = list(SupportCase.objects.filter(activity=setting.activity))
    if len(cases) < MOST_CASES:
        first = setting.activity.plan.first_day
        cases.append(open_case(activity=setting.activity, by=setting.by, opened_on=first))
    case = setting.random.choice(cases)
    service = setting.random.choice(Contact.Service.values)
    return Contact(case=case, service=service, finder=Contact.Finder.NEIGHBOUR)


def counselling(setting: Setting) -> Counselling:
    """Return a day of counselling."""
    return Counselling(counselled=setting.random.randint(2, 9), placed=1)


def delivery(setting: Setting) -> Delivery:
    """Return a delivery of side dishes."""
    return Delivery(portions=setting.random.randint(10, 40), no_answer=1)


def daycare_visit(setting: Setting) -> DaycareVisit:
    """Return a visit to a daycare centre that meets most indicators."""
    return DaycareVisit(met=setting.random.randint(12, 15), trained=setting.random.randint(0, 8))


def study_room_visit(setting: Setting) -> StudyRoomVisit:
    """Return a day of a study room."""
    return StudyRoomVisit(seats=40, hours=setting.random.randint(6, 12))


def shelter_visit(setting: Setting) -> ShelterVisit:
    """Return a visit to a shelter that is open."""
    celsius = setting.random.randint(24, 28)
    return ShelterVisit(cools=True, is_signed=True, is_open=True, celsius=celsius)


def outing(setting: Setting) -> Outing:
    """Return an outing of volunteers."""
    volunteers = setting.random.randint(4, 20)
    return Outing(volunteers=volunteers, hours=3, host="예시 기관", programme="예시 프로그램")

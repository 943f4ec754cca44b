"""Sample departments with their staff, who cannot sign in."""

from django.contrib.auth.models import Group

from gwonseon.office.models import Department, User
from gwonseon.office.roles import EDITOR, HEAD, Role

# The demo staff's department and its initiatives, so that they have something to do.
DEMO_DEPARTMENT = "예시 부서"
DEMO_INITIATIVES = {"crime-patrol", "outreach-welfare", "clean-city"}
DEPARTMENTS = {
    "safety": ("예시 안전건설과", "예시 환경위생과"),
    "welfare": ("예시 사회복지과", "예시 가정복지과"),
    "civic": ("예시 행정지원과", "예시 종합민원과"),
    "culture": ("예시 공원녹지과", "예시 문화체육과"),
}


def names_of_departments() -> list[str]:
    """Return the names of all sample departments."""
    return [DEMO_DEPARTMENT, *(name for names in DEPARTMENTS.values() for name in names)]


def sample_staff(name: str) -> User:
    """Make a department with a head and an officer, who cannot sign in; return the officer."""
    department, _created = Department.objects.get_or_create(name=name)
    return [staff_of(department, role) for role in (HEAD, EDITOR)][-1]


def staff_of(department: Department, role: Role) -> User:
    """Return the sample member of staff with a role in a department; make one if needed."""
    user, _created = User.objects.get_or_create(
        username=f"sample-{role.code}-{department.pk}",
        defaults={
            "name": f"{department} {role.name}",
            "department": department,
            "is_demo": True,
            "password": "!",
        },
    )
    user.groups.set([Group.objects.get(name=role.name)])
    return user

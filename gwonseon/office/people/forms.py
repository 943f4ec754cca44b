"""Forms for staff accounts and their list."""

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gwonseon.fields.mails import MailField
from gwonseon.krds.forms import KrdsHelper
from gwonseon.office.models import Department, User
from gwonseon.office.people.actions import taken
from gwonseon.office.roles import role_names, roles

# What the filter of mail addresses finds.
MAILS = {"refused": Q(email_refused_at__isnull=False), "none": Q(email="")}


class RolesField(forms.ModelMultipleChoiceField):
    """Checkboxes for roles, each with its description."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self) -> None:
        super().__init__(Group.objects.none(), label=_("역할"), required=False)

    def label_from_instance(self, group: Group) -> str:
        """Return the role's name and description."""
        about = {role.name: role.about for role in roles}[group.name]
        return f"{group.name}: {about}"


class PersonForm(forms.Form):
    """A person's account without its username; `version` is the one that the page showed."""

    name = forms.CharField(
        label=_("이름"),
        max_length=User._meta.get_field("name").max_length,
        error_messages={"required": _("이름을 입력해 주세요.")},
    )
    department = forms.ModelChoiceField(
        Department.objects.none(), label=_("부서"), required=False, empty_label=_("부서 없음")
    )
    email = MailField(
        label=_("메일 주소"),
        required=False,
        help_text=_("할 일을 알리는 메일을 받을 주소. 예: hong@office.example"),
    )
    roles = RolesField()
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: dict | None = None, *, person: User) -> None:
        self.person = person
        initial = {
            "name": person.name,
            "department": person.department_id,
            "email": person.email,
            "roles": person.groups.all() if person.pk else [],
            "version": person.version,
        }
        super().__init__(data, initial=initial)
        self.fields["department"].queryset = Department.objects.filter(
            Q(closed_on=None) | Q(pk=person.department_id)
        )
        self.fields["roles"].queryset = role_groups()
        self.helper = KrdsHelper(self, submit=_("저장"))

    def renew(self) -> None:
        """Set the version, so that sending the form again replaces what was changed meanwhile."""
        self.person.refresh_from_db(fields=["version"])
        self.data = self.data.copy()
        self.data["version"] = self.person.version


class NewPersonForm(PersonForm):
    """A new account."""

    username = forms.CharField(
        label=_("아이디"),
        max_length=User._meta.get_field("username").max_length,
        validators=[User.username_validator],
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        help_text=_("로그인할 때 씁니다. 글자, 숫자와 @ . + - _ 를 쓸 수 있습니다."),
        error_messages={
            "required": _("아이디를 입력해 주세요."),
            "invalid": _("아이디에는 글자, 숫자와 @ . + - _ 만 쓸 수 있습니다. 다시 적어 주세요."),
        },
    )
    version = None
    field_order = ["username", "name", "department", "email", "roles"]

    def __init__(self, data: dict | None = None) -> None:
        super().__init__(data, person=User())
        self.helper = KrdsHelper(self, submit=_("계정 만들기"))

    def clean_username(self) -> str:
        """Refuse a username that exists already, also in other capitals."""
        username = User.normalize_username(self.cleaned_data["username"])
        if User.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError(taken())
        return username


class PeopleFilter(forms.Form):
    """The filter of the list of staff."""

    q = forms.CharField(label=_("이름이나 아이디"), max_length=100, required=False)
    department = forms.ModelChoiceField(
        Department.objects.all(), label=_("부서"), required=False, empty_label=_("모든 부서")
    )
    role = forms.ModelChoiceField(
        Group.objects.none(), label=_("역할"), required=False, empty_label=_("모든 역할")
    )
    state = forms.ChoiceField(
        label=_("계정"),
        required=False,
        choices=[("", _("열린 계정")), ("closed", _("닫힌 계정")), ("all", _("모든 계정"))],
    )

    mail = forms.ChoiceField(
        label=_("메일"),
        required=False,
        choices=[
            ("", _("모두")),
            ("refused", _("거절된 주소")),
            ("none", _("주소 없음")),
        ],
    )

    def __init__(self, data: dict) -> None:
        super().__init__(data)
        self.fields["role"].queryset = role_groups()
        self.helper = KrdsHelper(self, submit=_("찾기"), method="get")
        self.helper.form_class = "form is-wide"
        self.helper.layout = Layout(Row(*map(Column, self.fields)))

    def found(self) -> QuerySet[User]:
        """Return the matching people in the order of their names; none if the form is not valid."""
        if not self.is_valid():
            return User.objects.none()
        asked = self.cleaned_data
        people = User.objects.order_by("name", "username")
        if asked["state"] != "all":
            people = people.filter(is_active=asked["state"] != "closed")
        if asked["mail"]:
            people = people.filter(MAILS[asked["mail"]])
        if asked["q"]:
            people = people.filter(
                Q(name__icontains=asked["q"]) | Q(username__icontains=asked["q"])
            )
        if asked["department"]:
            people = people.filter(department=asked["department"])
        if asked["role"]:
            people = people.filter(groups=asked["role"])
        return people


def role_groups() -> QuerySet[Group]:
    """Return the groups that are roles."""
    return Group.objects.filter(name__in=role_names()).order_by("name")

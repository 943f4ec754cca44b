"""Forms of notices: writing one, approving it, sending it back, and testing it."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from crispy_forms.layout import Div, Fieldset, Layout, Submit
from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.notices.models import Notice
from civic.notices.queries import activities_of_notices, latest_plan
from civic.notices.wording import MOST_PLACEHOLDERS, placeholders
from gwonseon.fields.numbers import WholeNumberField
from gwonseon.fields.texts import PlainFormMixin, visible
from gwonseon.fields.times import MomentField
from gwonseon.krds.forms import KrdsHelper
from gwonseon.messaging.actions import usable_senders
from gwonseon.messaging.fields import MobileField
from gwonseon.office.models import Dong
from gwonseon.versions import RowForm, SeenForm
from plans.subscriptions.forms import folded, initiative_fields
from plans.subscriptions.models import Subscription
from plans.subscriptions.queries import offer
from plans.tree.models import Activity

ADVERTISEMENT = "advertisement"
NO_ADVERTISEMENTS = gettext_lazy(
    "광고는 보낼 수 없습니다. 광고 문자에는 받는 사람이 따로 한 동의와 무료 수신거부 전화가 있어야 "
    "하는데(정보통신망법 제50조), 이 포털의 구독은 광고에 동의한 것이 아닙니다. 광고가 아니면 "
    "「정보」를 고르세요."
)
MOST_WORDS = 100
# Times are typed without seconds.
A_MINUTE = timedelta(minutes=1)


class ActivityField(forms.ModelChoiceField):
    """A choice of an activity, named with its initiative where that has another title."""

    def label_from_instance(self, activity: Activity) -> str:
        """Return the name of an activity in the list."""
        above, title = activity.initiative.shown_title, activity.shown_title
        return title if above == title else f"{above} › {title}"


class WordingForm(PlainFormMixin, RowForm):
    """What a notice and a template have in common: what kind of news it is, and its words."""

    nature = forms.ChoiceField(
        label=gettext_lazy("성격"),
        choices=Notice.Nature.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("안내의 성격을 골라 주세요.")},
    )
    news = forms.ChoiceField(
        label=gettext_lazy("소식의 종류"),
        choices=Subscription.News.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("소식의 종류를 골라 주세요.")},
    )

    class Meta(RowForm.Meta):
        widgets = {"text": forms.Textarea({"rows": 7})}
        error_messages = {
            "title": {"required": gettext_lazy("제목을 적어 주세요.")},
            "text": {"required": gettext_lazy("보낼 문안을 적어 주세요.")},
        }

    def clean_text(self) -> str:
        """Refuse a text with more placeholders than a notice has fields for."""
        text = self.cleaned_data["text"]
        if len(placeholders(text)) > MOST_PLACEHOLDERS:
            raise forms.ValidationError(
                _("바꿔 넣을 자리는 %s개까지 둘 수 있습니다. 자리를 줄여 주세요.")
                % MOST_PLACEHOLDERS
            )
        return text


class NoticeForm(WordingForm):
    """A notice: what is told, to whom, and when.

    There is a field for the words of each placeholder in the text as typed (see `word_field`).
    The name of the pressed button is `preview` where nothing is to be saved.
    """

    token = forms.UUIDField(widget=forms.HiddenInput)
    activity = ActivityField(
        label=gettext_lazy("관련 활동"),
        queryset=Activity.objects.none(),
        empty_label=gettext_lazy("고르세요"),
        help_text=gettext_lazy("주민에게는 이 활동의 쪽에도 안내가 나옵니다."),
        error_messages={
            "required": gettext_lazy("어느 활동의 안내인지 골라 주세요."),
            "invalid_choice": gettext_lazy("지금 계획에 없는 활동입니다. 다른 활동을 골라 주세요."),
        },
    )
    pillars = forms.MultipleChoiceField(
        label=gettext_lazy("분야"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("고른 분야의 소식을 받겠다고 한 주민에게 보냅니다."),
    )
    dongs = forms.TypedMultipleChoiceField(
        label=gettext_lazy("받는 동"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("고르지 않으면 구 전체에 보냅니다."),
    )
    send_at = MomentField(
        label=gettext_lazy("보낼 때"),
        required=False,
        help_text=gettext_lazy("비워 두면 승인하는 대로 보냅니다."),
    )
    expires_at = MomentField(
        label=gettext_lazy("보낼 기한"),
        help_text=gettext_lazy("이때가 지나면 늦어서 뜻이 없으니, 남은 것은 보내지 않습니다."),
        error_messages={"required": gettext_lazy("언제까지 보낼지 날짜와 시각을 적어 주세요.")},
    )

    class Meta(WordingForm.Meta):
        model = Notice
        fields = (
            "activity",
            "nature",
            "title",
            "text",
            "news",
            "pillars",
            "dongs",
            "send_at",
            "expires_at",
            "sender",
        )
        help_texts = {
            "title": gettext_lazy("긴 문자의 제목이고, 주민 누리집에 제목으로 나옵니다."),
            "text": gettext_lazy(
                "맨 앞의 [구 이름]과 맨 끝의 그만 받기 주소는 저절로 붙습니다. 되풀이해서 쓸 "
                "문안은 #{일시}처럼 바꿔 넣을 자리를 둘 수 있습니다."
            ),
        }
        error_messages = WordingForm.Meta.error_messages | {
            "sender": {
                "required": gettext_lazy("발신번호를 골라 주세요."),
                "invalid_choice": gettext_lazy(
                    "쓸 수 없게 된 발신번호입니다. 다른 발신번호를 고르세요."
                ),
            },
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["token"] = self.instance.token
        self.fields["nature"].choices += [(ADVERTISEMENT, _("광고"))]
        self.fields["nature"].help_text = _(
            "밤 9시부터 아침 8시까지는 「안전」만 보냅니다. 재난이나 사고처럼 급한 안내에만 "
            "고르세요."
        )
        offered = offer()
        followed = [str(one) for one in self.instance.initiatives]
        self.fields["activity"].queryset = activities_of_notices(latest_plan())
        self.fields["pillars"].choices = offered.pillars
        self.fields["dongs"].choices = [(one.pk, one.name) for one in Dong.objects.open()]
        self.fields["sender"].queryset = usable_senders()
        self.fields["sender"].empty_label = None
        self.below = initiative_fields(offered, followed)
        self.fields |= self.below
        self.named = self.word_fields()
        self.fields |= self.named
        self.helper = KrdsHelper(self)
        self.helper.layout = self.layout_of(is_open=bool(followed))
        self.helper.add_input(
            Submit("preview", _("미리 보기"), css_class="secondary", formaction="#preview")
        )
        self.helper.add_input(Submit("save", _("저장")))

    def word_fields(self) -> dict[str, forms.Field]:
        """Return the fields for the words of the text's placeholders, by field name."""
        text = str(self["text"].value() or "")
        return {
            word_field(name): forms.CharField(
                label=name,
                max_length=MOST_WORDS,
                initial=self.instance.words.get(name, ""),
                error_messages={"required": _("문안의 #{%s}에 넣을 말을 적어 주세요.") % name},
            )
            for name in placeholders(text)[:MOST_PLACEHOLDERS]
        }

    def layout_of(self, *, is_open: bool) -> Layout:
        """Return the layout in three groups."""
        return Layout(
            "version",
            "token",
            Fieldset(
                _("무엇을 알리나요"),
                "activity",
                "nature",
                "title",
                "text",
                Div(*self.named, css_id="words"),
            ),
            Fieldset(
                _("누구에게 보내나요"),
                "news",
                "pillars",
                *folded(_("추진과제를 골라서 보내기"), self.below, is_open=is_open),
                *folded(_("동을 골라서 보내기"), ["dongs"], is_open=bool(self["dongs"].value())),
            ),
            Fieldset(_("언제 보내나요"), "send_at", "expires_at", "sender"),
        )

    def clean_nature(self) -> str:
        """Refuse advertisements."""
        if self.cleaned_data["nature"] == ADVERTISEMENT:
            raise forms.ValidationError(str(NO_ADVERTISEMENTS))
        return self.cleaned_data["nature"]

    def clean(self) -> dict[str, Any]:
        """Ask for an audience, a beginning that is not past, and an end after the beginning."""
        values = super().clean()
        if not values.get("pillars") and not self.initiatives:
            self.add_error("pillars", _("받는 사람의 분야나 추진과제를 하나 이상 골라 주세요."))
        begins, expires = values.get("send_at"), values.get("expires_at")
        if begins and begins < timezone.now() - A_MINUTE:
            self.add_error(
                "send_at", _("이미 지난 때입니다. 비워 두거나 더 늦은 때로 적어 주세요.")
            )
        if begins and expires and expires <= begins:
            self.add_error(
                "expires_at", _("보낼 때보다 앞섭니다. 보낼 기한을 더 늦은 때로 적어 주세요.")
            )
        return values

    @property
    def initiatives(self) -> list[UUID]:
        """The chosen initiatives of a bound form, by lineage."""
        return [UUID(one) for name in self.below for one in self.cleaned_data.get(name, ())]

    @property
    def words(self) -> dict[str, str]:
        """The words for placeholders, by name."""
        return {
            str(field.label): self.cleaned_data.get(name, "") for name, field in self.named.items()
        }

    def values(self) -> dict[str, Any]:
        """Return the typed values by column name."""
        columns = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return columns | {"initiatives": self.initiatives, "words": self.words}

    def typed(self) -> Notice:
        """Return the notice as far as it can be read from what was typed, valid or not."""
        notice = self.instance
        if self.is_bound:
            _checked = self.errors
            notice.initiatives, notice.words = self.initiatives, self.words
            notice.title, notice.text = (
                str(self[name].value() or "") for name in ("title", "text")
            )
        return notice

    def renew_token(self) -> None:
        """Set another token, so that saving again writes another notice."""
        self.data = self.data.copy()
        self.data["token"] = str(uuid4())


def word_field(name: str) -> str:
    """Return the name of the field for a placeholder's words: one word, as it becomes an id."""
    return f"word:{'_'.join(name.split())}"


class NoticeApprovalForm(SeenForm):
    """Another person's approval: the number of people, typed by hand."""

    recipients = WholeNumberField(
        label=gettext_lazy("받는 사람 수(명)"),
        min_value=1,
        help_text=gettext_lazy("위에 적힌 받을 사람의 수를 확인하고 그대로 적어 주세요."),
        error_messages={"required": gettext_lazy("받는 사람의 수를 적어 주세요.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="approval_%s", **options)
        self.helper = KrdsHelper(self)
        self.helper.add_input(Submit("approve", _("승인하고 보내기"), css_id="submit-approval"))

    def clean_recipients(self) -> int:
        """Return the typed number as a whole one."""
        return int(self.cleaned_data["recipients"])


class NoticeReturnForm(SeenForm):
    """Returning a notice to its author, with a reason."""

    reason = forms.CharField(
        label=gettext_lazy("돌려보내는 까닭"),
        max_length=200,
        validators=[visible],
        help_text=gettext_lazy("무엇을 고쳐야 하는지 적습니다."),
        error_messages={"required": gettext_lazy("무엇을 고쳐야 하는지 적고 돌려보내 주세요.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="return_%s", **options)
        self.helper = KrdsHelper(self)
        self.helper.add_input(
            Submit("return", _("돌려보내기"), css_class="tertiary", css_id="submit-return")
        )


class TestForm(forms.Form):
    """Sending a notice to one's own phone; the number is not kept.

    The token makes it one message, however often the form is sent.
    """

    __test__ = False  # no class of tests

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    number = MobileField(
        autocomplete="tel",
        label=gettext_lazy("내 휴대전화번호"),
        help_text=gettext_lazy("이 번호로만 한 건 보냅니다. 번호는 남기지 않습니다."),
        error_messages={"required": gettext_lazy("시험으로 받을 휴대전화번호를 적어 주세요.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="test_%s", **options)
        self.helper = KrdsHelper(self)
        self.helper.add_input(
            Submit("test", _("나에게 시험으로 보내기"), css_class="tertiary", css_id="submit-test")
        )

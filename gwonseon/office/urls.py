"""URLs of sign-in, the user's account, staff accounts, days off and the access log."""

from django.urls import path, register_converter

from gwonseon.office import views
from gwonseon.office.access_log import views as access_log
from gwonseon.office.codes import views as codes
from gwonseon.office.people import views as people
from gwonseon.office.workdays import views as workdays
from gwonseon.office.workdays.converters import DayConverter

register_converter(DayConverter, "day")

app_name = "office"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("account/", views.account, name="account"),
    path("account/password/", views.password, name="password"),
    path("account/sign-out-everywhere/", views.sign_out_everywhere, name="sign_out_everywhere"),
    path("account/code/", codes.code, name="code"),
    path("account/code/set-up/", codes.code_set_up, name="code_set_up"),
    path("account/code/picture/", codes.code_picture, name="code_picture"),
    path("account/code/remove/", codes.code_remove, name="code_remove"),
    path("draft/", views.draft, name="draft"),
    path("people/", people.people, name="people"),
    path("people/add/", people.person_add, name="person_add"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/close/", people.person_close, name="person_close"),
    path("people/<int:pk>/reopen/", people.person_reopen, name="person_reopen"),
    path("people/<int:pk>/password/", people.person_password, name="person_password"),
    path("people/<int:pk>/unlock/", people.person_unlock, name="person_unlock"),
    path("people/<int:pk>/mail-again/", people.person_mail_again, name="person_mail_again"),
    path("people/<int:pk>/code-reset/", people.person_code_reset, name="person_code_reset"),
    path("workdays/", workdays.workdays, name="workdays"),
    path("workdays/<int:year>/", workdays.workdays, name="workdays_of_year"),
    path("workdays/add/", workdays.holiday_add, name="holiday_add"),
    path("workdays/<day:on>/", workdays.holiday, name="holiday"),
    path("workdays/<day:on>/delete/", workdays.holiday_delete, name="holiday_delete"),
    path("access-log/", access_log.access_log, name="access_log"),
    path("access-log/<int:year>/<int:month>/", access_log.access_month, name="access_month"),
]

"""Addresses below /calls/."""

from django.urls import path

from resilience.coaching.views import around, asking, number, one_call, participant, rating, whom

app_name = "coaching"
urlpatterns = [
    path("", participant.calls, name="calls"),
    path("decline/", participant.decline, name="decline"),
    path("note/", around.note, name="note"),
    path("times/", participant.times, name="times"),
    path("keep/", participant.keep, name="keep"),
    path("zone/", participant.zone, name="zone"),
    path("number/", number.number, name="number"),
    path("number/contact.vcf", number.card, name="card"),
    path("whom/", whom.whom, name="whom"),
    path("at-work/", whom.AtWork.as_view(), name="at-work"),
    path("no-time/", asking.NoTimeSuits.as_view(), name="no-time"),
    path("another-way/", asking.AnotherWay.as_view(), name="another-way"),
    path("<uuid:booking>/", one_call.call, name="call"),
    path("<uuid:booking>/cancel/", one_call.cancel, name="cancel"),
    path("<uuid:booking>/why/", one_call.why, name="why"),
    path("<uuid:booking>/move/", participant.move, name="move"),
    path("<uuid:booking>/agreement/", around.agreement, name="agreement"),
    path("<uuid:booking>/about/", around.about_me, name="about"),
    path("<uuid:booking>/help/", around.other_help, name="other-help"),
    path("<uuid:booking>/rate/", rating.rate, name="rate"),
    path("<uuid:booking>/calendar.ics", one_call.calendar, name="calendar"),
]

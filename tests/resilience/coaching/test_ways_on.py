"""After a call: another kind of help, worry, patients' safety, a talk with the supervisor; and a coach's record."""

import re
from datetime import timedelta

import pytest

from resilience.coaching import coach_reports, means_of_ratings, ratings
from resilience.coaching.models import Booking, Call, CoachWish, Referral, SafetyMatter, Side
from resilience.messaging.models import Outgoing
from resilience.organisations.models import KindOfHelp
from resilience.participants.models import CallBacking, Coaching
from tests.factories.accounts import UserFactory
from tests.factories.coaching import BookingFactory, CoachFactory
from tests.factories.organisations import SupportRouteFactory
from tests.factories.participants import EnrolmentFactory
from tests.resilience.coaching.conftest import HALF_PAST_TWO, words

pytestmark = pytest.mark.django_db
BENS_NUMBER_AS_WRITTEN = "020 7946 0111"


def stored(model) -> set[str]:
    return {field.name for field in model._meta.local_fields} - {"id"}


def test_another_kind_of_help_keeps_its_kind_and_the_day_only(as_participant, booked):
    as_participant.post(f"/calls/{booked.pk}/help/", {"kind": "MENTOR"})

    assert stored(Referral) == {"programme", "kind", "on_date"}
    assert Referral.objects.get().kind == "MENTOR"


@pytest.mark.parametrize("kind", KindOfHelp.values)
def test_whoever_wants_a_kind_of_help_is_led_to_those_who_offer_it(as_participant, booked, ada, kind):
    for offered in KindOfHelp.values:
        SupportRouteFactory(organisation=ada.belongs_to, label=f"For {offered}", kind_of_help=offered)
    SupportRouteFactory(organisation=ada.belongs_to, label="Chaplains")

    page = words(as_participant.post(f"/calls/{booked.pk}/help/", {"kind": kind}))

    assert "These people can help." in page
    assert re.findall(r"<h2[^>]*>([^<]*)</h2>", page[page.index("<h1") :]) == [f"For {kind}"]


@pytest.mark.parametrize("kind", KindOfHelp.values)
def test_where_nobody_offers_a_kind_of_help_plain_words_stand_in_place_of_crisis_numbers(
    as_coach, booked, kind
):
    page = words(as_coach.post(f"/coach/calls/{booked.pk}/help/", {"kind": kind}))

    assert "is entered here yet" in page
    assert "tel:" not in page
    assert "Is it urgent after all?" in page


def test_what_is_urgent_shows_whom_to_ring_at_once(as_participant, as_coach, booked):
    for browser, page in ((as_participant, "/calls"), (as_coach, "/coach/calls")):
        shown = words(browser.post(f"{page}/{booked.pk}/help/", {"kind": "URGENT"}))

        assert 'href="tel:' in shown


def test_without_a_kind_it_is_422_and_nothing_is_counted(as_participant, booked):
    assert as_participant.post(f"/calls/{booked.pk}/help/", {"kind": "x"}).status_code == 422
    assert not Referral.objects.exists()


def test_a_matter_of_patient_safety_has_no_room_for_words(as_coach, booked):
    page = words(as_coach.get(f"/coach/calls/{booked.pk}/patients/"))

    as_coach.post(f"/coach/calls/{booked.pk}/patients/", {"on_date": "2026-11-03", "told": "on"})

    assert 'value="2026-11-03"' in page
    assert "<textarea" not in page
    assert 'type="text"' not in page
    assert stored(SafetyMatter) == {"programme", "on_date", "participant_told"}
    assert SafetyMatter.objects.get().participant_told


def test_a_matter_of_patient_safety_begins_with_the_day_of_its_own_call(as_coach, book, tuesday):
    thursdays = book(tuesday, at=HALF_PAST_TWO + timedelta(days=2))

    page = words(as_coach.get(f"/coach/calls/{thursdays.pk}/patients/"))

    assert 'value="2026-11-05"' in page


def test_its_script_and_the_place_to_report_stand_on_the_page(as_coach, booked, ada):
    organisation = ada.belongs_to
    organisation.incident_url = "https://incidents.example.org/"
    organisation.save()

    page = words(as_coach.get(f"/coach/calls/{booked.pk}/patients/"))

    assert "Has it been reported? What would help you to report it?" in page
    assert "https://incidents.example.org/" in page


def sent(drain, mailoutbox):
    drain()
    return [(mail.to, mail.subject, mail.body) for mail in mailoutbox]


def test_a_talk_is_asked_of_the_supervisor_without_the_participants_name(as_coach, booked, drain, mailoutbox):
    already = len(sent(drain, mailoutbox))

    as_coach.post(f"/coach/calls/{booked.pk}/talk-over/")

    ((to, subject, body),) = sent(drain, mailoutbox)[already:]
    assert to == ["supervisor@example.org"]
    assert "Ben" in body
    assert "ben@example.org" in body
    assert "Ada" not in subject + body
    assert stored(CoachWish) == {"coach", "programme", "kind", "asked_at"}


def test_a_worry_reaches_each_lead_and_names_nobody_but_the_coach(
    as_coach, as_safeguarding_lead, booked, drain, mailoutbox
):
    page = words(as_coach.get(f"/coach/calls/{booked.pk}/worried/"))
    already = len(sent(drain, mailoutbox))

    as_coach.post(f"/coach/calls/{booked.pk}/worried/")

    ((to, subject, body),) = sent(drain, mailoutbox)[already:]
    assert "Are you safe now?" in page
    assert to == ["safeguarding@example.org"]
    assert "ben@example.org" in body
    assert BENS_NUMBER_AS_WRITTEN in body
    assert "Ada" not in subject + body


def test_a_coach_sees_that_they_asked_a_lead_and_when(as_coach, as_safeguarding_lead, booked):
    page = f"/coach/calls/{booked.pk}/worried/"

    before = words(as_coach.get(page))
    after = words(as_coach.post(page, follow=True))

    assert f"the number that we ring, {BENS_NUMBER_AS_WRITTEN}" in before
    assert "Ask a lead to get in touch with me" in before
    assert "You asked a lead on Tuesday 3 November, 10:00 am" in after
    assert "Ask once more" in after


def test_where_no_lead_stands_by_a_coach_is_told_so_and_nothing_is_kept(as_coach, booked):
    answer = as_coach.post(f"/coach/calls/{booked.pk}/worried/")

    assert answer.status_code == 409
    assert not CoachWish.objects.exists()
    assert 'href="tel:' in words(answer)


@pytest.mark.parametrize("page", ["agreement", "help", "worried", "patients", "talk-over"])
def test_another_coachs_call_has_none_of_these_pages(sign_in, booked, page):
    eva = sign_in(CoachFactory().user)

    assert eva.post(f"/coach/calls/{booked.pk}/{page}/").status_code == 404


def test_the_note_about_time_names_neither_the_programme_nor_a_coach_nor_an_address(
    as_participant, booked, ada
):
    page = words(as_participant.get("/calls/note/"))
    note = page[page.index("<blockquote>") : page.index("</blockquote>")]

    assert "quiet time" in note
    for told in ("coach", "call ", ada.cohort.programme.public_name, "Ben", "mailto:", "href"):
        assert told not in note
    assert "mailto:" not in page


def test_no_message_of_ours_is_planned_to_anybody_but_the_two_the_supervisor_and_the_leads(
    as_participant, booked
):
    before = Outgoing.objects.count()

    as_participant.get("/calls/note/")

    assert Outgoing.objects.count() == before


class TestBacking:
    def test_without_backing_no_call_is_offered(self, as_participant, ada, ben):
        CallBacking.objects.all().delete()

        page = words(as_participant.get("/calls/"))

        assert "This programme has no calls." in page

    def test_calls_cannot_be_switched_on_before_somebody_backs_the_coaches(self, as_manager, ada, ben):
        programme, to_times = ada.cohort.programme, "/manage/programmes/steady/times/calls/"
        type(programme).objects.update(coaching=Coaching.NONE)
        CallBacking.objects.all().delete()
        form = {
            "coaching": "OPTIONAL",
            "calls_offered": "2",
            "calls_close_after_days": "56",
            "overlap": "CLOSE",
        }

        refused = as_manager.post(to_times, form)
        as_manager.post("/manage/programmes/steady/backing/", BACKED)
        taken = as_manager.post(to_times, form)

        assert (refused.status_code, taken.status_code) == (422, 302)
        assert "Calls stay off until a supervisor, cover and a scope are entered." in words(refused)
        programme.refresh_from_db()
        assert programme.coaching == Coaching.OPTIONAL

    @pytest.mark.parametrize("left_out", ["supervisor", "supervisor_email", "cover", "scope"])
    def test_each_of_it_is_needed(self, as_manager, ada, left_out):
        CallBacking.objects.all().delete()

        answer = as_manager.post("/manage/programmes/steady/backing/", {**BACKED, left_out: " "})

        assert answer.status_code == 422
        assert not CallBacking.objects.exists()


BACKED = {
    "supervisor": "Sue", "supervisor_email": "sue@example.org", "cover": "Another coach.",
    "scope": "Coaching, not therapy.",
}  # fmt: skip


class TestMeans:
    @pytest.fixture
    def rated(self, ben, tuesday):
        """Let so many people rate a call with Ben, each with one answer throughout."""

        def rate(values):
            for value in values:
                number = Booking.objects.count()
                starts_at = tuesday + timedelta(hours=number)
                booking = BookingFactory(coach=ben, enrolment=EnrolmentFactory(), starts_at=starts_at)
                call = Call.objects.create(
                    booking=booking, version=1, room=f"r{number}", started_at=starts_at
                )
                told = {"relationship_participant": {str(item): value for item in (1, 2, 4, 5, 7, 8)}}
                ratings.record(
                    call, side=Side.PARTICIPANT, answers={**told, "call_feedback": {}}, now=starts_at
                )

        return rate

    def test_a_coach_sees_means_over_ten_people_and_never_over_fewer(self, as_coach, rated, ben):
        found = []
        for more in ([4] * 9, [2], [1]):
            rated(more)
            found.append(means_of_ratings.of_coach(ben))

        with_nine, with_ten, with_eleven = found

        assert with_nine is None
        assert (with_ten.people, with_ten.safe) == (10, 3.8)
        assert with_eleven == with_ten
        assert "Means over 10 people" in words(as_coach.get("/coach/record/"))


def test_a_record_is_for_that_coach_and_the_lead_alone(sign_in, as_coach, as_coach_lead, booked):
    eva = CoachFactory(slug="eva", shown_name="Eva")

    assert as_coach.get("/coach/record/").status_code == 200
    assert as_coach.get("/coach/record/?coach=eva").status_code == 404
    assert as_coach_lead.get("/coach/record/?coach=ben").status_code == 200
    assert "Ada" not in words(as_coach_lead.get("/coach/record/?coach=ben"))
    assert sign_in(eva.user).get("/coach/record/?coach=ben").status_code == 404
    assert sign_in(UserFactory(roles=["MANAGER"])).get("/coach/record/").status_code == 404


@pytest.fixture
def reported(ada, ben, guide, tuesday):
    """So many calls of Ben's, each of twenty minutes, in his own time, with two stages of five held."""

    def make(calls: int) -> None:
        for number in range(calls):
            booking = BookingFactory(coach=ben, enrolment=ada, starts_at=tuesday - timedelta(days=number + 1))
            call = Call.objects.create(
                booking=booking, version=1, room=f"room{number}", started_at=booking.starts_at, outcome="FULFILLED",
                minutes=20, ended_at=booking.ends_at,
            )  # fmt: skip
            coach_reports.keep(
                call=call, guide_call=1, stages=[0, 1], stages_of=5, preparation=3, notes=1, in_own_time=True,
                now=tuesday,
            )  # fmt: skip

    return make


def test_how_a_single_call_of_a_coach_went_is_on_the_record_for_that_coach_alone(
    as_coach, as_coach_lead, reported
):
    reported(9)

    of_the_lead = words(as_coach_lead.get("/coach/record/?coach=ben"))
    mine = words(as_coach.get("/coach/record/"))

    assert "<dd>9</dd>" in of_the_lead
    assert "Minutes and stages are shown once ten calls were held." in of_the_lead
    assert not any(told in of_the_lead for told in ("<dd>180</dd>", "9 of 9"))
    assert "<dd>180</dd>" in mine
    assert "9 of 9 calls (100 %)" in mine


@pytest.mark.parametrize(("calls", "shown"), [(10, 10), (11, 10), (19, 10), (20, 20)])
def test_a_lead_sees_minutes_and_stages_of_full_tens_of_calls(as_coach_lead, reported, calls, shown):
    reported(calls)

    page = words(as_coach_lead.get("/coach/record/?coach=ben"))

    assert f"<dd>{calls}</dd>" in page
    assert f"<dd>{20 * shown}</dd>" in page
    assert f"{shown} of {shown} calls (100 %)" in page
    assert page.count(f'<td class="r">{shown} of {shown}</td>') == 2

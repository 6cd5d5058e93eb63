"""Nobody talks with those above or below them at work, and "not with this person" needs no reason."""

from io import StringIO
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from resilience.coaching import booking as bookings
from resilience.coaching import dialling, firewall, keeping_apart, relations_file
from resilience.coaching.booking_models import Apart, CoachChange, Kind, WorkRelation
from resilience.coaching.models import Booking, By, CoachingRelationship, Side, Status
from resilience.messaging.models import Outgoing
from tests.factories.coaching import CoachFactory
from tests.resilience.coaching.conftest import HALF_PAST_TWO, once, radios, words

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_too]
ADA, BEN = "ada@example.org", "ben@example.org"


def line(*people):
    """Return an organisation's relations: each person stands below the one after them."""
    return [
        (Kind.MANAGES, firewall.mark(above), firewall.mark(below))
        for below, above in zip(people, people[1:], strict=False)
    ]


@pytest.fixture
def take_in(ada, tuesday):
    def take(relations):
        keeping_apart.take_in(
            organisation=ada.cohort.programme.organisation, relations=relations, by=None, now=tuesday
        )

    return take


LINES = {
    "the coach manages them": (ADA, BEN),
    "they manage the coach": (BEN, ADA),
    "the coach stands three steps above": (ADA, "eve@work", "fay@work", BEN),
    "the coach stands three steps below": (BEN, "eve@work", "fay@work", ADA),
}


@pytest.mark.parametrize("apart", [False, True])
def test_group_19_two_who_came_to_be_kept_apart_in_the_last_moment_are_not_rung(
    ada, ben, booked, tuesday, apart
):
    if apart:
        Apart.objects.create(participant=ada.participant, coach=ben, side=Side.PARTICIPANT, since=tuesday)
    attempt = dialling.Attempt(str(booked.pk), booked.version, Side.COACH, 1)

    why = dialling.why_not(booked, attempt, now=booked.starts_at)

    assert why == ("kept apart" if apart else "")


@pytest.mark.parametrize("people", LINES.values(), ids=LINES)
def test_group_19_a_coach_in_the_line_is_never_listed_and_a_forced_post_is_refused(
    as_participant, ada, ben, take_in, people
):
    CoachFactory(slug="eva", shown_name="Eva")
    before = as_participant.get("/calls/times/")
    take_in(line(*people))

    page = as_participant.get("/calls/times/")
    forced = as_participant.post("/calls/", {"time": "ben@2026-11-03T14:20:00Z", "request": once(before)})

    assert {value.split("@")[0] for value in radios(before)} == {"ben", "eva"}
    assert {value.split("@")[0] for value in radios(page)} == {"eva"}
    assert "Ben" not in words(page)
    assert forced.status_code == 422
    assert not Booking.objects.filter(status=Status.BOOKED).exists()


@pytest.mark.parametrize("kind", [Kind.SUPERVISES, Kind.ASSESSES, Kind.APPRAISES])
def test_group_19_the_guard_stands_at_saving_too_whatever_the_relation(
    book, ada, ben, take_in, tuesday, kind
):
    take_in([(kind, firewall.mark(BEN), firewall.mark(ADA))])

    with pytest.raises(bookings.SlotTaken):
        book(tuesday)


def test_group_19_two_who_share_a_manager_may_talk(book, take_in, tuesday):
    take_in([*line(ADA, "eve@work"), *line(BEN, "eve@work")])

    assert book(tuesday).status == Status.BOOKED


def test_group_19_a_line_that_runs_in_a_circle_ends(ada, ben, take_in):
    take_in(line(ADA, "eve@work", "fay@work", ADA))

    assert not firewall.between(ben, ada.participant)


def test_group_19_a_relation_learned_later_frees_the_booking_in_neutral_words_and_offers_another(
    book, ada, ben, take_in, tuesday, drain
):
    CoachFactory(slug="eva", shown_name="Eva")
    booked, other = book(tuesday), None
    take_in(line(ADA, "eve@work", BEN))

    booked.refresh_from_db()
    other = Outgoing.objects.filter(target_id=booked.pk, kind="sorry").exists()
    drain()
    told = "\n".join(message.body for message in mail.outbox if message.to == [ADA])
    assert (booked.status, booked.cancelled_by, other) == (Status.CANCELLED, By.US, True)
    assert "/calls/times/" in told
    assert not {"manage", "line", "Ben", "above"} & set(told.split())
    assert not CoachingRelationship.objects.filter(active_to=None).exists()


def test_group_19_what_has_begun_and_what_has_nothing_to_do_with_it_stays(book, ada, take_in, tuesday):
    booked = book(tuesday)
    take_in(line("eve@work", BEN))

    booked.refresh_from_db()
    assert booked.status == Status.BOOKED


def test_group_19_a_call_is_not_moved_to_a_coach_of_the_line(book, ada, take_in, tuesday):
    eva = CoachFactory()
    booked = book(tuesday)
    take_in(line(ADA, eva.user.email))

    with pytest.raises(bookings.SlotTaken):
        bookings.move(
            booking=booked, coach=eva, starts_at=HALF_PAST_TWO, by=ada.participant.user, now=tuesday
        )


@pytest.mark.parametrize("side", ["participant", "coach"])
def test_a_relation_that_either_side_declares_counts_as_an_imported_one(ada, ben, tuesday, side):
    """Ada names her manager, or Ben whom he manages: between them stands Eve, whom the other side or a list names."""
    if side == "participant":
        keeping_apart.declare(
            by=ada.participant.user, kind=Kind.MANAGES, other="Eve@Work ", other_is_above=True, now=tuesday
        )
        keeping_apart.declare(
            by=ben.user, kind=Kind.SUPERVISES, other="eve@work", other_is_above=False, now=tuesday
        )
    else:
        keeping_apart.declare(by=ben.user, kind=Kind.APPRAISES, other=ADA, other_is_above=False, now=tuesday)

    assert firewall.between(ben, ada.participant)
    keeping_apart.take_back(by=ben.user, now=tuesday)
    assert not firewall.between(ben, ada.participant)


def test_somebody_who_signs_in_with_a_private_address_is_found_by_their_staff_number(
    ada, ben, take_in, tuesday
):
    take_in([*line("77 123", "N-900"), (Kind.SAME, firewall.mark("n-900"), firewall.mark("boss@work"))])

    keeping_apart.name_oneself(by=ada.participant.user, known_as="77123", now=tuesday)
    before = firewall.between(ben, ada.participant)
    keeping_apart.name_oneself(by=ben.user, known_as="N-900", now=tuesday)

    assert (before, firewall.between(ben, ada.participant)) == (False, True)


def test_no_name_or_number_of_anybody_is_stored(ada, tuesday):
    keeping_apart.declare(
        by=ada.participant.user, kind=Kind.MANAGES, other="eve@work", other_is_above=True, now=tuesday
    )

    stored = WorkRelation.objects.values_list("above", "below").get()
    assert all(len(each) == 64 and "eve" not in each for each in stored)


@pytest.mark.parametrize("coaches", [1, 10, 40])
def test_who_is_kept_apart_takes_two_queries_however_many_coaches(
    ada, take_in, coaches, django_assert_num_queries
):
    everybody = [CoachFactory() for _ in range(coaches)]
    take_in(line(ADA, "eve@work", everybody[0].user.email))

    with django_assert_num_queries(2):
        found = firewall.kept_from(ada.participant, coaches=everybody)

    assert found == {everybody[0].pk}


def people(count=30, **more):
    """Return a list of an organisation: each stands below the one before, as a CSV file of bytes."""
    head = ",".join(relations_file.COLUMNS)
    rows = [f"p{n}@work,{n},manages,p{n - 1}@work," if n else "p0@work,0,,," for n in range(count)]
    return "\n".join([head, *rows, *more.get("and_also", [])]).encode()


def test_a_list_is_taken_in_by_command_in_place_of_the_one_before(ada, ben, tmp_path, book, tuesday):
    file = tmp_path / "everybody.csv"
    file.write_bytes(
        b"\xef\xbb\xbf"
        + people(and_also=[f"{ADA},,assesses,,29", f"p29@work,,manages,{BEN},"]).replace(b",", b";")
    )
    organisation = ada.cohort.programme.organisation

    call_command("import_relations", str(file), organisation=organisation.slug, stderr=StringIO())
    kept = firewall.between(ben, ada.participant)
    file.write_bytes(people())
    call_command("import_relations", str(file), organisation=organisation.slug, stderr=StringIO())

    assert (kept, firewall.between(ben, ada.participant)) == (True, False)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"person,above\n", "misses these columns"),
        (b"\xff\xfe", "UTF-8"),
        (people(29), "fewer than 30 people"),
        (people(and_also=["x@work,,befriends,y@work,"]), "Line 32: write manages"),
        (people(and_also=["x@work,,manages,,"]), "Line 32: write both"),
        (people(and_also=[",,manages,y@work,"]), "Line 32: write the person"),
    ],
    ids=["columns", "not text", "a list of named people", "relation", "nobody above", "nobody below"],
)  # fmt: skip
def test_a_list_that_is_no_organisations_is_refused_whole(ada, tmp_path, content, said):
    file = tmp_path / "list.csv"
    file.write_bytes(content)
    slug = ada.cohort.programme.organisation.slug

    with pytest.raises(CommandError, match=said):
        call_command("import_relations", str(file), organisation=slug)

    assert not WorkRelation.objects.exists()


def test_a_manager_uploads_the_list_and_hears_nothing_of_who_takes_part(as_manager, ada, ben, book, tuesday):
    booked = book(tuesday)
    there = f"/manage/organisations/{ada.cohort.programme.organisation.slug}/relations/"
    listed = SimpleUploadedFile("all.csv", people(and_also=[f"{ADA},,manages,{BEN},"]))

    wrong = as_manager.post(there, {"file": SimpleUploadedFile("all.csv", people(3))})
    page = as_manager.post(there, {"file": listed}, follow=True)

    booked.refresh_from_db()
    assert wrong.status_code == 422
    assert booked.status == Status.CANCELLED
    assert "The list is taken in" in words(page)
    assert "60 relations" not in words(wrong)
    assert not {"Ada", ADA, str(booked.pk)} & set(words(page).split())


def test_not_with_this_person_needs_no_reason_and_frees_the_call(as_participant, ada, ben, book, tuesday):
    CoachFactory(slug="eva", shown_name="Eva")
    booked = book(tuesday)

    page = as_participant.post("/calls/whom/", {"coach": "ben"}, follow=True)

    booked.refresh_from_db()
    assert booked.status == Status.CANCELLED
    assert "nobody asks why" in words(page)
    assert {value.split("@")[0] for value in radios(as_participant.get("/calls/times/"))} == {"eva"}
    with pytest.raises(bookings.SlotTaken):
        book(tuesday)


def test_a_change_of_coach_is_counted_and_attributed_to_nobody(as_participant, ada, ben, book, tuesday):
    book(tuesday)

    as_participant.post("/calls/whom/", {"coach": "ben"})
    as_participant.post("/calls/whom/", {"coach": "ben"})

    counted = CoachChange.objects.get()
    assert (counted.cohort, counted.on_date) == (ada.cohort, tuesday.date())
    assert {field.name for field in CoachChange._meta.get_fields()} == {"id", "cohort", "on_date"}
    assert not CoachingRelationship.objects.filter(active_to=None).exists()


def test_somebody_never_talked_to_is_left_out_without_being_counted(as_participant, ada, ben):
    as_participant.post("/calls/whom/", {"coach": "ben"})

    assert Apart.objects.exists()
    assert not CoachChange.objects.exists()


def test_whoever_was_left_out_can_be_let_back(as_participant, ada, ben):
    as_participant.post("/calls/whom/", {"coach": "ben"})
    without = as_participant.get("/calls/times/")

    as_participant.post("/calls/whom/", {"coach": "ben", "do": "after-all"})

    assert not radios(without)
    assert radios(as_participant.get("/calls/times/"))


def test_a_coach_says_it_too_and_the_participant_reads_neutral_words(as_coach, ada, ben, book, tuesday):
    booked = book(tuesday)
    there = f"/coach/calls/{booked.pk}/not-with/"

    asked = as_coach.get(there)
    as_coach.post(there)

    booked.refresh_from_db()
    assert "need not say why" in words(asked)
    assert (booked.status, booked.cancelled_by) == (Status.CANCELLED, By.US)
    assert Apart.objects.get().side == Side.COACH
    assert firewall.between(ben, ada.participant)


def test_a_coach_who_has_nothing_to_do_with_a_call_cannot_say_it_there(sign_in, ada, ben, book, tuesday):
    booked = book(tuesday)

    stranger = sign_in(CoachFactory().user)

    assert stranger.post(f"/coach/calls/{booked.pk}/not-with/").status_code == 404


def test_the_sample_of_the_list_is_written_as_we_read_it():
    sample = find("resilience/samples/who-is-above-whom.csv")

    relations = relations_file.read(Path(sample).read_bytes() + people().partition(b"\n")[2])

    assert {kind for kind, _above, _below in relations} >= {Kind.MANAGES, Kind.APPRAISES, Kind.SAME}


def test_the_page_of_people_at_work_says_how_much_is_kept_and_never_whether_it_fits(as_participant, ada, ben):
    for told in (
        {"relation": "above:MANAGES", "other": BEN},
        {"relation": "above:ASSESSES", "other": BEN},
        {"relation": "below:MANAGES", "other": "a spelling mistake"},
        {"do": "myself", "known_as": "77123"},
    ):
        as_participant.post("/calls/at-work/", told)

    page = words(as_participant.get("/calls/at-work/"))

    assert "Kept so far: above you 1, below you 1, other names of yours 1." in page
    assert BEN not in page


@pytest.mark.parametrize("side", ["participant", "coach"])
def test_the_page_of_people_at_work_takes_and_forgets_what_is_declared(
    as_participant, as_coach, ada, ben, side
):
    browser, there = (
        (as_participant, "/calls/at-work/") if side == "participant" else (as_coach, "/coach/at-work/")
    )

    empty = browser.post(there, {})
    no_number = browser.post(there, {"do": "myself"})
    browser.post(there, {"relation": "above:MANAGES", "other": "eve@work"})
    browser.post(there, {"do": "myself", "known_as": "77123"})
    kept = WorkRelation.objects.count()
    browser.post(there, {"do": "forget"})

    assert (empty.status_code, no_number.status_code, kept) == (422, 422, 3)
    assert 'role="alert"' in words(no_number)
    assert not WorkRelation.objects.exists()


def test_a_slip_of_the_last_person_named_is_taken_back_and_the_others_stay(
    as_coach, ben, time_passes, tuesday
):
    keeping_apart.declare(by=ben.user, kind=Kind.MANAGES, other="eve@work", other_is_above=True, now=tuesday)
    time_passes(minutes=1)
    as_coach.post("/coach/at-work/", {"relation": "above:ASSESSES", "other": "a spelling mistake"})

    answer = as_coach.post("/coach/at-work/", {"do": "forget-last"}, follow=True)

    assert WorkRelation.objects.get().kind == Kind.MANAGES
    assert "The last that you told us here is forgotten." in words(answer)

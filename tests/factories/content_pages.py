"""A small programme in pages: two parts, with a story, an exercise of every input, and the two things to keep."""

from datetime import timedelta

import factory
from wagtail.models import Locale, Page, Site

from content_pages.models import (
    ActivityPage,
    HomePage,
    LiveSessionPage,
    ModulePage,
    ProgrammePage,
    ProgrammesPage,
    PublicPage,
)
from resilience import clock

MODULE = "/programmes/steady/being-human-at-work/"
READING = MODULE + "good-people-hard-jobs/"
WRITING = MODULE + "what-i-would-want-to-hear/"
LATER = "/programmes/steady/thinking-habits/"
LAST = LATER + "the-loop/"

PROMPT = {
    "help": "",
    "options": [],
    "low": None,
    "high": None,
    "low_label": "",
    "high_label": "",
    "counts": "",
}
EVERY_INPUT = [
    {**PROMPT, "key": "needed", "label": "What was needed?", "input": "text"},
    {**PROMPT, "key": "sentence", "label": "Which sentence?", "input": "line"},
    {
        **PROMPT,
        "key": "belief",
        "label": "How far?",
        "input": "scale",
        "low": 0,
        "high": 10,
        "high_label": "Completely",
    },
    {**PROMPT, "key": "who", "label": "Who?", "input": "choice", "options": ["a colleague", "a friend"]},
    {**PROMPT, "key": "words", "label": "Words", "input": "ticks", "options": ["patience", "care", "humour"]},
]


def exercise(**differs: object) -> dict:
    """Return an exercise block as a stream stores it."""
    value = {
        "key": "want_to_hear", "kind": "reflection", "title": "One sentence", "intro": "<p>Something small.</p>",
        "keeps": "Y", "prompts": EVERY_INPUT, "revisit_after_days": 14, "revisit_question": "Have you used this?",
        "revisit_answers": "still_fits",
    }  # fmt: skip
    return {"type": "exercise", "value": {**value, **differs}}


STORY = {
    "type": "vignette",
    "value": {
        "heading": "Ten past four",
        "versions": [
            {"profession": "nurse", "text": "<p>Asha sees it six minutes later.</p>"},
            {"profession": "paramedic", "text": "<p>The allergy was said, and not heard.</p>"},
        ],
    },
}
TEXT = {"type": "text", "value": "<p>Attention comes in short lengths.</p>"}
QUESTION = {"type": "question", "value": "What would you have wanted to hear?"}
KEEP = {
    "type": "knowledge_check",
    "value": {
        "heading": "Two things to keep",
        "questions": [
            {
                "question": "First:",
                "options": ["find whose fault", "make it safe"],
                "right": 1,
                "explanation": "Then you.",
            }
        ],
    },
}


class _PageFactory(factory.django.DjangoModelFactory):
    """Adds its page below `parent`."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: type[Page], *args: object, parent: Page, **fields: object) -> Page:
        parent.refresh_from_db()
        return parent.add_child(instance=model_class(**fields))


class HomePageFactory(_PageFactory):
    class Meta:
        model = HomePage

    title = "Steady Ground"
    slug = "front"
    summary = "Things to have ready."
    body = factory.LazyFunction(lambda: [TEXT])
    parent = factory.LazyFunction(
        lambda: Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    )

    @classmethod
    def _create(cls, *args: object, **fields: object) -> HomePage:
        home = super()._create(*args, **fields)
        Site.objects.update_or_create(
            is_default_site=True, defaults={"root_page": home, "hostname": "localhost"}
        )
        return home


class PublicPageFactory(_PageFactory):
    class Meta:
        model = PublicPage

    title = "The first days"
    body = factory.LazyFunction(lambda: [TEXT])


class ProgrammePageFactory(_PageFactory):
    class Meta:
        model = ProgrammePage

    title = "Steady Ground"
    slug = "steady"
    welcome = factory.LazyFunction(lambda: [{"type": "text", "value": "<p>Come as you are.</p>"}])
    ending = factory.LazyFunction(lambda: [{"type": "text", "value": "<p>That was the last part.</p>"}])


class ModulePageFactory(_PageFactory):
    class Meta:
        model = ModulePage

    title = "Being human at work"
    summary = "Careful people make mistakes."
    minutes = 25
    support_note = "<p>You can stop here.</p>"


class ActivityPageFactory(_PageFactory):
    class Meta:
        model = ActivityPage

    title = "Good people, hard jobs"
    minutes = 7
    body = factory.LazyFunction(lambda: [TEXT, STORY, QUESTION])


class LiveSessionPageFactory(_PageFactory):
    """A meeting in two weeks."""

    class Meta:
        model = LiveSessionPage

    title = "Practice together"
    summary = "Two hours in a small group."
    about = "workshop-1"
    starts_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=14))
    ends_at = factory.LazyAttribute(lambda page: page.starts_at + timedelta(hours=2))
    capacity = 12
    place = "Seminar room 2"
    link = "https://meet.example.org/room"


def steady_ground() -> ProgrammePage:
    """Return the pages of the programme "steady": two parts, the first with two pieces, the second with one."""
    home = HomePageFactory()
    PublicPageFactory(parent=home)
    above = home.add_child(instance=ProgrammesPage(title="Programmes", slug="programmes"))
    programme = ProgrammePageFactory(parent=above)
    first = ModulePageFactory(parent=programme)
    ActivityPageFactory(parent=first, sensitive=True, content_note="A story about a medicine. It can wait.")
    ActivityPageFactory(
        parent=first, title="What I would want to hear", minutes=5, body=[TEXT, exercise(), KEEP]
    )
    second = ModulePageFactory(parent=programme, title="Thinking habits")
    ActivityPageFactory(parent=second, title="The loop", minutes=6, body=[TEXT])
    return programme


SHARING = MODULE + "strengths/"
COUNTING = MODULE + "agree/"
BALANCE = MODULE + "balance/"
CLOSING = {
    "type": "closing",
    "value": {
        "heading": "Before you go on",
        "question": "Worth the time?",
        "remark": "One line",
        "readers": "We do.",
    },
}


def scales(*keys: str) -> list[dict]:
    """Return questions from 1 to 5 by their keys."""
    return [{**PROMPT, "key": key, "label": key, "input": "scale", "low": 1, "high": 5} for key in keys]


def a_piece_to_share(programme: ProgrammePage) -> ActivityPage:
    """Return a piece with an exercise that a coach may be shown."""
    line = {**PROMPT, "key": "helped", "label": "What did you do that helped?", "input": "line"}
    again = {**PROMPT, "key": "words", "label": "Words", "input": "ticks", "options": ["care", "humour"]}
    block = exercise(key="strengths", kind="strengths", keeps="S", title="Strengths", prompts=[line, again])
    return ActivityPageFactory(parent=programme.get_first_child(), title="Strengths", body=[block])


def a_piece_that_counts(programme: ProgrammePage) -> ActivityPage:
    """Return a piece that counts a talk, a colleague and what was passed on, sets a day, and closes the part."""
    prompts = [
        {**PROMPT, "key": "always", "label": "Always", "input": "text"},
        {**PROMPT, "key": "again", "label": "We look at this again on", "input": "date"},
        {**PROMPT, "key": "talked", "label": "Talked?", "input": "ticks", "counts": "talked"},
        {**PROMPT, "key": "whom", "label": "Whom?", "input": "ticks", "counts": "peer_talk"},
        {**PROMPT, "key": "passed_on", "label": "Passed on?", "input": "choice", "counts": "passed_on"},
    ]
    block = exercise(
        key="agree", kind="agree", keeps="C", title="When to call", prompts=prompts, revisit_after_days=0,
        revisit_question="Does it still fit?", revisit_answers="",
    )  # fmt: skip
    return ActivityPageFactory(parent=programme.get_first_child(), title="Agree", body=[block, CLOSING])


def a_balance(programme: ProgrammePage) -> ActivityPage:
    """Return a piece with the same three numbers before and after."""
    aspects = scales("manage", "seriously", "belonging")
    first = exercise(key="first", kind="balance", title="First", prompts=aspects, revisit_question="")
    second = exercise(
        key="second", kind="balance", title="Again", prompts=aspects, revisit_question="", beside="first"
    )
    return ActivityPageFactory(
        parent=programme.get_first_child(), title="Balance", body=[first, TEXT, second]
    )


def translated(page: Page, **words: object) -> Page:
    """Return the French translation of a page, shown, with these words; where it has one, that one."""
    locale, _fresh = Locale.objects.get_or_create(language_code="fr")
    if page.has_translation(locale):
        return page.get_translation(locale)
    copy = page.copy_for_translation(locale)
    for name, value in words.items():
        setattr(copy, name, value)
    copy.save_revision().publish()
    copy.refresh_from_db()
    return copy


FRENCH_MODULE = "/fr/programmes/steady/rester-humain/"
FRENCH_READING = FRENCH_MODULE + "des-gens-bien/"
FRENCH_WRITING = FRENCH_MODULE + "ce-que-j-aimerais-entendre/"
IN_FRENCH = [
    *EVERY_INPUT[:3],
    {**EVERY_INPUT[3], "label": "Qui ?", "options": ["une collègue", "une amie"]},
    {**EVERY_INPUT[4], "label": "Mots", "options": ["patience", "soin", "humour"]},
]


def in_french(programme: Page) -> Page:
    """Return the first page of the programme in French: its first part is translated, its second is not."""
    home = programme.get_parent().get_parent().specific
    translated(home, title="Steady Ground", summary="Des choses à avoir.")
    translated(PublicPage.objects.child_of(home).get(), title="Les premiers jours")
    translated(programme.get_parent().specific)
    first = programme.get_first_child().specific
    reading, writing = first.get_children().specific()[:2]
    top = translated(programme, title="Steady Ground", summary="En français.")
    translated(first, title="Rester humain au travail", slug="rester-humain", summary="Une nuit de garde.")
    body = [{"type": "text", "value": "<p>L’attention vient par petites longueurs.</p>"}]
    translated(reading, title="Des gens bien", slug="des-gens-bien", body=[*body, STORY])
    exercises = [*body, exercise(title="Une phrase", prompts=IN_FRENCH), KEEP]
    translated(writing, title="Ce que j’aimerais entendre", slug="ce-que-j-aimerais-entendre", body=exercises)
    return top


def line_of_cards(programme: ProgrammePage) -> PublicPage:
    """Return a public page with a card to pass on."""
    card = {"key": "steady", "title": "Steady first", "text": "<p>Feet.</p>"}
    home = programme.get_parent().get_parent()
    body = [{"type": "technique", "value": card}]
    return PublicPageFactory(parent=home, title="Five things", slug="five-things", body=body)


def passing_on(programme: ProgrammePage) -> ActivityPage:
    """Return the first piece, with an exercise that makes a card to pass on, and links to cards."""
    page = ActivityPage.objects.get(slug="good-people-hard-jobs")
    prompt = {**PROMPT, "key": "one_thing", "label": "Which one thing?", "input": "line"}
    block = exercise(
        key="pass", kind="pass_on", keeps="C", title="One thing", prompts=[prompt], revisit_after_days=0,
        revisit_question="", revisit_answers="",
    )  # fmt: skip
    links = '<p><a href="/five-things/#steady">Five small things</a>, and <a href="/my/plan/card/pass/">yours</a>.</p>'
    page.body = [block, {"type": "text", "value": links}]
    page.save()
    return page

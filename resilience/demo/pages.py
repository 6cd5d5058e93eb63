"""The demonstration's pages: from the written files into Wagtail, once."""

import tomllib
import uuid
from pathlib import Path

from django.db import transaction

from content_pages import founding
from content_pages.models import ActivityPage, HomePage, ModulePage, ProgrammePage, PublicPage
from resilience.participants.models import Programme


@transaction.atomic
def load(*, programme: Programme, folder: Path) -> None:
    """Build every page of a programme from its files; where its page stands already, nothing is touched."""
    words = tomllib.loads((folder / "programme.toml").read_text())
    home = _home(programme, words)
    above = founding.folder(home)
    if ProgrammePage.objects.filter(slug=programme.slug).exists():
        return
    page = ProgrammePage(title=programme.public_name, slug=programme.slug, **of_programme(words))
    founding.add(above, page)
    for file in sorted(folder.glob("module_*.toml")):
        _module(page, tomllib.loads(file.read_text()))


def _home(programme: Programme, words: dict) -> HomePage:
    """Return the front page; made now, with its public pages, where there is none."""
    if home := HomePage.objects.first():
        return home
    home = HomePage(title=programme.public_name, slug="home", **of_home(words))
    founding.show(founding.at_the_top(home))
    _public(home, "sample", words, invites=True)
    founding.first_days(home)
    _public(home, "pass_it_on", words)
    return home


def _public(home: HomePage, name: str, words: dict, **shows: bool) -> None:
    page = PublicPage(slug=name.replace("_", "-"), show_in_menus=True, **shows, **of_public(name, words))
    founding.add(home, page)


def _module(above: ProgrammePage, words: dict) -> None:
    page = ModulePage(**of_module(words))
    founding.add(above, page)
    for activity in words["activities"]:
        founding.add(page, ActivityPage(**of_activity(activity)))


def of_home(words: dict) -> dict:
    """Return the fields of the front page."""
    return {
        "summary": words["summary"].strip(), "drawing": words["front_drawing"],
        "drawing_alt": words["front_drawing_alt"], "body": _text(words["front_html"]),
    }  # fmt: skip


def of_public(name: str, words: dict) -> dict:
    """Return the fields of one of the pages for everybody."""
    return {
        "title": words[f"{name}_title"], "drawing": words[f"{name}_drawing"],
        "drawing_alt": words[f"{name}_drawing_alt"],
        "body": _text(words[f"{name}_html"]) + [_card(each) for each in words.get(f"{name}_cards", [])],
    }  # fmt: skip


def of_programme(words: dict) -> dict:
    """Return the fields of a programme's first page."""
    return {
        "summary": words["summary"].strip(), "welcome": _text(words["welcome_html"]),
        "ending": _text(words["ending_html"]), "drawing": words["ending_drawing"],
        "drawing_alt": words["ending_drawing_alt"],
    }  # fmt: skip


def of_module(words: dict) -> dict:
    """Return the fields of a module."""
    return {
        "title": words["title"], "slug": words["slug"], "summary": words["summary"].strip(),
        "aim": words["aim"].strip(), "minutes": words["minutes"], "drawing": words["drawing"],
        "drawing_alt": words["drawing_alt"], "support_note": _linked(words["support_note_html"]),
    }  # fmt: skip


def of_activity(words: dict) -> dict:
    """Return the fields of an activity."""
    return {
        "title": words["title"], "slug": words["slug"], "minutes": words["minutes"],
        "sensitive": words["sensitive"], "content_note": words["content_note"].strip(),
        "body": [_block(each, words["keeps"]) for each in words["blocks"]],
    }  # fmt: skip


def _card(words: dict) -> dict:
    value = {"key": words["key"], "title": words["title"], "text": words["html"].strip()}
    return _as("technique", value)


LINKS = {
    "<em>The first days</em>": '<a href="/first-days/">The first days</a>',
    "<em>Help now</em>": '<a href="/help-now/">Help now</a>',
    "<em>Les premiers jours</em>": '<a href="/fr/first-days/">Les premiers jours</a>',
    "<em>Aide immédiate</em>": '<a href="/fr/help-now/">Aide immédiate</a>',
}


def _text(html: str) -> list[dict]:
    return [_as("text", _linked(html))]


def _linked(html: str) -> str:
    """Return the text with the pages that it names as links."""
    for named, link in LINKS.items():
        html = html.replace(named, link)
    return html.strip()


def _as(kind: str, value: object) -> dict:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def _block(block: dict, keeps: str) -> dict:
    """Return one block of the file as the page's stream stores it."""
    return _as(block["type"], VALUES[block["type"]](block, keeps))


def _exercise(block: dict, keeps: str) -> dict:
    return {
        "key": block["key"], "kind": block["kind"], "title": block["title"], "intro": block["intro_html"].strip(),
        "keeps": keeps, "prompts": _items(_prompt(each) for each in block["prompts"]),
        "revisit_after_days": block["revisit_after_days"], "revisit_question": block["revisit_question"],
        "revisit_answers": block.get("revisit_answers", ""), "beside": block.get("beside", ""),
    }  # fmt: skip


def _prompt(prompt: dict) -> dict:
    return {
        "key": prompt["key"], "label": prompt["label"], "help": prompt["help"], "input": prompt["input"],
        "options": _items(prompt.get("options", [])), "low": prompt.get("low"), "high": prompt.get("high"),
        "low_label": prompt.get("low_label", ""), "high_label": prompt.get("high_label", ""),
        "counts": prompt.get("counts", ""),
    }  # fmt: skip


def _check(block: dict, keeps: str) -> dict:
    questions = ({**each, "options": _items(each["options"])} for each in block["questions"])
    return {"heading": block["heading"], "questions": _items(questions)}


def _items(values: object) -> list[dict]:
    return [_as("item", value) for value in values]


VALUES = {
    "text": lambda block, keeps: _linked(block["html"]),
    "inset": lambda block, keeps: _linked(block["html"]),
    "question": lambda block, keeps: block["text"],
    "details": lambda block, keeps: {"summary": block["summary"], "text": block["html"].strip()},
    "drawing": lambda block, keeps: {key: block[key] for key in ("name", "alt", "caption")},
    "sound": lambda block, keeps: {
        "title": block["title"],
        "sound": block["name"],
        "upload": None,
        "transcript": block["html"].strip(),
    },
    "vignette": lambda block, keeps: {
        "heading": block["heading"],
        "versions": _items(
            {
                "profession": each["profession"],
                "level": each.get("level", ""),
                "heading": each.get("heading", ""),
                "text": each["html"].strip(),
                "invented": each.get("invented", True),
                "reviewed_by": each.get("reviewed_by", ""),
                "review_on": each.get("review_on"),
            }
            for each in block["versions"]
        ),
    },
    "exercise": _exercise,
    "instrument": lambda block, keeps: {
        "instrument": block["instrument"],
        "intro": block["intro_html"].strip(),
    },
    "system_list": lambda block, keeps: {"title": block["title"], "intro": block["intro_html"].strip()},
    "knowledge_check": _check,
    "closing": lambda block, keeps: {key: block[key] for key in ("heading", "question", "remark", "readers")},
}

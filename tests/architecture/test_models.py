"""Every stored field is classified, foreign keys run down, names use the glossary's words, migrations are named."""

import re

import pytest
from django.apps import apps
from django.db import migrations, models

from resilience.privacy import register
from tests.architecture import source

LAYERS = (
    "evaluation", "journeys", "coaching", "engagement", "measures", "participants", "organisations", "messaging",
    "telephony", "accounts", "privacy", "audit",
)  # fmt: skip
OURS = {*LAYERS, "ops", "content_pages"}


def models_of_ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in OURS]


def upward(model: type[models.Model]) -> list[str]:
    """Return the relations of a model that point to an app above its own."""
    own = model._meta.app_label
    relations = [field for field in model._meta.get_fields() if field.many_to_one or field.one_to_one]
    return [
        f"{own}.{model.__name__}.{field.name}"
        for field in relations
        if field.concrete
        and own in LAYERS
        and field.related_model._meta.app_label in LAYERS
        and LAYERS.index(field.related_model._meta.app_label) < LAYERS.index(own)
    ]


def avoided() -> set[str]:
    """Return the words of the glossary's Avoid column."""
    rows = re.findall(
        r"^\|[^|]*\|[^|]*\|[^|]*\|([^|]*)\|$", (source.ROOT / "docs/glossary.md").read_text(), re.M
    )
    words = {word.strip().lower() for row in rows[2:] for word in row.split(",")}
    return words - {""}


def uses(words: set[str], name: str) -> set[str]:
    """Return which of `words` a name is made of: signup_at is made of signup and at."""
    parts = re.findall(r"[A-Z]?[a-z]+", name)
    return {part.lower() for part in parts} & words


def test_every_stored_field_is_classified():
    assert sorted(register.undeclared()) == []


def test_no_classified_field_is_gone():
    assert sorted(register.declared_but_gone()) == []


def test_a_field_that_nobody_classified_is_noticed(monkeypatch):
    rows = dict(register._rows)
    rows.pop(("participants.Participant", "phone"))
    monkeypatch.setattr(register, "_rows", rows)

    assert list(register.undeclared()) == ["participants.Participant.phone"]


@pytest.mark.parametrize("model", models_of_ours(), ids=lambda model: model._meta.label)
def test_foreign_keys_run_down(model):
    assert upward(model) == []


def planted(**fields: models.Field) -> type[models.Model]:
    """Return a model of privacy's that stands nowhere but in a test."""
    facts = {"__module__": "resilience.privacy.models", "Meta": type("Meta", (), {"app_label": "privacy"})}
    made = type("Planted", (models.Model,), {**facts, **fields})
    apps.all_models["privacy"].pop("planted")
    return made


def test_a_foreign_key_that_runs_up_is_noticed():
    from resilience.participants.models import Enrolment

    who = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")

    assert upward(planted(who=who)) == ["privacy.Planted.who"]


def test_no_model_or_field_uses_a_word_that_the_glossary_avoids():
    words = avoided()

    found = {
        f"{model._meta.label}.{name}"
        for model in models_of_ours()
        for name in [model.__name__, *register.stored_fields(model)]
        if uses(words, name)
    }

    assert words >= {"survey", "signup", "wave"}
    assert found == set()


def test_an_avoided_word_in_a_name_is_noticed():
    assert uses({"signup"}, "signup_at") == {"signup"}
    assert uses({"survey"}, "SurveyAnswer") == {"survey"}


def key_tells(model: type[models.Model]) -> bool:
    """Return whether a model's key tells how many rows there are, or when one was made."""
    return not isinstance(model._meta.pk, models.UUIDField | models.OneToOneField)


def test_everything_personal_has_a_key_that_tells_nothing():
    personal = {row.model for row in register.rows() if row.kind == register.PERSONAL}

    found = {
        model._meta.label for model in models_of_ours() if model._meta.label in personal and key_tells(model)
    }

    assert found == set()


def test_a_key_that_counts_is_noticed():
    assert key_tells(planted(id=models.BigAutoField(primary_key=True)))
    assert not key_tells(planted(id=models.UUIDField(primary_key=True)))


MIGRATIONS = [
    path for package in source.PACKAGES for path in sorted((source.ROOT / package).rglob("migrations/0*.py"))
]


def says_what_it_does(name: str) -> bool:
    return "_auto_" not in name and bool(re.fullmatch(r"\d{4}_[a-z][a-z0-9_]+", name))


@pytest.mark.parametrize("path", MIGRATIONS, ids=source.name)
def test_migrations_are_named(path):
    assert says_what_it_does(path.stem)


@pytest.mark.parametrize("name", ["0004_auto_20261103_1000", "0004", "0004_Alter_Call", "calls"])
def test_a_migration_without_a_name_is_noticed(name):
    assert not says_what_it_does(name)


def for_good(migration: migrations.Migration) -> bool:
    """Return whether a part of a migration cannot be taken back."""
    return not all(operation.reversible for operation in migration.operations)


def test_migrations_can_be_taken_back():
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None)

    found = [
        f"{app}.{name}"
        for (app, name), migration in loader.disk_migrations.items()
        if app in OURS and for_good(migration)
    ]

    assert found == []


def test_a_migration_that_cannot_be_taken_back_is_noticed():
    made = migrations.Migration("planted", "privacy")
    made.operations = [migrations.RunPython(lambda apps, editor: None)]

    assert for_good(made)

"""Pages of a programme in several languages."""

import pytest

from tests.factories.content_pages import MODULE


@pytest.mark.django_db
def test_a_page_names_its_language_and_leads_to_the_other(as_participant, steady):
    page = as_participant.get("/fr/my/").content.decode()

    assert '<html lang="fr"' in page
    assert 'href="/my/" lang="en-gb"' in page


@pytest.mark.django_db
def test_a_module_without_a_translation_is_read_in_the_first_language(as_participant, steady):
    page = as_participant.get(f"/fr{MODULE}").content.decode()

    assert "Being human at work" in page

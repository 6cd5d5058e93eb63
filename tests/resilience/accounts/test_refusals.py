"""Pages that say no open whatever else is down."""

from django.db import OperationalError, connection
from django.test import Client

PAGE = "/my/reach/"


def test_a_page_grown_too_old_is_refused_in_words_also_without_a_database(ada, sign_in):
    careful = Client(enforce_csrf_checks=True)
    careful.cookies = sign_in(ada.participant.user).cookies
    word = careful.get(PAGE).context["draft_token"]
    word = str(word() if callable(word) else word)

    def gone(execute, sql, params, many, context):
        raise OperationalError("gone")

    with connection.execute_wrapper(gone):
        answer = careful.post(PAGE, {"chosen_name": "Grace", "draft_token": word})

    assert answer.status_code == 403
    assert "Load that page again, then send it" in answer.content.decode()
    assert "What you typed is kept" not in answer.content.decode()

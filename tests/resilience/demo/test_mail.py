"""The mailbox of the demonstration, and the address that it refuses."""

import smtplib

import pytest
from django.core.mail import EmailMessage

from resilience.demo.mail import FileBackend


@pytest.fixture
def mailbox(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path / "mail"


def test_a_message_is_one_file(mailbox):
    FileBackend().send_messages([EmailMessage(subject="Word", body="Good day.", to=["ada@example.org"])])

    [file] = mailbox.glob("*.eml")
    assert "Good day." in file.read_text()


def test_an_address_that_is_gone_is_refused_for_good_and_nothing_is_written(mailbox):
    message = EmailMessage(subject="Word", body="Good day.", to=["ada@gone.invalid"])

    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        FileBackend().send_messages([message])

    assert refused.value.recipients["ada@gone.invalid"][0] == 550
    assert not mailbox.exists()

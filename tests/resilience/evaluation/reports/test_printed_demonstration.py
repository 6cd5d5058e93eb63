"""The demonstration's own report, as `make report` builds it: what people print, and how long it is."""

import pytest

from resilience import clock, pdf
from resilience.evaluation import canonical, snapshots
from tests.resilience.evaluation.reports import reading_back
from tests.resilience.evaluation.reports.conftest import of
from tests.resilience.evaluation.reports.test_printed import LONGEST

pytestmark = pytest.mark.django_db


def test_the_demonstrations_report_is_no_longer_than_we_say(finished, tmp_path):
    files = snapshots.freeze(evaluation=finished, as_of=clock.now())
    made = of(canonical.read(files, expected=canonical.checksum(files)))

    pages = reading_back.pages(pdf.render(html=made.html, attached={}), tmp_path)

    assert 20 <= len(pages) <= LONGEST

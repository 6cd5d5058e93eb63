import re

import pytest

ORDER = [
    *(
        "people",
        "dates",
        "delivery",
        "characteristics",
        "missing",
        "quality",
        "change",
        "mixed",
        "individual",
    ),
    *("coached", "dose", "cost", "subgroups", "acceptability", "coding", "harms", "limits", "declarations"),
    *("plan", "methods", "checklists"),
]


def anchors(html: str) -> list[str]:
    return re.findall(r'<h2 id="([a-z]+)">', html)


def section(html: str, key: str) -> str:
    return html.split(f'<h2 id="{key}">')[1].split("</section>")[0]


@pytest.mark.parametrize("which", ["made", "made_of_nothing", "made_by_hand"])
def test_the_page_for_people_comes_first_then_the_findings_and_eighteen_sections_in_order(which, request):
    html = request.getfixturevalue(which).html

    assert anchors(html) == ["plain", "findings", "contents", *ORDER]
    assert re.findall(r'<h2 id="\w+"><span class="number">(\w+)</span>', html) == [
        *map(str, range(1, 19)),
        *"ABC",
    ]


@pytest.mark.parametrize("which", ["made", "made_of_nothing"])
@pytest.mark.parametrize("key", ORDER[:18])
def test_every_section_says_something_even_where_it_has_nothing_to_show(which, key, request):
    lead = re.search(r'<p class="lead">(.*?)</p>', section(request.getfixturevalue(which).html, key)).group(1)

    assert lead.endswith(".")
    assert "None" not in lead


def test_every_table_and_chart_stands_in_the_contents_under_its_number(made_by_hand):
    contents = made_by_hand.html.split('<nav class="contents"')[1].split("</nav>")[0]

    for table in made_by_hand.printed_tables:
        assert f'href="#table-{table.key}">{table.number} ' in contents
    for chart in made_by_hand.charts.values():
        assert f'href="#chart-{chart.key}">{chart.number} ' in contents


def test_every_link_inside_the_document_leads_somewhere_in_it(made_by_hand):
    places = set(re.findall(r'id="([\w-]+)"', made_by_hand.html))

    assert set(re.findall(r'href="#([\w-]+)"', made_by_hand.html)) <= places


def test_the_first_comparison_by_calls_has_its_caveat_beside_it(made, made_by_hand):
    for one in (made, made_by_hand):
        assert "People chose for themselves whether to have a call" in section(one.html, "coached")


def test_a_report_without_system_outcomes_gives_the_reason_or_asks_for_one(made, made_by_hand):
    assert "No system outcomes stand beside the individual ones. The reason given:" in section(
        made.html, "change"
    )
    assert "No system outcomes" not in made_by_hand.html


def test_what_harm_was_not_asked_for_is_not_called_none(made_of_nothing, made_by_hand):
    harms = section(made_by_hand.html, "harms")

    assert "none reported" in harms
    assert "not asked" in harms
    assert "none reported" not in section(made_of_nothing.html, "harms")

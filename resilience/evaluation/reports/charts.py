"""The report's charts, each once: page, PDF and folder show the same drawings."""

from dataclasses import replace

from resilience.evaluation import disclosure
from resilience.evaluation.reports import (
    chart_of_answers,
    chart_of_flow,
    chart_of_forest,
    chart_of_means,
    chart_of_pairs,
    chart_of_scatter,
    chart_of_staying,
    sections,
    standings,
)
from resilience.evaluation.reports.chart import Chart
from resilience.evaluation.reports.words import Words

_MAKERS = (
    chart_of_forest.forest,
    chart_of_flow.flow,
    chart_of_staying.attrition,
    chart_of_means.means,
    chart_of_pairs.pairs,
    chart_of_scatter.scatter,
    chart_of_answers.agreement,
)


def make(release: disclosure.Release, words: Words) -> dict[str, Chart]:
    """Every chart that these figures fill, numbered in the order of the report."""
    made = [maker(release.figures, words) for maker in _MAKERS]
    shown = {chart.key: chart for chart in made if chart is not None}
    ordered = [shown[key] for key in sections.keys_of_charts() if key in shown]
    return {
        chart.key: replace(chart, number=place, standing=standings.of_chart(release.figures, chart.key))
        for place, chart in enumerate(ordered, start=1)
    }

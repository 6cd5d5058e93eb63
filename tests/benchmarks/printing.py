"""P6: the report's PDF beside WeasyPrint alone on the same HTML, for cohorts of three sizes a factor of ten apart.

The synthetic cohort is copied as often as is needed; only the printing is measured, in a process that has printed once.
Pages, time and memory must not grow with people.
"""

import dataclasses
import resource
import subprocess
import tempfile
import time
from pathlib import Path

from resilience import pdf
from resilience.demo import cohort
from resilience.evaluation import disclosure
from resilience.evaluation import figures as evaluation
from resilience.evaluation.analysis.frozen import Snapshot
from resilience.evaluation.reports import charts, document, folder, tables
from resilience.evaluation.reports.words import Words
from tests.benchmarks import figures
from tests.resilience.evaluation import conftest as synthetic

WHOLE = {"sizes": (66, 660, 6_600), "rounds": 5}
QUICK = {"sizes": (66, 660), "rounds": 2}
FONTS = figures.ROOT / "resilience/static" / pdf.HOUSE_FONTS


def measure(*, sizes: tuple[int, ...], rounds: int) -> tuple[list[figures.Figure], list[str]]:
    """Return the figure of each size, and how time and memory grow with people."""
    found = [_size(people, rounds) for people in sizes]
    points = [(each.size["people"], each.figure) for each in found]
    pages = ", ".join(f"{each.size['people']:,}: {each.size['pages']}" for each in found)
    memory = ", ".join(f"{each.size['people']:,}: {each.size['MiB']}" for each in found)
    return found, [
        f"P6: time grows with people at exponent {figures.exponent(points):.2f}; pages by people {pages}; the process "
        f"took at its highest (MiB) {memory}."
    ]


def _size(people: int, rounds: int) -> figures.Figure:
    html, attached = _report(people)
    printed = pdf.render(html=html, attached=attached)  # warm: fonts and modules are loaded
    mine, theirs = [], []
    for _ in range(rounds):
        mine.append(_timed(lambda: pdf.render(html=html, attached=attached)))
        theirs.append(_timed(lambda: _alone(html)))
    ratios = [bare / ours for ours, bare in zip(mine, theirs, strict=True)]
    middle = sorted(range(rounds), key=ratios.__getitem__)[rounds // 2]
    size = {"people": people, "pages": _pages(printed), "kB": len(printed) // 1000, "MiB": _peak()}
    return figures.Figure(
        "P6", mine[middle] * 1000, "ms", theirs[middle] * 1000, ratios[middle], min(ratios), max(ratios), rounds, size
    )  # fmt: skip


def _report(people: int) -> tuple[str, folder.Files]:
    snapshot = _copies(synthetic.freeze(cohort.generate()), people // cohort.SIZE)
    release = disclosure.release(evaluation.compose(snapshot, version="bench"))
    words = Words.of(snapshot)
    made, drawn = tables.make(release, words), charts.make(release, words)
    composed = document.compose(release, words, made=made, drawn=drawn, site="https://x.example.org")
    return composed.html, folder.figure_files(release) | folder.table_files(composed.tables)


def _copies(snapshot: Snapshot, times: int) -> Snapshot:
    """The same people over and over, each copy under keys of its own."""
    data = snapshot.dataset
    copied = {"people": "key", "calls": "person", "scores": "person", "answers": "person"}
    rows = {
        name: tuple(
            dataclasses.replace(row, **{key: f"{getattr(row, key)}-{copy}"})
            for copy in range(times)
            for row in getattr(data, name)
        )
        for name, key in copied.items()
    }
    return dataclasses.replace(
        snapshot, dataset=dataclasses.replace(data, **rows, registered=data.registered * times)
    )


def _alone(html: str) -> bytes:
    """WeasyPrint as its manual says, with the same fonts."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    sheet = weasyprint.CSS(filename=FONTS, font_config=fonts)
    return weasyprint.HTML(string=html).write_pdf(
        stylesheets=[sheet], font_config=fonts, pdf_variant=pdf.VARIANT
    )


def _timed(work) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _pages(printed: bytes) -> int:
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "report.pdf"
        path.write_bytes(printed)
        told = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    return int(next(line.split()[1] for line in told.splitlines() if line.startswith("Pages:")))


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

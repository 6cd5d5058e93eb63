"""`make bench`: P1 (read), P2 (answer), P3 (find a time), planning, packs, P5 to P7 (evaluation), P10, P8, P9.

python -m tests.benchmarks [--quick | --weight | --packs | --evaluation]
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

SIZES = (1_000, 10_000, 100_000, 1_000_000)
QUICK = (100, 1_000)
PACKS, PACKS_QUICK, LARGEST_PACKS = (1_000, 10_000), (100, 300), (1_000, 10_000, 100_000)
DUE, DUE_QUICK = (1_000, 10_000, 100_000), (100, 900)
ROUNDS = 7
EACH = 30


def main(*, quick: bool, weight: bool, packs: bool, evaluation: bool) -> None:
    """Measure and write. `--quick`, `--weight` and `--packs` write nothing; `--evaluation` renews P5 to P7."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    os.environ |= {"BENCH_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings"}
    try:
        _evaluation() if evaluation else _measure(quick=quick, weight=weight, packs=packs)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _evaluation() -> None:
    import django

    django.setup()
    from tests.benchmarks import evaluating, exporting, figures, printing

    told = [part.measure(**part.WHOLE) for part in (evaluating, printing, exporting)]
    found, said = (
        [each for more, _words in told for each in more],
        [one for _more, words in told for one in words],
    )
    print("\n".join(map(str, [*found, *said])), flush=True)
    figures.renew(found, said)


def _measure(*, quick: bool, weight: bool, packs: bool) -> None:
    import django

    django.setup()
    from tests.benchmarks import (
        answering,
        evaluating,
        exporting,
        figures,
        finding,
        planning,
        printing,
        reading,
        starting,
        taking_in,
        weighing,
    )

    reading.prepare()
    sizes, rounds, each = (QUICK, 2, 5) if quick else (SIZES, ROUNDS, EACH)
    parts = [
        lambda: reading.measure(sizes=sizes, rounds=rounds, each=each),
        lambda: answering.measure(rounds=rounds, each=each),
        lambda: finding.measure(**(finding.QUICK if quick else finding.WHOLE)),
        lambda: planning.measure(sizes=DUE_QUICK if quick else DUE, rounds=min(rounds, 5)),
        lambda: taking_in.measure(sizes=PACKS_QUICK if quick else PACKS),
        lambda: evaluating.measure(**(evaluating.QUICK if quick else evaluating.WHOLE)),
        lambda: printing.measure(**(printing.QUICK if quick else printing.WHOLE)),
        lambda: exporting.measure(**(exporting.QUICK if quick else exporting.WHOLE)),
        weighing.measure,
        *([] if quick else [lambda: figures.apart("tests.benchmarks.storm"), starting.measure]),
    ]
    found, said = [], []
    if packs:
        parts = [lambda: taking_in.measure(sizes=LARGEST_PACKS)]
    for part in [weighing.measure] if weight else parts:
        more, words = part()
        found, said = found + more, said + words
        print("\n".join(map(str, [*more, *words])), flush=True)
        if not (quick or weight or packs):
            figures.write(found, said)  # after each part: a later one that fails takes nothing away


if __name__ == "__main__":
    main(
        quick="--quick" in sys.argv, weight="--weight" in sys.argv, packs="--packs" in sys.argv,
        evaluation="--evaluation" in sys.argv,
    )  # fmt: skip

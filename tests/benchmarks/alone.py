"""One part of `make bench` by itself: python -m tests.benchmarks.alone finding [--quick]. Prints, writes nothing."""

import importlib
import os
import shutil
import sys
import tempfile


def main(part: str, *, quick: bool) -> None:
    """Measure one part that names its sizes in `WHOLE` and `QUICK`."""
    folder = tempfile.mkdtemp(prefix="bench-")
    os.environ |= {"BENCH_DIR": folder, "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings"}
    try:
        import django

        django.setup()
        from tests.benchmarks import reading

        reading.prepare()
        module = importlib.import_module(f"tests.benchmarks.{part}")
        found, said = module.measure(**(module.QUICK if quick else module.WHOLE))
        print("\n".join(map(str, [*found, *said])))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1], quick="--quick" in sys.argv)

"""All benchmarks of the core, one after the other: about three minutes."""

from benchmarks import backlog, calls, crowd


def main() -> None:
    """Run them all."""
    for benchmark in (calls, crowd, backlog):
        benchmark.main()


if __name__ == "__main__":
    main()

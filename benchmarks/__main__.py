"""The benchmarks of the core and of the screens, one after the other: about four minutes."""

from benchmarks import backlog, calls, crowd, screens


def main() -> None:
    """Run them all."""
    for benchmark in (calls, crowd, backlog, screens):
        benchmark.main()


if __name__ == "__main__":
    main()

"""Small recorded days for tests."""

from pathlib import Path

HEADING = "arrived_at,service,tier,service_seconds,patience_seconds,customer"


def day_file(folder: Path, *rows: str, name: str = "day.csv") -> Path:
    """A day file with these rows."""
    path = folder / name
    path.write_text("\n".join([HEADING, *rows]) + "\n", encoding="utf-8")
    return path


def busy_morning(folder: Path, customers: int = 60) -> Path:
    """A day of which every customer comes half a minute after the last; one in ten is a VIP,
    one in ten has little patience, one in six brings no service time."""
    rows = []
    for n in range(customers):
        hour, rest = divmod(n * 30, 3600)
        minute, second = divmod(rest, 60)
        tier = "diamond" if n % 10 == 3 else "none"
        service = "" if n % 6 == 5 else str(120 + n % 7 * 60)
        patience = "90" if n % 10 == 7 else ""
        rows.append(
            f"2026-11-20T{9 + hour:02d}:{minute:02d}:{second:02d},payment,{tier},{service},{patience},c{n}"
        )
    return day_file(folder, *rows)

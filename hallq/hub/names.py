"""How a hub's database is named: a URL, libpq's own words, or a path; and how it may be shown."""

import re

_POSTGRESQL = ("postgresql:", "postgres:", "host=", "hostaddr=", "service=", "dbname=")
_PASSWORDS = (
    (re.compile(r"(://[^:@/]*):[^@]*@"), r"\1:***@"),
    (re.compile(r"(password\s*=\s*)('[^']*'|\S+)"), r"\1***"),
)


def is_postgresql(db: str) -> bool:
    """Whether this names a PostgreSQL; everything else is a file of SQLite."""
    return db.startswith(_POSTGRESQL)


def shown(db: str) -> str:
    """The name without passwords."""
    for pattern, mask in _PASSWORDS:
        db = pattern.sub(mask, db)
    return db

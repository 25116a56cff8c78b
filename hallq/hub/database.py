"""The hub's database: SQLite or PostgreSQL behind one door."""


class Database:
    """Connections to the hub's database."""

    def __init__(self, url: str, *, patience_seconds: float = 5.0) -> None:
        """`url`: postgresql://... (several hosts allowed) or sqlite:///path or a path."""
        self.url = url
        self.patience_seconds = patience_seconds

    def migrate(self) -> None:
        """Bring the tables up to date."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of all connections."""
        raise NotImplementedError

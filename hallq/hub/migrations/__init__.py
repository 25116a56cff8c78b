"""The steps of the hub's schema, on SQLite and PostgreSQL."""

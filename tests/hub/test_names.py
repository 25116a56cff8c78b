"""How a hub's database is named."""

import pytest

from hallq.hub.names import is_postgresql, shown


@pytest.mark.parametrize(
    ("db", "postgresql", "printed"),
    [
        ("postgresql://u:secret@a:1,b:2/hallq", True, "postgresql://u:***@a:1,b:2/hallq"),
        ("host=a,b user=u password=secret dbname=hallq", True, "host=a,b user=u password=*** dbname=hallq"),
        ("host=a password='s e' dbname=hallq", True, "host=a password=*** dbname=hallq"),
        ("sqlite:///srv/hub.db", False, "sqlite:///srv/hub.db"),
        ("hub.db", False, "hub.db"),
    ],
)
def test_a_database_is_known_by_its_name_and_shown_without_password(
    db: str, postgresql: bool, printed: str
) -> None:
    assert (is_postgresql(db), shown(db)) == (postgresql, printed)

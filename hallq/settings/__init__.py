"""`hall.toml`: read, merged over the packaged defaults, and checked.

A file may leave out what it does not change; lists (services, counters, reasons) are
taken whole. Faults name the file, the key and what is allowed there.
"""

from hallq.settings.checks import Finding, Weight, findings
from hallq.settings.faults import SettingsError
from hallq.settings.reading import check_file, config_in, default_text, language_in, load_config

__all__ = [
    "Finding",
    "SettingsError",
    "Weight",
    "check_file",
    "config_in",
    "default_text",
    "findings",
    "language_in",
    "load_config",
]

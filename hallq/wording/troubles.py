"""Troubles of file and disk in words: what is the matter, and what to do about it."""

from hallq.i18n import N_, _
from hallq.store import StoreError, Trouble

SENTENCES: dict[Trouble, str] = {
    Trouble.MISSING: N_("There is no hall at {path}. Make one with `hallq init`."),
    Trouble.NO_FOLDER: N_("The folder {path} does not exist. Make it, or choose another one."),
    Trouble.NO_PERMISSION: N_("{path} may not be read or written by you. Ask for the right to do so."),
    Trouble.EMPTY: N_(
        "{path} is empty: no hall was made in it, or what it held is lost. Restore a copy, if there was one."
    ),
    Trouble.NOT_A_DATABASE: N_("{path} is not a hall's file. Choose another one, or restore it from a copy."),
    Trouble.FOREIGN_DATABASE: N_("{path} belongs to another program. Choose another file."),
    Trouble.NEWER_VERSION: N_("{path} was written by a newer hallq. Update hallq on this computer."),
    Trouble.DAMAGED: N_("{path} is damaged. Keep it, and restore the last copy."),
    Trouble.NETWORK_DISK: N_(
        "{path} lies on a network disk ({kind}), where queues get lost. Use a local disk."
    ),
    Trouble.UNSAFE_SQLITE: N_("SQLite {version} can damage shared files. Install hallq with its own driver."),
    Trouble.DISK_FULL: N_("The disk is full: nothing was saved. Free some space and press again."),
    Trouble.LOCKED: N_("Another program keeps the file locked: nothing was saved. Close it and press again."),
    Trouble.IO_ERROR: N_(
        "The disk gave an error: nothing was saved. Press again; if it stays, call for help."
    ),
    Trouble.CONTRADICTION: N_(
        "The file refused this, as it contradicts what it holds: nothing was saved. "
        "Try something else, run `hallq verify`, and call for help."
    ),
    Trouble.OUTCOME_UNKNOWN: N_(
        "It is not known whether this was saved. hallq looks it up before the next key; "
        "look at the queue before you repeat."
    ),
    Trouble.KEY_LOST: N_(
        "{path} is missing or belongs to another VIP directory: nobody is recognised, the queue goes on. "
        "Put it back, or import the whole directory anew (`hallq vip import FILE --whole`)."
    ),
    Trouble.FILE_KEY_LOST: N_(
        "{path} is encrypted, and its key {key} is missing. Put the key back from where you keep a copy: "
        "without it nobody can open the file."
    ),
    Trouble.WRONG_KEY: N_(
        "{key} does not open {path}: it is the key of another file, or the file is damaged. "
        "Put the right key back, or the last copy of both."
    ),
    Trouble.NOT_ENCRYPTED: N_(
        "{path} is not encrypted, but its key {key} is here: is it an old copy? If it is the right one, "
        "`hallq encrypt` encrypts it, and `hallq decrypt` lets it be plain (at a hub: `hallq hub ...`)."
    ),
    Trouble.KEY_IN_THE_WAY: N_("{path} is another key. Keep it in a safe place, and try again."),
    Trouble.IN_USE: N_("{path} is in use. End all its programs and try again; nothing was changed."),
    Trouble.SAME_FILE: N_("{path} is the database itself. Choose another name for the backup."),
    Trouble.THERE_ALREADY: N_(
        "{path} is there already and was kept. Choose another name, or replace an older backup with --overwrite."
    ),
    Trouble.NO_BACKUP: N_("{path} is no older backup and was kept. Choose another name."),
    Trouble.NOT_ALONE: N_(
        "{path} lies there: it belongs to a database of that name, which may be in use. "
        "Nothing was changed; choose another name."
    ),
    Trouble.HUB_SILENT: N_(
        "The hub has not answered; it is asked again by itself. Press again to go on with what is in hand."
    ),
    Trouble.ANOTHER_TERMINAL_STUCK: N_(
        "Another terminal holds the queue and does not answer. Look after it."
    ),
}
"""One sentence for each trouble; a test holds the two together."""


def trouble_sentence(error: StoreError) -> str:
    """What to tell the person in front of the screen."""
    facts = {"path": "hall.db", **error.facts}
    return _(SENTENCES[error.trouble]).format_map(facts)

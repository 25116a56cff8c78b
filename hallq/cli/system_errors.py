"""A file or folder that the system refuses, in words that say what to do."""

import errno
from pathlib import Path

from hallq.cli.exits import CommandError, Exit
from hallq.i18n import N_, _

_SYSTEM = {
    errno.EACCES: N_("you have no right to it. Ask for it, or choose another place."),
    errno.EPERM: N_("you have no right to it. Ask for it, or choose another place."),
    errno.EROFS: N_("nothing can be written there. Choose another folder."),
    errno.ENOENT: N_("there is no such file or folder."),
    errno.ENOTDIR: N_("a part of it is a file, not a folder. Choose another folder."),
    errno.EEXIST: N_("is a file, not a folder. Choose another folder."),
    errno.ENAMETOOLONG: N_("the name is too long. Choose another folder."),
    errno.ENOSPC: N_("the disk is full. Free some space."),
}


def system_sentence(error: OSError, path: object = None) -> str:
    """An error of the operating system about a file or folder, and what to do."""
    where = path or error.filename or _("this folder")
    known = _SYSTEM.get(error.errno or 0)
    detail = _(known) if known else _("the system says: {detail}").format(detail=error.strerror or error)
    return f"{where}: {detail}"


def not_the_file(error: OSError, path: Path | None) -> CommandError:
    """What ends a command whose file or folder cannot be read or written."""
    return CommandError(Exit.STORE, system_sentence(error, path))

"""The VIP directory that flows down: a part at each step, gathered aside and taken as a whole."""

from pathlib import Path

from hallq.logs import journal
from hallq.protocol.vips import VipLine, VipPart, raw
from hallq.store import StoreError, Trouble, vip_handed
from hallq.store.vip_file import Head
from hallq.store.vip_handed import Handed
from hallq.store.vip_keys import KEY_FILE
from hallq.sync.http_line import HttpLine


class VipsDown:
    """Takes the hub's directory; people are recognised by the one before until the new one is whole.

    Any other version is taken, an earlier one too: a hub that came back from a backup is right. A
    directory that lost its key here is begun anew.
    """

    def __init__(self, folder: Path, line: HttpLine) -> None:
        """`folder`: where the directory lies on this terminal."""
        self._folder = folder
        self._line = line
        self._here: int | None = None
        self._coming = (0, 0)
        self._after = ""
        self._trouble: Trouble | None = None

    def step(self, newest: int) -> bool:
        """Take one part; whether more are to come. `newest`: 0 where the hub has none. Raises LineError.

        A file that refuses is told once and holds nothing up: the next step tries again.
        """
        if newest == 0:
            return False
        try:
            more = newest != self._have() and self._take(self._asked(self._have()))
            self._trouble = None
        except (StoreError, ValueError) as error:
            trouble = error.trouble if isinstance(error, StoreError) else Trouble.DAMAGED
            if trouble is not self._trouble:
                journal().warning("vips-not-taken", trouble=trouble)
            self._coming, self._after, self._trouble = (0, 0), "", trouble
            return False
        return more

    def _have(self) -> int:
        """The version here; looked up again when the key went missing."""
        if self._here is None or not (self._folder / KEY_FILE).exists():
            try:
                self._here = vip_handed.version(self._folder)
            except StoreError as error:
                if error.trouble is not Trouble.KEY_LOST:
                    raise
                self._here = 0
        return self._here

    def _asked(self, here: int) -> VipPart:
        """The next part: of what changed since the version here, unless everybody is on the way already."""
        since = self._coming[1] if self._after else here
        return self._line.vips(here, self._after, since)

    def _take(self, part: VipPart) -> bool:
        if part.version in (0, self._here):
            return False
        if (part.version, part.since) != self._coming:  # it changed on the way: from the first customer on
            begins, self._after = not self._after, ""
            vip_handed.begin(self._folder)
            self._coming = (part.version, part.since)
            if not begins:
                return True
        vip_handed.gather(self._folder, (_handed(line) for line in part.lines), part.gone)
        if not part.is_last:
            self._after = max(*(line.reference for line in part.lines), *part.gone, "")
            return True
        vip_handed.swap(self._folder, Head(part.version, raw(part.hash_key)), part.since)
        self._here, self._coming, self._after = part.version, (0, 0), ""
        journal().info("vips-taken", version=part.version, since=part.since, gone=len(part.gone))
        return False

    def forget(self) -> None:
        """The hub does not know this terminal any more: nobody is recognised. Raises StoreError, OSError."""
        vip_handed.forget_handed(self._folder)
        self._here, self._coming, self._after = None, (0, 0), ""


def _handed(line: VipLine) -> Handed:
    return Handed(
        line.reference,
        line.tier.value,
        line.valid_until,
        line.manager,
        line.key_id,
        sealed=raw(line.sealed),
        key=raw(line.key),
        hashes=line.hashes,
    )

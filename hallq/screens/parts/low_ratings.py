"""Low ratings: told as they come, and their list."""

from hallq.domain.intents import SeeRating
from hallq.i18n import _
from hallq.screens.base import HallScreen
from hallq.screens.dialogs.choose import ChooseDialog, Entry
from hallq.screens.parts.part import Part
from hallq.wording.feedback import rating_note, rating_sentence


class LowRatings(Part):
    """Tells of each low rating once; they stay in the list until somebody has seen to them."""

    def __init__(self, screen: HallScreen) -> None:
        """Nothing was told yet."""
        super().__init__(screen)
        self._told: frozenset[str] | None = None

    def tell_new(self) -> None:
        """Tell of those that came since the last look, with the bell; earlier ones stand in the list."""
        ratings = self.state.low_ratings
        fresh = [] if self._told is None else [r for key, r in ratings.items() if key not in self._told]
        self._told = frozenset(ratings)
        for rating in fresh:
            self.host.notice(rating_sentence(rating), severity="warning")
        if fresh:
            self.screen.app.bell()

    def see(self, ticket_id: str) -> None:
        """It was seen to."""
        self.screen.perform(SeeRating(ticket_id=ticket_id))

    async def show(self) -> None:
        """The low ratings that wait for somebody; Enter says that one was seen to."""
        ratings = sorted(self.state.low_ratings.values(), key=lambda rating: rating.rated_ms, reverse=True)
        entries = [Entry(r.ticket_id, r.label, rating_note(r, self.state, self.config)) for r in ratings]
        question = _("Speak with the clerk, then choose it: it was seen to, and leaves the list.")
        chosen = await self.screen.answer_to(ChooseDialog(_("Low ratings"), entries, question))
        if chosen is not None:
            self.see(chosen)

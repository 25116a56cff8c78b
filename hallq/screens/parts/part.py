"""What every part of a screen has."""

from hallq.domain.config import HallConfig
from hallq.domain.state import HallState
from hallq.hall import Hall
from hallq.screens.base import HallScreen
from hallq.screens.host import HallHost


class Part:
    """One matter of a screen. It binds no keys: the screen says which of them lead here."""

    def __init__(self, screen: HallScreen) -> None:
        """Belongs to `screen` as long as that lives."""
        self.screen = screen

    @property
    def host(self) -> HallHost:
        """The app, as far as a screen may know it."""
        return self.screen.host

    @property
    def hall(self) -> Hall:
        """The hall."""
        return self.screen.hall

    @property
    def state(self) -> HallState:
        """The newest state seen."""
        return self.screen.state

    @property
    def config(self) -> HallConfig:
        """The hall's settings."""
        return self.screen.config

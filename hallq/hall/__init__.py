"""The hall: the only door for writes. Clock, chance and identity enter here."""

from hallq.hall.door import Hall
from hallq.hall.origin import random_incarnation
from hallq.hall.results import Actor, Done, Refused

__all__ = ["Actor", "Done", "Hall", "Refused", "random_incarnation"]

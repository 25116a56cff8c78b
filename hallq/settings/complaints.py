"""Categories of complaints whose deadlines contradict each other, and calendars that nobody has."""

from collections import Counter
from collections.abc import Iterator

from hallq.domain.config import HallConfig
from hallq.domain.working_days import is_known
from hallq.i18n import N_, Sentence
from hallq.settings.faults import fault_at


def complaint_faults(config: HallConfig) -> Iterator[Sentence]:
    """What cannot work."""
    categories = config.complaints.categories
    if not categories:
        yield fault_at("complaints.categories", N_("the list is empty; at least one entry is needed"))
    for code, times in Counter(category.code for category in categories).items():
        if times > 1:
            told = N_("{name} {value} is there {times} times; each may be there once")
            yield fault_at("complaints.categories", told, name="code", value=code, times=times)
    for category in categories:
        for what in ("answer", "settle"):
            if getattr(category, f"{what}_hours") and getattr(category, f"{what}_working_days"):
                told = N_("a deadline is in hours or in working days, not in both")
                yield fault_at(f'complaints.categories[code = "{category.code}"].{what}_hours', told)


def calendar_doubts(config: HallConfig) -> Iterator[Sentence]:
    """What is looked at on demand only: calendars take a moment to load."""
    rule = config.calendar
    if not is_known(rule.country):
        told = N_('there is no calendar of "{found}": only weekends are free. China is "CN"')
        yield fault_at("calendar.country", told, found=rule.country)
    for day in sorted(set(rule.holidays) & set(rule.working_days)):
        told = N_("{day} is also in calendar.holidays; it counts as worked")
        yield fault_at("calendar.working_days", told, day=day.isoformat())

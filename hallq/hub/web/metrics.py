"""Figures for whoever watches over the hub: requests, refusals, bells. No hall is named.

Several workers count into files of one folder (`PROMETHEUS_MULTIPROC_DIR`, made by `serving`),
so that any of them answers for all.
"""

import os

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
    multiprocess,
)

_METHODS = frozenset({"GET", "POST", "DELETE", "HEAD", "OPTIONS", "PUT", "PATCH"})
_SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
OTHER = "other"

CONTENT_TYPE = CONTENT_TYPE_LATEST


class Metrics:
    """The counters of one process."""

    def __init__(self) -> None:
        """A registry of its own: several services in one process do not mix."""
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "hallq_hub_requests",
            "Requests answered, by route, method and status.",
            ("route", "method", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "hallq_hub_request_seconds",
            "Time to the first byte of the answer, by route.",
            ("route",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self.bells = Gauge(
            "hallq_hub_bells",
            "Open doorbells.",
            registry=self._registry,
            multiprocess_mode="livesum",
        )

    def count(self, route: str, method: str, status: int, seconds: float) -> None:
        """One more answer; `route` is a template of ours, never what a client typed."""
        self._requests.labels(route, method if method in _METHODS else OTHER, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def text(self) -> bytes:
        """All figures in the text format of Prometheus."""
        if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
            return generate_latest(self._registry)
        together = CollectorRegistry()
        multiprocess.MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        return generate_latest(together)

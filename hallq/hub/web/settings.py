"""What the service needs to know beside its hub."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WebSettings:
    """`ca_pem`: the certificate that terminals pin at enrolment, empty when the hub has none of its own.

    `heartbeat_seconds`: the longest silence of a doorbell; then its caller is looked at again.
    `bell_gap_seconds`: rings that are closer are one ring, so that a busy hall does not ring all day.
    """

    ca_pem: str = ""
    heartbeat_seconds: float = 15.0
    bell_gap_seconds: float = 0.01

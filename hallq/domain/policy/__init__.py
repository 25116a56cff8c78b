"""Who is called next, and why: small pure functions with a total order.

`docs/policy.md` says each rule in words, with figures from recorded days.
"""

from hallq.domain.policy.call import Call
from hallq.domain.policy.choose import call_by_hand, next_call, upcoming
from hallq.domain.policy.reasons import CallRule, PassReason

__all__ = ["Call", "CallRule", "PassReason", "call_by_hand", "next_call", "upcoming"]

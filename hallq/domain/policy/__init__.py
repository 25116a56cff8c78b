"""Who is called next, and why: small pure functions with a total order.

`docs/policy.md` says each rule in words, with figures from recorded days.
"""

from hallq.domain.policy.call import Call, call_by_hand
from hallq.domain.policy.choose import next_call, upcoming

__all__ = ["Call", "call_by_hand", "next_call", "upcoming"]

"""The hub: one sequencer per hall on SQLite or PostgreSQL (`docs/protocol.md`)."""

from hallq.hub.desk import Hub
from hallq.hub.shapes import Caller, DeviceStatus, HallStatus, HubFault, Role

__all__ = ["Caller", "DeviceStatus", "HallStatus", "Hub", "HubFault", "Role"]

"""The VIP directory."""

"""Tests of the hub's service, each over a real socket."""

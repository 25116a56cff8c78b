"""The whole of a hall in one thread: terminals, hub, the line between, clocks and disks, by one seed."""

"""Lists of VIP customers as offices send them: CSV or Excel, row by row into entries."""

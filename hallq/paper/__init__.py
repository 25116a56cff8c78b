"""Paper: what is printed, how it becomes a receipt printer's bytes, and the thread that prints.

Whoever wants something printed makes a `Slip` and hands it to a `PrintDesk`; nobody waits
for a printer. The library that speaks with printers is loaded by that thread alone.
"""

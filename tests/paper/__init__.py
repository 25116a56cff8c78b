"""Paper: slips, their bytes, and the thread that prints, against a listener on a real port."""

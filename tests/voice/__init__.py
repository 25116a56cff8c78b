"""Voice: phrases, the programs that speak, and the thread that says one call after the other."""

"""Voice: what is said of a call, by which program, and the thread that says one after the other."""

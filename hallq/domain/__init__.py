"""The core: what a hall is, what may happen in it, who is called next and why.

Nothing here knows a clock, a file, a screen or a language. Times are whole
milliseconds on the hall's own clock (`at_ms`); words for people are made at the
edge from the codes given here.
"""

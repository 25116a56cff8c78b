"""The hub's face: an ASGI service over `Hub`. Routes parse, call one function, and answer.

`create_app` makes it, `serving` runs it. Nothing here decides anything about a hall.
"""

"""What breaks things on purpose: a bad network, a power cut, a database server, and a day of people."""

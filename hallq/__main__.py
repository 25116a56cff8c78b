"""`python -m hallq` is the command `hallq`."""

from hallq.cli import main

if __name__ == "__main__":
    main()

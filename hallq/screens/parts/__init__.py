"""Parts of screens: each is about one matter, and asks, tells and acts through the screen that has it."""

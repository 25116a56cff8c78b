"""The screens: they compose, bind keys and turn keys into intents; they decide nothing."""

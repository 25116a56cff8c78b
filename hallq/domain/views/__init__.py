"""Views: what a screen shows, as frozen values made from the state; codes, never words."""

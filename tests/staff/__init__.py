"""Staff: who may sit down, and what slows a prankster down."""

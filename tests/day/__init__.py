"""A whole working day, at the keyboards of real terminals."""

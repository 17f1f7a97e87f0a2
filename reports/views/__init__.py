"""Pages that need the whole house: the way in, a programme's home, its papers."""

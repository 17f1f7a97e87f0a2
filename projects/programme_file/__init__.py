"""The first floor's part of a programme's file."""

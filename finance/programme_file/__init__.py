"""The second floor's part of a programme's file."""

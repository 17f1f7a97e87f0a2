"""The ground floor's part of a programme's file, and the reading of such files."""

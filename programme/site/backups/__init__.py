"""A whole installation in one file, and back: the database, the files, and a manifest by which both
are held to what they were."""

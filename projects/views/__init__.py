"""Pages of the first floor, one module for each noun."""

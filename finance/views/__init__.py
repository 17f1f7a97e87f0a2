"""Pages of the second floor: years, lines, spend, split rules, grants, benefits."""

"""What the lessons import: checks, data and plots."""

"""Building blocks of networks in NumPy, for the lessons that come after the one in which the learner builds them.

Each docstring names that lesson.
"""

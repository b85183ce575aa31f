"""What an author runs: chapters and answers are read, built into notebooks, proved and timed.

`lesson` and `answers` read the two files of a lesson; `build` and `readme` make everything that is generated; `mutate`,
`prove` and `prove_all` try the checks; `times` measures how long a lesson runs.
"""

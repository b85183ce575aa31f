"""From a file to a score in the book: a learner's own notebooks, or a class's submissions.

`own` and `classwork` are the two ways in; `workers` has notebooks judged, here or on a cluster (`kernel` where they
cannot be locked in); `gradebook`, `record` and `feedback` are nbgrader's book and pages; `scores` and `status` show a
learner what was reached so far; `nbgrader_step` lets nbgrader's own autograde do the same.
"""

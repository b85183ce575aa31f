"""What the projects of course 3 share: a classifier that trains in a fraction of a second, and measured projects."""

"""What authors and instructors run: building, proving and grading the lessons."""

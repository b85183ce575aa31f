from course_tools.nbgrader_config import configure

c = get_config()
configure(c, __file__)

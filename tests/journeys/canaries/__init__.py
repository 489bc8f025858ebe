"""The canary journey: invented people whose names occur nowhere else are led through the program, and looked for after.

``planted`` holds who they are and how they are found in any spelling, ``steps`` the walk, ``office`` the served program
and its browsers, ``test_canaries`` the places where nobody may be found. A new area adds a step: a function in
``steps`` under ``@step`` that uses its screens, jobs and commands with values of ``planted``.
"""

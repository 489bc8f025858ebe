"""What the desk would argue about: how names and dates are read, and when two people are one. Plain Python."""

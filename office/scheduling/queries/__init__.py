"""Reading the schedule: a day, a week, the flow board, who is next."""

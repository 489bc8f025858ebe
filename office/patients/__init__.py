"""Who the patients are and how to reach them. Never holds clinical facts."""

"""Who did what to whom, appended and never changed. Never decides who may."""

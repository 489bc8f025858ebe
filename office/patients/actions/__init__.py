"""Every change to what the office knows of a patient, a file for each kind of thing."""

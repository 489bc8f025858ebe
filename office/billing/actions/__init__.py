"""Every change that billing makes, one file for each thing."""

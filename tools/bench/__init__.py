"""Figures: what the program does in time and memory. Each module here is an area with ``figures()``."""

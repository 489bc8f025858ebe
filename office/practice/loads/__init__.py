"""Loading the old system's tables: columns told, rows settled by their kind, whole loads taken back.

What a row means is its kind's business; the areas offer kinds through office/wiring.py.
"""

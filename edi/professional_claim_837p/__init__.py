"""The professional claim, 837P 005010X222A1 (X222A2 is read as well): its values, read and written."""

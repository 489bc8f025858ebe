"""Patients' own screens. Never shows another patient's."""

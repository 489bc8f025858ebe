"""Patients and insurance as the old system's tables have them."""

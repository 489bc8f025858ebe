"""What people type about a patient, read into values."""

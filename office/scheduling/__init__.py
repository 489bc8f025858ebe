"""Visits on providers' time, from booking to the door. Never speaks to the patient itself."""

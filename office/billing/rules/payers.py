"""What a claim must know of its payer: values alone."""

import re

#: The codes of 837P SBR09, as far as an office meets them; the words are ours.
FILING_INDICATORS = {
    "CI": "Commercial insurance",
    "BL": "Blue Cross Blue Shield",
    "12": "PPO",
    "13": "POS",
    "14": "EPO",
    "HM": "HMO",
    "MB": "Medicare Part B",
    "16": "Medicare Advantage HMO",
    "MC": "Medicaid",
    "CH": "TRICARE",
    "VA": "Veterans Affairs",
    "OF": "Other federal program",
    "FI": "Federal employees",
    "15": "Indemnity",
    "17": "Dental",
    "AM": "Auto medical",
    "LM": "Liability, medical",
    "WC": "Workers' compensation",
    "DS": "Disability",
    "TV": "Title V",
    "11": "Other, not federal",
    "ZZ": "Not known, mutually agreed",
}


def objection_to_payer_code(code: str) -> str | None:
    """Return why this cannot be a payer ID, or None."""
    if not re.fullmatch(r"[A-Za-z0-9-]{2,40}", code):
        return "A payer ID has letters and digits only, as the clearinghouse's payer list writes it."
    return None


def objection_to_timely_filing(days: int | None, source: str) -> str | None:
    """Return why this filing limit cannot be kept, or None: one that nobody can look up again is a rumor."""
    if days is not None and not 1 <= days <= 1_095:
        return "A filing limit is 1 to 1,095 days."
    if days is not None and not source.strip():
        return "Say where the limit is written: the contract, the payer's manual, the law."
    return None

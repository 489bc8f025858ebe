"""The languages that the office asks about, by their BCP 47 code."""

LANGUAGES = {
    "en": "English",
    "es": "Spanish",
    "zh": "Chinese",
    "vi": "Vietnamese",
    "tl": "Tagalog",
    "ar": "Arabic",
    "ko": "Korean",
    "ru": "Russian",
    "fr": "French",
    "ht": "Haitian Creole",
    "pt": "Portuguese",
    "ase": "American Sign Language",
    "und": "Another",
}


def language_name(code: str) -> str:
    """Return how the language is called; ``es-MX`` is Spanish, an unknown code stays as it is."""
    return LANGUAGES.get(code) or LANGUAGES.get(code.partition("-")[0], code)

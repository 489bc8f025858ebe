"""What languages are called on screen.

Codes are BCP 47 (RFC 5646); the choices are those most spoken at home in the United States (American Community
Survey, table B16001), and American Sign Language.
"""

from typing import Final

#: Name by code, in the order in which a form offers them.
LANGUAGES: Final = {
    "en": "English", "es": "Spanish", "zh": "Chinese", "yue": "Cantonese", "vi": "Vietnamese", "tl": "Tagalog",
    "ar": "Arabic", "ko": "Korean", "ru": "Russian", "uk": "Ukrainian", "fr": "French", "ht": "Haitian Creole",
    "pt": "Portuguese", "hi": "Hindi", "bn": "Bengali", "ur": "Urdu", "gu": "Gujarati", "pa": "Punjabi",
    "te": "Telugu", "ta": "Tamil", "ne": "Nepali", "de": "German", "it": "Italian", "pl": "Polish", "ja": "Japanese",
    "fa": "Persian", "prs": "Dari", "ps": "Pashto", "am": "Amharic", "so": "Somali", "sw": "Swahili", "hmn": "Hmong",
    "km": "Khmer", "th": "Thai", "lo": "Lao", "my": "Burmese", "he": "Hebrew", "yi": "Yiddish", "el": "Greek",
    "hy": "Armenian", "sq": "Albanian", "nv": "Navajo", "ase": "American Sign Language", "und": "Another",
}  # fmt: skip


def language_name(code: str) -> str:
    """Return how the language is called; ``es-MX`` is Spanish, an unknown code stays as it is."""
    return LANGUAGES.get(code.lower()) or LANGUAGES.get(code.lower().partition("-")[0], code)

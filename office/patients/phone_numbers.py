"""Telephone numbers as staff type them, read into E.164."""

import phonenumbers

REGION = "US"


class NotAPhoneNumber(ValueError):
    """The text is no telephone number; the message is a sentence for the person who typed it."""


def read_phone(text: str) -> str:
    """Return the number as E.164 (``+15035550139``). Raises NotAPhoneNumber.

    A number of the right length is taken even where no exchange of that name exists: an office knows numbers that the
    numbering plan's tables do not.
    """
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException as fault:
        raise NotAPhoneNumber("Type a phone number with its area code: (503) 555-0139.") from fault
    if number.extension or not phonenumbers.is_possible_number(number):
        raise NotAPhoneNumber("Type a phone number with its area code: (503) 555-0139.")
    if phonenumbers.is_possible_number_with_reason(number) == phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
        raise NotAPhoneNumber("The area code is missing: (503) 555-0139.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

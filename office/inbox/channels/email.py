"""E-mail: by the office's own SMTP server or its vendor's, encrypted on the way, its certificate checked."""

import smtplib
from email.utils import formataddr

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from office.core import secrets
from office.inbox.channels.letter import Letter
from office.inbox.models import Channel
from office.practice.queries import practice

SECONDS = 15


class NotTaken(Exception):
    """The server answered, and will not take it: the sentence says what to look at."""


def send(channel: Channel, letter: Letter) -> None:
    """Hand a letter to the server; raises NotTaken, OSError or smtplib.SMTPException."""
    office = practice()
    message = EmailMessage(
        letter.subject,
        letter.body,
        formataddr((office.name if office else "", channel.address)),
        [letter.to],
        headers={
            "Message-ID": f"<{letter.key}@{channel.address.partition('@')[2]}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    server = EmailBackend(
        host=channel.host,
        port=channel.port,
        username=channel.user,
        password=secrets.unseal(bytes(channel.sealed), row=channel.row).decode() if channel.sealed else "",
        use_tls=channel.security == Channel.Security.STARTTLS,
        use_ssl=channel.security == Channel.Security.TLS,
        timeout=SECONDS,
    )
    try:
        server.send_messages([message])
    except smtplib.SMTPAuthenticationError as fault:
        raise NotTaken("The mail server does not take this user and password.") from fault
    except smtplib.SMTPNotSupportedError as fault:
        raise NotTaken("The mail server offers no encryption or no sign-in on this port.") from fault
    except smtplib.SMTPRecipientsRefused as fault:
        raise NotTaken("The mail server does not take mail for this address.") from fault
    except smtplib.SMTPSenderRefused as fault:
        raise NotTaken("The mail server does not take mail from the office\u2019s address.") from fault
    finally:
        server.close()  # Django leaves a connection open whose beginning failed


def what_went_wrong(fault: Exception) -> str:
    """Return a sentence for the person who tries the server, naming nothing of what was sent."""
    if isinstance(fault, NotTaken):
        return str(fault)
    if type(fault).__name__ == "SSLCertVerificationError":
        return "The mail server\u2019s certificate is not one that this machine trusts."
    if isinstance(fault, TimeoutError):
        return f"The mail server did not answer within {SECONDS} seconds. Check host and port."
    if isinstance(fault, OSError) and not isinstance(fault, smtplib.SMTPException):
        return "The mail server could not be reached. Check host, port and encryption."
    return "The mail server broke off. Check port and encryption."

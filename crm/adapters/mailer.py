"""Hands mail to the mail server and says honestly what became of it."""

import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from enum import StrEnum
from typing import Protocol

from crm.domain.reminders import KEPT_INSIDE

TIMEOUT_S = 20.0
ANSWER_TIMEOUT_S = 90.0
GO_AHEAD = 354
NOT_SENT = (smtplib.SMTPException, OSError, UnicodeError)


class Verdict(StrEnum):
    """What became of a mail: taken, to be tried later, refused for good, or nobody knows."""

    ACCEPTED = "accepted"
    LATER = "later"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Result:
    """answer is the server's own line, or what went wrong on the way."""

    verdict: Verdict
    answer: str


class Unreachable(Exception):
    """The mail server does not answer or does not let us in; no mail has left."""


class Unwritable(ValueError):
    """A mail to this address, or with these headers, cannot be written."""


class Mailer(Protocol):
    def open(self) -> None:
        """Be ready to send; raises Unreachable."""

    def send(self, message: EmailMessage) -> Result: ...

    def close(self) -> None: ...


def compose(
    *,
    sender: str,
    recipient_name: str,
    recipient: str,
    subject: str,
    text: str,
    html: str,
    headers: dict[str, str],
    sent_at: datetime,
) -> EmailMessage:
    """A mail in plain text and HTML. Line breaks in names and subjects become blanks, so nothing
    that people write can add a header; raises Unwritable for an address that is none."""
    message = EmailMessage(policy=policy.SMTP)
    try:
        message["From"] = _address(*parseaddr(sender))
        message["To"] = _address(recipient_name, recipient)
        message["Subject"] = _one_line(subject)
        message["Date"] = format_datetime(sent_at)
        for name, value in headers.items():
            message[name] = _one_line(value)
    except (ValueError, IndexError, MessageError) as error:
        raise Unwritable(str(error)) from error
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    return message


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _address(name: str, address: str) -> Address:
    if not address.isascii() or "@" not in address:
        raise Unwritable(f"{address!r} is not an e-mail address the mail server can take")
    return Address(display_name=_one_line(name), addr_spec=address)


class KeptInside:
    """The demo's mailer: nothing leaves, the outbox shows the mail."""

    def open(self) -> None:
        return

    def send(self, message: EmailMessage) -> Result:
        return Result(Verdict.ACCEPTED, KEPT_INSIDE)

    def close(self) -> None:
        return


@dataclass
class SmtpMailer:
    """One connection to the mail server, kept from mail to mail."""

    host: str
    port: int = 587
    user: str | None = None
    password: str | None = None
    security: str = "starttls"
    timeout_s: float = TIMEOUT_S
    answer_timeout_s: float = ANSWER_TIMEOUT_S
    _smtp: smtplib.SMTP | None = None

    def open(self) -> None:
        """Connect, secure and sign in, unless the connection still answers."""
        if self._smtp is not None and self._answers(self._smtp):
            return
        self.close()
        try:
            self._smtp = self._connect()
        except NOT_SENT as error:
            raise Unreachable(_words(error)) from error

    def _connect(self) -> smtplib.SMTP:
        if self.security == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=self.timeout_s, context=ssl.create_default_context()
            )
        else:
            smtp = smtplib.SMTP(self.host, self.port, timeout=self.timeout_s)
        try:
            self._let_in(smtp)
        except NOT_SENT:
            smtp.close()
            raise
        return smtp

    def _let_in(self, smtp: smtplib.SMTP) -> None:
        smtp.ehlo_or_helo_if_needed()
        if self.security == "starttls":
            smtp.starttls(context=ssl.create_default_context())
            smtp.ehlo_or_helo_if_needed()
        if self.user:
            smtp.login(self.user, self.password or "")

    @staticmethod
    def _answers(smtp: smtplib.SMTP) -> bool:
        try:
            return smtp.rset()[0] == 250
        except NOT_SENT:
            return False

    def send(self, message: EmailMessage) -> Result:
        """Call open() first. Before the server says "go ahead" a broken connection means that the
        mail was not taken; after it, that nobody knows."""
        smtp = self._smtp
        if smtp is None:
            return Result(Verdict.LATER, "not connected")
        try:
            refused = self._offer(smtp, message)
        except NOT_SENT as error:
            self.close()
            return Result(Verdict.LATER, _words(error))
        return refused or self._hand_over(smtp, message)

    def _offer(self, smtp: smtplib.SMTP, message: EmailMessage) -> Result | None:
        """Sender, receiver and DATA; None when the server says go ahead."""
        sender, receiver = _bare(message["From"]), _bare(message["To"])
        code, answer = smtp.mail(sender)
        if code != 250:
            return Result(Verdict.LATER, _line(code, answer))
        code, answer = smtp.rcpt(receiver)
        if code not in (250, 251):
            return _refusal(code, answer)
        code, answer = smtp.docmd("DATA")
        return None if code == GO_AHEAD else _refusal(code, answer)

    def _hand_over(self, smtp: smtplib.SMTP, message: EmailMessage) -> Result:
        try:
            if smtp.sock is not None:
                smtp.sock.settimeout(self.answer_timeout_s)
            smtp.send(_on_the_wire(message))
            code, answer = smtp.getreply()
            if smtp.sock is not None:
                smtp.sock.settimeout(self.timeout_s)
        except NOT_SENT as error:
            self.close()
            return Result(Verdict.UNKNOWN, _words(error))
        accepted = code == 250
        return Result(Verdict.ACCEPTED, _line(code, answer)) if accepted else _refusal(code, answer)

    def close(self) -> None:
        if self._smtp is None:
            return
        smtp, self._smtp = self._smtp, None
        try:
            smtp.quit()
        except NOT_SENT:
            smtp.close()


def _bare(header: object) -> str:
    return str(header.addresses[0].addr_spec)  # type: ignore[attr-defined]


def _on_the_wire(message: EmailMessage) -> bytes:
    """The message with every leading dot doubled and the closing dot."""
    lines = message.as_bytes().replace(b"\r\n.", b"\r\n..")
    return lines + (b"" if lines.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def _refusal(code: int, answer: bytes) -> Result:
    """5xx is for good; anything else (4xx, 421 in the middle) may be tried again."""
    verdict = Verdict.REFUSED if 500 <= code < 600 else Verdict.LATER
    return Result(verdict, _line(code, answer))


def _line(code: int, answer: bytes) -> str:
    return f"{code} {answer.decode('utf-8', 'replace')}".replace("\n", " ")


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        return _line(error.smtp_code, text if isinstance(text, bytes) else str(text).encode())
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__

"""The mailer against real servers: what each answer, and each silence, is taken for."""

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from crm.adapters.mailer import SmtpMailer, Unreachable, Unwritable, Verdict, compose
from tests.fixtures.databases import missing
from tests.fixtures.mail import MailServer
from tests.make import NOW

TEXT = "Hei Aino\n\n.piste rivin alussa\nÄäkkösiä: åäö\n"


def mail(**given: str) -> EmailMessage:
    words = {
        "sender": "Seutu <seutu@seutu.example>",
        "recipient_name": "Aino Virtanen",
        "recipient": "aino@seutu.example",
        "subject": "3 asiaa tänään",
        "text": TEXT,
        "html": "<p>Hei</p>",
    }
    return compose(**(words | given), headers={"X-Seutu-Occurrence": "d:1"}, sent_at=NOW)


def mailer(server: MailServer, **given: object) -> SmtpMailer:
    settings = {"security": "none", "timeout_s": 2.0, "answer_timeout_s": 2.0} | given
    return SmtpMailer(host=server.host, port=server.port, **settings)  # type: ignore[arg-type]


@contextmanager
def open_mailer(server: MailServer, **given: object) -> Iterator[SmtpMailer]:
    opened = mailer(server, **given)
    opened.open()
    yield opened
    opened.close()


@contextmanager
def scripted(*answers: str | None) -> Iterator[MailServer]:
    """A server that gives these answers in turn; None ends the connection, "…" says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=_play, args=(listening, answers), daemon=True)
        thread.start()
        yield MailServer(port=listening.getsockname()[1])


def _play(listening: socket.socket, answers: tuple[str | None, ...]) -> None:
    connection, _ = listening.accept()
    with connection, connection.makefile("rb") as lines:
        for answer in answers:
            if answer is None:
                return
            if answer != "…":
                connection.sendall(f"{answer}\r\n".encode())
            line = lines.readline()
            while answer.startswith("354") and line not in (b".\r\n", b""):
                line = lines.readline()
        lines.read()


READY = ("220 ready", "250 hello")


def test_an_accepted_mail_arrives_whole(mail_server: MailServer):
    with open_mailer(mail_server) as opened:
        result = opened.send(mail())

    assert (result.verdict, result.answer) == (Verdict.ACCEPTED, "250 2.0.0 Kept")
    [arrived] = mail_server.messages
    assert arrived["Subject"] == "3 asiaa tänään"
    assert arrived["To"] == "Aino Virtanen <aino@seutu.example>"
    assert arrived["Date"] == "Tue, 24 Nov 2026 08:00:00 +0000"
    assert arrived.get_content_type() == "multipart/alternative"
    assert arrived.get_body(("plain",)).get_content().replace("\r\n", "\n") == TEXT


def test_one_connection_carries_many_mails(mail_server: MailServer):
    with open_mailer(mail_server) as opened:
        for number in range(5):
            opened.open()
            assert opened.send(mail(subject=str(number))).verdict is Verdict.ACCEPTED

    assert [arrived["Subject"] for arrived in mail_server.messages] == list("01234")
    assert len({id(kept) for kept in mail_server.envelopes}) == 5


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("451 4.3.0 Try again later", Verdict.LATER),
        ("452 4.2.2 Mailbox full", Verdict.LATER),
        ("550 5.1.1 No such person", Verdict.REFUSED),
        ("552 5.2.2 Mailbox full", Verdict.REFUSED),
    ],
)
def test_a_refusal_is_for_now_or_for_good_at_the_receiver_and_at_the_text(
    mail_server: MailServer, answer: str, verdict: Verdict
):
    mail_server.recipients["aino@seutu.example"] = answer
    with open_mailer(mail_server) as opened:
        at_receiver = opened.send(mail())
    mail_server.recipients.clear()
    mail_server.after_data = answer
    with open_mailer(mail_server) as opened:
        at_text = opened.send(mail())

    assert (at_receiver.verdict, at_receiver.answer) == (verdict, answer)
    assert (at_text.verdict, at_text.answer) == (verdict, answer)


def test_the_next_mail_goes_through_after_a_refused_one(mail_server: MailServer):
    mail_server.recipients["aino@seutu.example"] = "550 5.1.1 No such person"
    with open_mailer(mail_server) as opened:
        opened.send(mail())
        opened.open()
        assert opened.send(mail(recipient="daavid@seutu.example")).verdict is Verdict.ACCEPTED


def test_a_cut_after_the_text_is_unknown(mail_server: MailServer):
    mail_server.cut_after_data = True
    with open_mailer(mail_server) as opened:
        assert opened.send(mail()).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ((*READY, None), Verdict.LATER),
        ((*READY, "…"), Verdict.LATER),
        ((*READY, "421 closing"), Verdict.LATER),
        ((*READY, "550 sender unknown"), Verdict.LATER),
        ((*READY, "250 ok", None), Verdict.LATER),
        ((*READY, "250 ok", "250 ok", None), Verdict.LATER),
        ((*READY, "250 ok", "250 ok", "451 later"), Verdict.LATER),
        ((*READY, "250 ok", "250 ok", "554 no"), Verdict.REFUSED),
        ((*READY, "250 ok", "250 ok", "354 go", None), Verdict.UNKNOWN),
        ((*READY, "250 ok", "250 ok", "354 go", "…"), Verdict.UNKNOWN),
        ((*READY, "250 ok", "250 ok", "354 go", "250 ok"), Verdict.ACCEPTED),
    ],
)
def test_doubt_begins_with_the_servers_go_ahead_and_not_before(
    answers: tuple[str | None, ...], verdict: Verdict
):
    with scripted(*answers) as server:
        opened = mailer(server, timeout_s=0.5, answer_timeout_s=0.5)
        opened.open()
        assert opened.send(mail()).verdict is verdict


def test_a_connection_the_server_has_closed_is_made_anew(mail_server: MailServer):
    with open_mailer(mail_server) as opened:
        opened.send(mail())
        assert opened._smtp is not None
        opened._smtp.sock.shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]
        opened.open()
        assert opened.send(mail()).verdict is Verdict.ACCEPTED


@pytest.mark.parametrize("answers", [(None,), ("…",), ("554 go away",), ("220 ready", None)])
def test_a_server_that_does_not_let_us_in_is_unreachable(answers: tuple[str | None, ...]):
    with scripted(*answers) as server, pytest.raises(Unreachable):
        mailer(server, timeout_s=0.5).open()


def test_a_closed_port_and_an_unknown_host_are_unreachable():
    for host in ("127.0.0.1", "no-such-host.invalid", "a..b"):
        with pytest.raises(Unreachable):
            SmtpMailer(host=host, port=1, timeout_s=2).open()


def test_signing_in_with_the_right_and_the_wrong_password(mail_server: MailServer):
    mail_server.user, mail_server.password = "seutu", "right"

    with open_mailer(mail_server, user="seutu", password="right") as opened:
        assert opened.send(mail()).verdict is Verdict.ACCEPTED
    with pytest.raises(Unreachable, match="535"):
        mailer(mail_server, user="seutu", password="wrong").open()


def test_a_server_without_starttls_gets_neither_password_nor_mail(mail_server: MailServer):
    mail_server.user, mail_server.password = "seutu", "right"

    with pytest.raises(Unreachable, match="STARTTLS"):
        mailer(mail_server, security="starttls", user="seutu", password="right").open()
    assert mail_server.envelopes == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for localhost that nobody trusts yet, with its key in the same file."""
    openssl = shutil.which("openssl")
    if openssl is None:
        missing("openssl is not on this machine")
    folder = tmp_path_factory.mktemp("tls")
    key, file = folder / "key.pem", folder / "localhost.pem"
    order = (
        f"{openssl} req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost "
        f"-addext subjectAltName=DNS:localhost -keyout {key} -out {file}"
    )
    subprocess.run(order.split(), check=True, capture_output=True)
    file.write_text(file.read_text() + key.read_text())
    return file


@pytest.fixture(params=["starttls", "tls"])
def secure_server(request: pytest.FixtureRequest, certificate: Path) -> Iterator[MailServer]:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    server = MailServer(host="localhost")
    with socket.create_server(("127.0.0.1", 0)) as free:
        server.port = free.getsockname()[1]
    secured = {"ssl_context": context} if request.param == "tls" else {"tls_context": context}
    controller = Controller(server, hostname="127.0.0.1", port=server.port, **secured)
    controller.start()
    server.user = request.param
    yield server
    controller.stop(no_assert=True)


def test_mail_travels_encrypted_to_a_server_with_a_trusted_certificate(
    secure_server: MailServer, certificate: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with open_mailer(secure_server, security=secure_server.user) as opened:
        assert opened.send(mail()).verdict is Verdict.ACCEPTED
    assert len(secure_server.messages) == 1


def test_a_server_with_an_unknown_certificate_gets_no_mail(secure_server: MailServer):
    with pytest.raises(Unreachable, match=r"(?i)certificate"):
        mailer(secure_server, security=secure_server.user).open()
    assert secure_server.messages == []


HOSTILE = ("Aino\r\nBcc: x@x.example", "Aino\nX-Bad: 1", "Aino\r\n\r\nbody", "A\0B\x85C\u2028D")


@pytest.mark.parametrize("text", HOSTILE)
def test_line_breaks_in_what_people_write_add_no_header(mail_server: MailServer, text: str):
    with open_mailer(mail_server) as opened:
        opened.send(mail(recipient_name=text, subject=text))

    [envelope], [arrived] = mail_server.envelopes, mail_server.messages
    assert envelope.rcpt_tos == ["aino@seutu.example"]
    assert set(arrived.keys()) == set(mail().keys())


@pytest.mark.parametrize(
    "address",
    ["", "aino", "ainö@seutu.example", "a@b.example\r\nBcc: c@d.example", "a b@c.example", "@"],
)
def test_an_address_that_is_none_is_refused_before_anything_leaves(address: str):
    with pytest.raises(Unwritable):
        mail(recipient=address)

import contextlib

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st

from crm.domain.company_fields import CompanyField, parse_email, parse_field
from crm.domain.errors import Invalid


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (CompanyField.NAME, "  Kuusen   Konepaja Oy ", "Kuusen Konepaja Oy"),
        (CompanyField.BUSINESS_ID, "91000005", "9100000-5"),
        (CompanyField.BUSINESS_ID, "FI91000005", "9100000-5"),
        (CompanyField.TURNOVER, "14 200 000", 14_200_000),
        (CompanyField.STAFF, "0", 0),
        (CompanyField.PHONE, "(02) 123 4567", "+35821234567"),
        (CompanyField.WEBSITE, "HTTP://kuusi.fi/etusivu", "http://kuusi.fi/etusivu"),
        (CompanyField.WEBSITE, "åbo.fi", "https://åbo.fi"),
        (CompanyField.INDUSTRY, "25.110", "25110"),
        (CompanyField.EMAIL, "", None),
        (CompanyField.EMAIL, "Matti.Salo@KUUSI.FI", "Matti.Salo@kuusi.fi"),
        (CompanyField.EMAIL, "info@räisänen.fi", "info@räisänen.fi"),
    ],
)
def test_typed_text_becomes_the_value_meant(field, typed, value):
    assert parse_field(field, typed) == value


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        (CompanyField.NAME, ""),
        (CompanyField.BUSINESS_ID, "9100000-4"),
        (CompanyField.TURNOVER, "paljon"),
        (CompanyField.TURNOVER, "9" * 14),
        (CompanyField.STAFF, "-1"),
        (CompanyField.PHONE, "112 soita"),
        (CompanyField.WEBSITE, "javascript:alert(1)"),
        (CompanyField.WEBSITE, "kuusi"),
        (CompanyField.EMAIL, "a@b@c.fi"),
        (CompanyField.EMAIL, "kuusi.fi"),
        (CompanyField.EMAIL, "info@kuusi"),
        (CompanyField.EMAIL, "matti..salo@kuusi.fi"),
        (CompanyField.DESCRIPTION, "a" * 5001),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_field(field, typed):
    with pytest.raises(Invalid) as refusal:
        parse_field(field, typed)
    assert refusal.value.field in {field, field.value}


@given(st.sampled_from(CompanyField), st.text(max_size=300))
def test_no_text_makes_a_field_crash(field, text):
    with contextlib.suppress(Invalid):
        parse_field(field, text)


@given(st.emails() | st.from_regex(r"[a-z.+-]{1,8}@[a-z.-]{1,10}", fullmatch=True))
def test_an_email_is_read_as_the_whole_check_reads_it(text):
    try:
        whole = validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        whole = None
    try:
        assert parse_email(text) == whole
    except Invalid:
        assert whole is None

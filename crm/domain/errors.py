"""Refusals: what a rule or an action says no to. Codes here, their words in crm.labels."""

from enum import StrEnum
from typing import Any


class Reason(StrEnum):
    REQUIRED = "required"
    TOO_LONG = "too_long"
    NOT_A_DATE = "not_a_date"
    DATE_IN_FUTURE = "date_in_future"
    DATE_IN_PAST = "date_in_past"
    CHANGED_SINCE = "changed_since"
    ALREADY_KNOWN = "already_known"
    ALREADY_DONE = "already_done"
    BUSINESS_ID_FORM = "business_id_form"
    BUSINESS_ID_CHECK_DIGIT = "business_id_check_digit"
    NOT_AN_EMAIL = "not_an_email"
    NOT_A_PHONE = "not_a_phone"
    NOT_A_WEBSITE = "not_a_website"
    NOT_A_NUMBER = "not_a_number"
    UNKNOWN_CHOICE = "unknown_choice"
    PASSWORD_TOO_SHORT = "password_too_short"
    PASSWORD_TOO_LONG = "password_too_long"
    PASSWORD_GUESSABLE = "password_guessable"
    WRONG_SIGN_IN = "wrong_sign_in"
    TOO_MANY_SIGN_INS = "too_many_sign_ins"
    UNDO_TOO_LATE = "undo_too_late"
    OUT_OF_RANGE = "out_of_range"
    EMAIL_TAKEN = "email_taken"
    OWN_ACCOUNT = "own_account"
    WRONG_PASSWORD = "wrong_password"
    ROLE_WITHOUT_TOWN = "role_without_town"
    UNKNOWN_TOWN = "unknown_town"
    FILE_EMPTY = "file_empty"
    FILE_TOO_LARGE = "file_too_large"
    FILE_TOO_HEAVY = "file_too_heavy"
    FILE_NOT_TEXT = "file_not_text"
    FILE_UNREADABLE = "file_unreadable"
    FILE_OLD_EXCEL = "file_old_excel"
    FILE_ENCODING = "file_encoding"
    FILE_QUOTES = "file_quotes"
    REGISTER_ERROR = "register_error"
    FOREIGN_VAT = "foreign_vat"
    FILE_KIND_UNKNOWN = "file_kind_unknown"
    FILE_NOT_REGISTER = "file_not_register"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    TOO_MANY_CELLS = "too_many_cells"
    CELL_TOO_LONG = "cell_too_long"
    NO_ROWS = "no_rows"
    NO_NAME_COLUMN = "no_name_column"
    DUPLICATE_HEADING = "duplicate_heading"
    COLUMN_UNKNOWN = "column_unknown"
    ROW_REPEATED = "row_repeated"
    BUSINESS_ID_REPEATED = "business_id_repeated"
    NAME_MISSING = "name_missing"
    COLUMN_MISSING = "column_missing"
    UNKNOWN_MUNICIPALITY = "unknown_municipality"
    UNKNOWN_POSTCODE = "unknown_postcode"
    UNKNOWN_INDUSTRY = "unknown_industry"
    NUMBER_NEGATIVE = "number_negative"
    NOT_A_YEAR = "not_a_year"
    AMBIGUOUS_COMPANY = "ambiguous_company"
    ALREADY_APPLIED = "already_applied"
    NOT_APPLIED = "not_applied"
    ALREADY_UNDONE = "already_undone"
    SAME_FILE = "same_file"
    MATCHED_BY_NAME = "matched_by_name"
    POSSIBLE_DUPLICATE = "possible_duplicate"
    MATCHED_BY_HAND = "matched_by_hand"
    COMPANY_IN_ROW = "company_in_row"
    IMPORT_STOPPED = "import_stopped"
    IMPORT_CHANGED_SINCE = "import_changed_since"
    SAME_COMPANY = "same_company"
    MERGED_SINCE = "merged_since"
    MERGE_ASK_TOWNS = "merge_ask_towns"
    MERGE_UNDO_TOO_LATE = "merge_undo_too_late"
    MERGED_ON = "merged_on"
    MERGE_ROWS_MOVED = "merge_rows_moved"
    BUSINESS_ID_MERGED = "business_id_merged"


class Refusal(Exception):
    """Something was asked that cannot be done; nothing was changed."""


class Invalid(Refusal):
    """A value cannot be taken. details fill the placeholders of the reason's sentence."""

    def __init__(self, field: str, reason: Reason, **details: Any) -> None:
        super().__init__(field, reason, details)
        self.field = field
        self.reason = reason
        self.details = details


class Conflict(Invalid):
    """Somebody else changed the same thing first."""


class NotAllowed(Refusal):
    """The actor lacks right in this town (in any town, when none is named)."""

    def __init__(self, right: str, town_code: str | None = None) -> None:
        super().__init__(right, town_code)
        self.right = right
        self.town_code = town_code

"""The words for every refusal: what is wrong and what to do next."""

from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from crm.domain.errors import Conflict, Invalid, Reason
from crm.domain.imports.records import Column
from crm.labels.duplicates import reasons_in_a_row
from crm.labels.values import label

REFUSALS: dict[Reason, LazyString] = {
    Reason.REQUIRED: _l("Fill in this field."),
    Reason.TOO_LONG: _l("This is too long. Shorten it to %(most)s letters."),
    Reason.NOT_A_DATE: _l("This is not a day. Write it as 27.11. or 27.11.2026."),
    Reason.DATE_IN_FUTURE: _l("The day is still to come. Choose today or an earlier day."),
    Reason.DATE_IN_PAST: _l("The day has passed. Choose today or a later day."),
    Reason.CHANGED_SINCE: _l(
        "Somebody changed this while you were writing. Open the page again, look at the change, "
        "and then save yours."
    ),
    Reason.ALREADY_KNOWN: _l(
        "This Business ID belongs to %(company)s. Open that company instead of adding a new one."
    ),
    Reason.ALREADY_DONE: _l("This task is closed already. Open the list again."),
    Reason.BUSINESS_ID_FORM: _l("A Business ID has the form 1234567-8. Check the digits."),
    Reason.BUSINESS_ID_CHECK_DIGIT: _l(
        "The last digit of the Business ID does not fit the others. Check the number."
    ),
    Reason.NOT_AN_EMAIL: _l("This is not an e-mail address. Write it as name@example.fi."),
    Reason.NOT_A_PHONE: _l("This is not a phone number. Write it as 040 123 4567."),
    Reason.NOT_A_WEBSITE: _l("This is not a web address. Write it as www.example.fi."),
    Reason.NOT_A_NUMBER: _l("Write a whole number, zero or more."),
    Reason.OUT_OF_RANGE: _l("Choose a number from %(least)s to %(most)s."),
    Reason.UNKNOWN_CHOICE: _l("Choose one of the choices."),
    Reason.PASSWORD_TOO_SHORT: _l(
        "Use at least %(shortest)s letters. A sentence that only you know is easy to remember."
    ),
    Reason.PASSWORD_TOO_LONG: _l("Use at most %(longest)s letters."),
    Reason.PASSWORD_GUESSABLE: _l("This password is easy to guess. Choose another sentence."),
    Reason.WRONG_SIGN_IN: _l("The e-mail or the password is wrong. Try again."),
    Reason.TOO_MANY_SIGN_INS: _l("Too many tries. Wait %(minutes)s minutes, then try again."),
    Reason.WRONG_PASSWORD: _l("This is not your current password. Try again."),
    Reason.UNDO_TOO_LATE: _l("This can no longer be taken back. Change it by hand."),
    Reason.EMAIL_TAKEN: _l("Somebody has an account with this e-mail already."),
    Reason.OWN_ACCOUNT: _l("You cannot close your own account. Ask another administrator."),
    Reason.ROLE_WITHOUT_TOWN: _l("This role is for the whole network. Leave the town empty."),
    Reason.UNKNOWN_TOWN: _l("There is no town with the code %(town)s. Add the town first."),
    Reason.FILE_EMPTY: _l("The file is empty. Choose the file with the companies in it."),
    Reason.FILE_TOO_LARGE: _l("The file is larger than %(most)s MB. Split it in two."),
    Reason.FILE_TOO_HEAVY: _l(
        "The file unpacks to more than can be read safely. Save only the list itself in a new "
        "file, and import that."
    ),
    Reason.FILE_NOT_TEXT: _l(
        "This is not a CSV file, whatever its name says. Open it in the program that made it and "
        "save it as Excel (.xlsx) or CSV."
    ),
    Reason.FILE_UNREADABLE: _l(
        "The file cannot be read: it is damaged or protected. Open it in Excel and save it again "
        "as .xlsx without a password."
    ),
    Reason.FILE_OLD_EXCEL: _l(
        "This is an old Excel file (.xls), or one with a password. Open it in Excel and save it as "
        ".xlsx without a password."
    ),
    Reason.FILE_ENCODING: _l(
        "The letters of the file cannot be read. In Excel, save it as “CSV UTF-8” or as .xlsx."
    ),
    Reason.FILE_QUOTES: _l(
        "A quotation mark near row %(row)s has no pair, so rows would be lost. Correct that row, "
        "or save the list in Excel as .xlsx."
    ),
    Reason.REGISTER_ERROR: _l(
        "The register answered with an error instead of companies: “%(said)s”. Fetch the companies "
        "again and save the new answer."
    ),
    Reason.FOREIGN_VAT: _l(
        "“%(text)s” is a foreign VAT number. The company is taken in without a Business ID."
    ),
    Reason.FILE_KIND_UNKNOWN: _l(
        "Choose an Excel file (.xlsx), a CSV file, or JSON of the register."
    ),
    Reason.FILE_NOT_REGISTER: _l(
        "This JSON is not an answer of the PRH register with companies in it. Fetch the companies "
        "again and save the whole answer."
    ),
    Reason.TOO_MANY_ROWS: _l("The file has more than %(most)s rows. Split it into smaller files."),
    Reason.TOO_MANY_COLUMNS: _l(
        "A row has more than %(most)s columns. Delete the columns you do not need."
    ),
    Reason.TOO_MANY_CELLS: _l(
        "The sheet is too large: more than %(most)s cells. Save only the list in a new file."
    ),
    Reason.CELL_TOO_LONG: _l(
        "A cell has more than %(most)s letters. Shorten it, or leave its column out of the file."
    ),
    Reason.NO_ROWS: _l("There are no companies in the file. Choose another file."),
    Reason.NO_NAME_COLUMN: _l("Choose which column holds the company's name."),
    Reason.DUPLICATE_HEADING: _l("Two columns have this heading. Give one of them another name."),
    Reason.COLUMN_UNKNOWN: _l("Two columns mean the same. Leave one of them out."),
    Reason.ROW_REPEATED: _l("The same row is in the file twice. Delete one of them."),
    Reason.BUSINESS_ID_REPEATED: _l(
        "Row %(row)s has the same Business ID. Delete one of the two rows or correct the number."
    ),
    Reason.NAME_MISSING: _l("The name is missing. Write the company's name in this row."),
    Reason.COLUMN_MISSING: _l(
        "The file has no column “%(column)s”. Name the column so in its first row."
    ),
    Reason.UNKNOWN_MUNICIPALITY: _l(
        "“%(text)s” is not a Finnish municipality. The address is kept as it is."
    ),
    Reason.UNKNOWN_POSTCODE: _l("“%(text)s” is not a Finnish postal code. Check the five digits."),
    Reason.UNKNOWN_INDUSTRY: _l(
        "“%(text)s” is not an industry of the TOL list. Write the code, for example 25110."
    ),
    Reason.NUMBER_NEGATIVE: _l("“%(text)s” is less than zero. Check the number; it was left out."),
    Reason.NOT_A_YEAR: _l("“%(text)s” is not a year. Write it with four digits."),
    Reason.AMBIGUOUS_COMPANY: _l(
        "The town knows two companies called %(name)s. Write the Business ID in this row, so that "
        "it is clear which one is meant."
    ),
    Reason.ALREADY_APPLIED: _l(
        "This import was taken in already. Open it again to see the result."
    ),
    Reason.NOT_APPLIED: _l("This import was never taken in, so there is nothing to take back."),
    Reason.ALREADY_UNDONE: _l("This import was taken back already."),
    Reason.SAME_FILE: _l("This very file was taken in before."),
    Reason.MATCHED_BY_NAME: _l("Recognised by its name: %(company)s."),
    Reason.POSSIBLE_DUPLICATE: _l(
        "Perhaps the same as %(company)s, Business ID %(business_id)s: %(why)s."
    ),
    Reason.MATCHED_BY_HAND: _l("Chosen: %(company)s, Business ID %(business_id)s."),
    Reason.COMPANY_IN_ROW: _l(
        "Row %(row)s of this file is %(company)s already. Keep this row as a new company, or leave "
        "one of the two out of the file."
    ),
    Reason.IMPORT_STOPPED: _l(
        "The work stopped half-way and nothing was taken in. Try again; if it stops again, tell "
        "your administrator."
    ),
    Reason.IMPORT_CHANGED_SINCE: _l(
        "Somebody changed these companies after the preview was made, so nothing was taken in. "
        "Make the preview again and look at it."
    ),
    Reason.SAME_COMPANY: _l("These are one and the same already. Choose another one."),
    Reason.MERGED_SINCE: _l(
        "This was merged into another one while you were working. Open the page again: it leads to "
        "the one that stayed."
    ),
    Reason.MERGE_ASK_TOWNS: _l(
        "These are known to other towns too. Ask somebody there, or a network coordinator, to "
        "merge them: %(towns)s."
    ),
    Reason.MERGE_UNDO_TOO_LATE: _l(
        "A merge can be taken back for 90 days. Correct the company by hand."
    ),
    Reason.MERGED_ON: _l(
        "%(company)s was merged into %(into)s afterwards. Take that merge back first, or take back "
        "what can be taken back now."
    ),
    Reason.MERGE_ROWS_MOVED: _l(
        "%(n)s rows were moved elsewhere after the merge. You can take back the others."
    ),
    Reason.BUSINESS_ID_MERGED: _l(
        "This Business ID belongs to %(company)s, which was merged into this company. Take the "
        "merge back, and choose this number when you merge again."
    ),
}


def refusal_text(refusal: Invalid | Conflict) -> str:
    """The sentence of a refusal: what is wrong and what to do next."""
    return reason_text(refusal.reason, refusal.details)


def reason_text(reason: Reason | str, details: dict[str, Any]) -> str:
    return str(REFUSALS[Reason(reason)]) % details


# In a preview the cell itself says what is wrong; in a form the field does.
_CELL = {
    Reason.BUSINESS_ID_FORM,
    Reason.BUSINESS_ID_CHECK_DIGIT,
    Reason.NOT_AN_EMAIL,
    Reason.NOT_A_PHONE,
    Reason.NOT_A_WEBSITE,
    Reason.NOT_A_NUMBER,
    Reason.NOT_A_DATE,
}


def problem_text(problem: dict[str, Any]) -> str:
    """Column, cell and sentence of a problem in an import's row."""
    reason, details = Reason(problem["code"]), problem["details"]
    if reason is Reason.POSSIBLE_DUPLICATE:
        details = details | {"why": reasons_in_a_row(details["clues"], 3)}
    sentence = reason_text(reason, details)
    names = {column.value: label(column) for column in Column}
    column = names.get(problem["column"], problem["column"])
    if reason in _CELL and details.get("text"):
        return _(
            "%(column)s, “%(text)s”: %(sentence)s", column=column, sentence=sentence, **details
        )
    return _("%(column)s: %(sentence)s", column=column, sentence=sentence)

"""Every code's words, in the reader's language."""

from crm.labels.changes import act_label, change_text, field_label, result_label
from crm.labels.refusals import REFUSALS, problem_text, reason_text, refusal_text
from crm.labels.values import FIELD_HINTS, FIELD_LABELS, LABELS, choices, label

__all__ = [
    "FIELD_HINTS",
    "FIELD_LABELS",
    "LABELS",
    "REFUSALS",
    "act_label",
    "change_text",
    "choices",
    "field_label",
    "label",
    "problem_text",
    "reason_text",
    "refusal_text",
    "result_label",
]

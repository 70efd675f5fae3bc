"""The words for every enum value and every fact of a company."""

from enum import Enum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from crm.domain.access import Role, Theme, Visibility
from crm.domain.batches import BatchState, RowResult
from crm.domain.cadence import Tier
from crm.domain.companies import (
    CompanyStatus,
    FigureKind,
    IndustryStandard,
    NameKind,
    SiteKind,
    Source,
)
from crm.domain.company_fields import CompanyField
from crm.domain.duplicates.decisions import DifferentBecause, PairState
from crm.domain.followups import DueGroup, FollowUpState
from crm.domain.imports.records import Column
from crm.domain.interactions import Channel, GrowthWill, Topic
from crm.domain.merges import MergeField, Side
from crm.domain.reminders import DeliveryState, ReminderKind, SkipReason

LABELS: dict[type[Enum], dict[Enum, LazyString]] = {
    Role: {
        Role.VIEWER: _l("Viewer"),
        Role.ADVISOR: _l("Business advisor"),
        Role.TOWN_ADMIN: _l("Town administrator"),
        Role.COORDINATOR: _l("Network coordinator"),
        Role.ADMIN: _l("System administrator"),
    },
    Theme: {
        Theme.AUTO: _l("As on the device"),
        Theme.LIGHT: _l("Light"),
        Theme.DARK: _l("Dark"),
    },
    Visibility: {
        Visibility.TOWN: _l("Own town"),
        Visibility.NETWORK: _l("Whole network"),
        Visibility.NAMED: _l("Named people"),
    },
    BatchState: {
        BatchState.READ: _l("Not yet checked"),
        BatchState.STAGED: _l("Waiting for approval"),
        BatchState.APPLIED: _l("Taken in"),
        BatchState.UNDONE: _l("Taken back"),
    },
    RowResult: {
        RowResult.CREATED: _l("New"),
        RowResult.UPDATED: _l("Updated"),
        RowResult.UNCHANGED: _l("Unchanged"),
        RowResult.REJECTED: _l("Rejected"),
    },
    Tier: {
        Tier.ANCHOR: _l("Anchor firm"),
        Tier.GROWTH: _l("Growth-oriented"),
        Tier.ENGAGED: _l("Client"),
        Tier.KNOWN: _l("Known"),
    },
    CompanyStatus: {
        CompanyStatus.ACTIVE: _l("Operating"),
        CompanyStatus.RESTRUCTURING: _l("In restructuring"),
        CompanyStatus.LIQUIDATION: _l("In liquidation"),
        CompanyStatus.BANKRUPT: _l("Bankrupt"),
        CompanyStatus.CEASED: _l("Ceased"),
    },
    FigureKind: {
        FigureKind.STAFF: _l("Staff"),
        FigureKind.TURNOVER: _l("Turnover"),
    },
    IndustryStandard: {
        IndustryStandard.TOL2008: _l("TOL 2008"),
        IndustryStandard.TOL2025: _l("TOL 2025"),
    },
    NameKind: {
        NameKind.MAIN: _l("Name"),
        NameKind.PARALLEL: _l("Parallel name"),
        NameKind.AUXILIARY: _l("Auxiliary name"),
        NameKind.FORMER: _l("Former name"),
    },
    SiteKind: {
        SiteKind.VISITING: _l("Visiting address"),
        SiteKind.POSTAL: _l("Postal address"),
        SiteKind.BRANCH: _l("Branch"),
    },
    Source: {
        Source.PERSON: _l("Entered by a person"),
        Source.FILE: _l("Imported file"),
        Source.REGISTER: _l("PRH / YTJ register"),
        Source.INTERACTION: _l("Heard in a meeting"),
        Source.DEMO: _l("Demo data"),
    },
    FollowUpState: {
        FollowUpState.OPEN: _l("Open"),
        FollowUpState.DONE: _l("Done"),
        FollowUpState.DROPPED: _l("Dropped"),
    },
    DueGroup: {
        DueGroup.LATE: _l("Late"),
        DueGroup.TODAY: _l("Today"),
        DueGroup.THIS_WEEK: _l("Within a week"),
        DueGroup.LATER: _l("Later"),
    },
    Channel: {
        Channel.VISIT: _l("Visit"),
        Channel.ONLINE: _l("Teams"),
        Channel.CALL: _l("Call"),
        Channel.MEETING: _l("Meeting"),
        Channel.EMAIL: _l("E-mail"),
        Channel.EVENT: _l("Event"),
        Channel.OTHER: _l("Other"),
    },
    GrowthWill: {
        GrowthWill.YES: _l("Wants to grow"),
        GrowthWill.NO: _l("Does not want to grow"),
        GrowthWill.UNCLEAR: _l("Unclear"),
    },
    Topic: {
        Topic.RECRUITMENT: _l("Recruitment"),
        Topic.INVESTMENT: _l("Investment"),
        Topic.EXPORT: _l("Export"),
        Topic.FUNDING: _l("Funding"),
        Topic.TRAINING: _l("Training"),
        Topic.RDI: _l("RDI"),
        Topic.DIGITAL: _l("Digitalisation"),
        Topic.GREEN: _l("Green transition"),
        Topic.PREMISES: _l("Premises and plots"),
        Topic.OWNERSHIP: _l("Change of ownership"),
        Topic.GROWTH: _l("Growth"),
        Topic.PERMITS: _l("Permits"),
    },
    DeliveryState: {
        DeliveryState.PENDING: _l("Waiting"),
        DeliveryState.CLAIMED: _l("Taken by a sender"),
        DeliveryState.TRANSMITTING: _l("Being sent"),
        DeliveryState.SENT: _l("Sent"),
        DeliveryState.FAILED: _l("Failed"),
        DeliveryState.BOUNCED: _l("Refused by the receiver"),
        DeliveryState.UNCERTAIN: _l("Not known whether it arrived"),
        DeliveryState.SKIPPED: _l("Not needed"),
    },
    SkipReason: {
        SkipReason.NOTHING_LEFT: _l("Everything in it was done before it was sent."),
        SkipReason.REPLACED: _l("A newer digest took its place."),
        SkipReason.NOT_WANTED: _l("The person does not take the morning digest any more."),
    },
    Column: {
        Column.BUSINESS_ID: _l("Business ID"),
        Column.NAME: _l("Company's name"),
        Column.STREET: _l("Street address"),
        Column.POSTCODE: _l("Postal code"),
        Column.CITY: _l("Town or post office"),
        Column.INDUSTRY: _l("Industry"),
        Column.PHONE: _l("Phone"),
        Column.EMAIL: _l("E-mail"),
        Column.WEBSITE: _l("Website"),
        Column.STAFF: _l("Staff"),
        Column.TURNOVER: _l("Turnover"),
        Column.CONTACT_NAME: _l("Contact person"),
        Column.CONTACT_TITLE: _l("Contact person's title"),
        Column.CONTACT_PHONE: _l("Contact person's phone"),
        Column.CONTACT_EMAIL: _l("Contact person's e-mail"),
        Column.REGISTERED_ON: _l("Founded or registered"),
        Column.NOTE: _l("What the company does, notes"),
    },
    MergeField: {
        MergeField.NAME: _l("Name"),
        MergeField.BUSINESS_ID: _l("Business ID"),
        MergeField.LEGAL_FORM: _l("Legal form"),
        MergeField.STATUS: _l("Status"),
        MergeField.INDUSTRY: _l("Industry"),
        MergeField.REGISTERED_ON: _l("Registered"),
        MergeField.PHONE: _l("Phone"),
        MergeField.EMAIL: _l("E-mail"),
        MergeField.WEBSITE: _l("Website"),
        MergeField.LANGUAGE: _l("Language"),
        MergeField.DESCRIPTION: _l("What the company does"),
        MergeField.ADDRESS: _l("Visiting address"),
        MergeField.STAFF: _l("Staff"),
        MergeField.TURNOVER: _l("Turnover"),
    },
    Side: {
        Side.SURVIVOR: _l("Stays"),
        Side.LOSER: _l("Is merged"),
    },
    PairState: {
        PairState.OPEN: _l("To decide"),
        PairState.ASKED: _l("Asked of other towns"),
        PairState.LATER: _l("Later"),
        PairState.DIFFERENT: _l("Kept apart"),
        PairState.SAME: _l("The same firm"),
    },
    DifferentBecause: {
        DifferentBecause.SAME_GROUP: _l("Two firms of one group"),
        DifferentBecause.SAME_OWNER: _l("Two firms of one owner"),
        DifferentBecause.SAME_NAME: _l("The same name by chance"),
        DifferentBecause.OTHER: _l("Another reason"),
    },
    ReminderKind: {
        ReminderKind.DIGEST: _l("Morning digest"),
    },
}

FIELD_LABELS: dict[CompanyField, LazyString] = {
    CompanyField.NAME: _l("Name"),
    CompanyField.BUSINESS_ID: _l("Business ID"),
    CompanyField.STATUS: _l("Status"),
    CompanyField.INDUSTRY: _l("Industry code"),
    CompanyField.STAFF: _l("Staff"),
    CompanyField.TURNOVER: _l("Turnover in euros"),
    CompanyField.PHONE: _l("Phone"),
    CompanyField.EMAIL: _l("E-mail"),
    CompanyField.WEBSITE: _l("Website"),
    CompanyField.LANGUAGE: _l("Language"),
    CompanyField.DESCRIPTION: _l("What the company does"),
}

FIELD_HINTS: dict[CompanyField, LazyString] = {
    CompanyField.BUSINESS_ID: _l("For example: 1234567-8"),
    CompanyField.INDUSTRY: _l("The TOL code, for example 25110"),
    CompanyField.STAFF: _l("Persons now. Earlier years stay beside it."),
    CompanyField.TURNOVER: _l("Whole euros in a year, for example 14 200 000"),
    CompanyField.PHONE: _l("For example: 040 123 4567"),
    CompanyField.WEBSITE: _l("For example: www.example.fi"),
}


def label(value: Enum | None) -> str:
    return str(LABELS[type(value)][value]) if value is not None else ""


def choices(kind: type[Enum]) -> list[tuple[str, LazyString]]:
    return [(member.value, LABELS[kind][member]) for member in kind]

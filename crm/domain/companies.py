"""Fixed values of companies and of a town's relationship to them."""

from enum import StrEnum


class CompanyStatus(StrEnum):
    ACTIVE = "active"
    RESTRUCTURING = "restructuring"
    LIQUIDATION = "liquidation"
    BANKRUPT = "bankrupt"
    CEASED = "ceased"


class NameKind(StrEnum):
    MAIN = "main"
    PARALLEL = "parallel"
    AUXILIARY = "auxiliary"
    FORMER = "former"


class SiteKind(StrEnum):
    VISITING = "visiting"
    POSTAL = "postal"
    BRANCH = "branch"


class IndustryStandard(StrEnum):
    TOL2008 = "tol2008"
    TOL2025 = "tol2025"


class FigureKind(StrEnum):
    STAFF = "staff"
    TURNOVER = "turnover"


class Source(StrEnum):
    """Where a value came from."""

    PERSON = "person"
    FILE = "file"
    REGISTER = "register"
    INTERACTION = "interaction"
    DEMO = "demo"

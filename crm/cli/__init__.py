"""`seutu …`: results to stdout, messages to stderr, one JSON document with --json.

Exit code 0 when done, 2 for wrong usage, 1 when the work itself failed.
"""

import click

from crm import serving
from crm.cli import companies, database, dedupe, people, programs, reminders


@click.group()
def main() -> None:
    """Seutu: a company-engagement CRM for networks of regional towns."""
    serving.collect_seldom()


for command in (
    database.database,
    database.seed,
    people.users,
    people.towns,
    companies.imports,
    companies.search,
    dedupe.commands,
    reminders.reminders,
    programs.stats,
    programs.doctor,
    programs.worker,
    programs.serve,
    programs.run_demo,
):
    main.add_command(command)

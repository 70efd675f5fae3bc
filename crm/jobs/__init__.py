"""What runs without a user, and when.

APScheduler only ticks; which reminders there are and which have gone is in our tables. Any number
of workers may tick at the same time, and a worker may die at any moment: see
crm.actions.reminders for what holds then.
"""

from crm.jobs.checkup import checkup, tables
from crm.jobs.worker import mailer_for, run_worker, stop_on_signals, tick

__all__ = ["checkup", "mailer_for", "run_worker", "stop_on_signals", "tables", "tick"]

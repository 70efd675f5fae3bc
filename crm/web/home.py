"""Oma päivä."""

from flask import Blueprint, render_template, request
from flask_login import current_user

from crm import clock
from crm.domain.day import MOST
from crm.queries import follow_ups, home
from crm.web.access import members

bp = Blueprint("home", __name__)

SHOWN_BY_LINK = 200


@bp.get("/")
@members
def show() -> str:
    today = clock.today()
    everything = bool(request.args.get("all"))
    day = home.day(current_user, today=today, most=SHOWN_BY_LINK if everything else MOST)
    coming = follow_ups.coming(current_user, today=today)
    return render_template("home/show.html", day=day, everything=everything, coming=coming)

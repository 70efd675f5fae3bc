"""Pages that say something about the program itself."""

from flask import Blueprint, current_app, render_template

from crm.web.access import public

bp = Blueprint("pages", __name__)


@bp.get("/accessibility")
@public
def accessibility() -> str:
    return render_template("pages/accessibility.html", email=current_app.config["FEEDBACK_EMAIL"])


@bp.get("/help")
@public
def guide() -> str:
    return render_template("pages/guide.html", email=current_app.config["FEEDBACK_EMAIL"])

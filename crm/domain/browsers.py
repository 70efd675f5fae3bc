"""What a browser calls itself, in words a person knows their own device by."""

# The first that is found counts: Edge and Opera say Chrome too, and Chrome says Safari.
_PROGRAMS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_DEVICES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def browser_name(user_agent: str) -> str:
    """`Firefox, Windows` of a User-Agent header; empty when it names nothing known."""
    found = (
        next((name for sign, name in names if sign in user_agent), "")
        for names in (_PROGRAMS, _DEVICES)
    )
    return ", ".join(filter(None, found))

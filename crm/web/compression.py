"""Texts travel compressed: the first page of a phone stays small without a proxy in front."""

import gzip

from flask import Flask, Response, request

SMALLEST = 1_000
TEXTS = ("text/", "application/json", "text/javascript", "image/svg+xml")


def compress(response: Response) -> Response:
    """gzip a whole text answer for a browser that reads it."""
    if (
        response.status_code != 200
        or not str(response.mimetype).startswith(TEXTS)
        or "gzip" not in request.accept_encodings
        or response.headers.get("Content-Encoding")
        or request.method == "HEAD"
    ):
        return response
    response.direct_passthrough = False
    data = response.get_data()
    if len(data) < SMALLEST:
        return response
    response.set_data(gzip.compress(data, compresslevel=5, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    etag, _weak = response.get_etag()
    if etag:
        response.set_etag(etag, weak=True)
    return response


def register(app: Flask) -> None:
    app.after_request(compress)

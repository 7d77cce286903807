"""A link as a picture that a phone's camera reads."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO


def qr_code(link: str) -> str:
    """The address of a drawing, to be put into an `img`: nothing is fetched for it."""
    import qrcode  # noqa: PLC0415  large, and drawn for few of the pages
    from qrcode.image.svg import SvgPathFillImage  # noqa: PLC0415

    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(link)
    drawn = BytesIO()
    code.make_image(image_factory=SvgPathFillImage).save(drawn)
    return f"data:image/svg+xml;base64,{b64encode(drawn.getvalue()).decode()}"

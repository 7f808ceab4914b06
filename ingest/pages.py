"""Pages of a PDF as images, to be shown with what is marked on them."""

from io import BytesIO

from assistant.errors import IngestError, SourceUnreadableError
from ingest.loaders.pdfium import PDFIUM, opened, opened_page

MOST_ACROSS = 3_000  # pixels
MOST_PIXELS = 12_000_000


def page_image(data: bytes, number: int, width: int = 1_200) -> bytes:
    """A page of a PDF file, from 1, as a PNG image about `width` pixels wide.

    A page that would be too large an image is made a smaller one.

    Raises:
        IngestError: there is no such page.
        SourceUnreadableError: the file or the page cannot be opened.
    """
    with PDFIUM, opened(data) as document:
        if not 1 <= number <= len(document):
            raise IngestError(
                f"There is no page {number}: the document has {len(document)}. Ask for one it has."
            )
        with opened_page(document, number - 1) as page:
            if page is None or page.width <= 0 or page.height <= 0:
                raise SourceUnreadableError(
                    f"has a page {number} that cannot be shown. Open it in a viewer."
                )
            across = min(max(width, 1), MOST_ACROSS)
            most = (MOST_PIXELS / (page.width * page.height)) ** 0.5
            bitmap = page.page.render(scale=min(across / page.width, most), rev_byteorder=True)
            try:
                written = BytesIO()
                bitmap.to_pil().convert("RGB").save(written, "PNG")
                return written.getvalue()
            finally:
                bitmap.close()

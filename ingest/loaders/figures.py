"""Tables, charts and drawings on slides, as text."""

from collections.abc import Iterator

from lxml import etree
from pptx.shapes.base import BaseShape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide

from ingest.loaders import grid, package
from ingest.loaders.blocks import Block

_DIAGRAM = "/diagramData"
_TEXT_PARAGRAPH = "{http://schemas.openxmlformats.org/drawingml/2006/main}p"
_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def table_blocks(shape: BaseShape) -> Iterator[Block]:
    """A line for each row of a table."""
    assert isinstance(shape, GraphicFrame)
    rows = ([grid.shown(cell.text) for cell in row.cells] for row in shape.table.rows)
    yield from (Block(line, "line") for line in grid.lines(rows))


def chart_blocks(shape: BaseShape) -> Iterator[Block]:
    """A chart's title, and a line for each of its categories with the value of each series."""
    assert isinstance(shape, GraphicFrame)
    chart = shape.chart
    if chart.has_title and chart.chart_title.has_text_frame:
        yield Block(grid.shown(chart.chart_title.text_frame.text))
    for plot in chart.plots:
        header = ["", *(grid.shown(series.name) for series in plot.series)]
        values = [list(series.values) for series in plot.series]
        for i, category in enumerate(plot.categories):
            row = [str(category), *(grid.shown(v[i]) if i < len(v) else "" for v in values)]
            yield Block(grid.spelt(row, header), "line")


def drawing_blocks(slide: Slide) -> Iterator[Block]:
    """The text of diagrams, and of shapes that come in several forms, which no shape list has."""
    for choice in slide.element.iter(_ALTERNATIVES):
        for form in choice:
            if form.tag != _FALLBACK:
                yield from _paragraphs(form)
    for relation in slide.part.rels.values():
        if relation.reltype.endswith(_DIAGRAM) and not relation.is_external:
            tree = package.xml(relation.target_part.blob)
            if tree is not None:
                yield from _paragraphs(tree)


def _paragraphs(tree: etree._Element) -> Iterator[Block]:
    for paragraph in tree.iter(_TEXT_PARAGRAPH):
        text = "".join(part.text or "" for part in paragraph.iter(_TEXT)).strip()
        if text:
            yield Block(f"• {text}", "line")

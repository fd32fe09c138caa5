"""Official papers read: docx, doc, pdf, html, txt → fields with the place each came from."""

from hoiam.kit.papers.reading.reader import read
from hoiam.kit.papers.reading.refusals import NotReadable
from hoiam.kit.papers.reading.values import Due, Found, Obligation, Reading, Span, Task

__all__ = ["Due", "Found", "NotReadable", "Obligation", "Reading", "Span", "Task", "read"]

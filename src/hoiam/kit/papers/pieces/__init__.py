"""A Word file as a piece for the press: title, opening, headings, paragraphs, lists, tables and pictures in their order.

The look is dropped – fonts, colours, sizes – and what the words are is kept. A table that only sets a picture beside its
words is no table.
"""

from hoiam.kit.papers.pieces.reader import read_piece
from hoiam.kit.papers.pieces.values import WordPicture, WordPiece

__all__ = ["WordPicture", "WordPiece", "read_piece"]

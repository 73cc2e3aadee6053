"""What a shopper means by a query, whichever engine answers it."""

from search.understanding.meaning import Note, NoteKind, Term, Understood
from search.understanding.reading import understand
from search.understanding.typing import decode_typing

__all__ = ["Note", "NoteKind", "Term", "Understood", "decode_typing", "understand"]

"""What the indexes are made of, so that they can be made again, and facts of the whole library."""

from sqlalchemy import LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.library.schema.base import Base


class EmbeddingRow(Base):
    """The vector of a text by an embedder, as little-endian 32-bit floats of unit length."""

    __tablename__ = "embeddings"

    embedder: Mapped[str] = mapped_column(Text, primary_key=True)
    text_key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    vector: Mapped[bytes] = mapped_column(LargeBinary)


class TokenSignsRow(Base):
    """The signs of the tokens of a text, token after token, as its embedder gives them."""

    __tablename__ = "token_signs"

    embedder: Mapped[str] = mapped_column(Text, primary_key=True)
    text_key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    signs: Mapped[bytes] = mapped_column(LargeBinary)


class FactRow(Base):
    """Something that holds for the whole library, such as the embedder it was built with."""

    __tablename__ = "library_facts"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[str] = mapped_column(Text)

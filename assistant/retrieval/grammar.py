"""The closed classes of words that patterns are made of: each list stands here and nowhere else.

They are alternatives of a regular expression, to be put between brackets.
"""

AUXILIARIES = (
    "is|are|was|were|do|does|did|has|have|had|can|could|may|might|must|shall|should|will|would"
)
"""What an English question opens on that asks for yes or no."""
ASKS = "who|whom|whose|what|which|when|where|why|how"
"""What any other English question asks by."""
ASKS_IN_FRENCH = "qui|quoi|quand|où|pourquoi|comment|combien|quel(?:le)?s?"
PRONOUNS = "it|its|they|them|theirs?|he|him|his|she|her|this|that|these|those|there|ones?"
"""What stands in English for something said before, or for what is to follow."""

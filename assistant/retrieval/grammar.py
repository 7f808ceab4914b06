"""The closed classes of words that patterns are made of: each list stands here and nowhere else.

They are alternatives of a regular expression, to be put between brackets.
"""

AUXILIARIES = (
    "is|are|was|were|do|does|did|has|have|had|can|could|may|might|must|shall|should|will|would"
)
"""What an English question opens on that asks for yes or no."""
BE = "is|are|was|were"
ASKS = "who|whom|whose|what|which|when|where|why|how"
"""What any other English question asks by."""
ASKS_IN_FRENCH = "qui|quoi|quand|où|pourquoi|comment|combien|quel(?:le)?s?"
CONJUNCTIONS = "and|but|so|et|mais"
"""What a follow-up opens on, in English and French."""
PRONOUNS = "it|its|they|them|theirs?|he|him|his|she|her|this|that|these|those|there|ones?"
"""What stands in English for something said before, or for what is to follow."""
MONTHS = (
    r"jan(?:uary|vier)?|feb(?:ruary)?|février|mar(?:ch|s)|apr(?:il)?|avril|may|mai|june?|juin|"
    r"july?|juillet|aug(?:ust)?|août|sept?(?:ember|embre)?|oct(?:ober|obre)?|nov(?:ember|embre)?|"
    r"dec(?:ember)?|décembre"
)
"""In English and French, whole or cut short."""

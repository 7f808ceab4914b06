"""Small words, and others that say nothing of what a sentence is about."""

from assistant.grounding.terms import key_of

_HARMLESS_LIST = (
    "also however thus therefore indeed notably moreover furthermore additionally addition overall "
    "according passage text document source report reports stated states says said notes noted "
    "explains record fact example instance short summary furthermore meanwhile finally "
    "respectively namely hence accordingly consequently likewise similarly"
)
HARMLESS = frozenset(map(key_of, _HARMLESS_LIST.split()))
"""What a sentence may say more without saying anything of its subject."""
_BETWEEN_LIST = (
    "from to by for against with without before after until since during within outside inside "
    "beyond under over above below between among into out off via through toward towards across or "
    "because although though while despite unless if except than per "
    "contre sans avant après depuis vers sous sur pendant entre chez malgré sauf"
)
BETWEEN = frozenset(_BETWEEN_LIST.split())
"""Words that say how things stand to each other."""
_UNTOLD_LIST = (
    "a an the this that these those it he she they its their his her is are was were be "
    "been being has have had s when where which who whom whose "
    "le la les un une des du ce cette ces son sa ses leur leurs est sont"
)
UNTOLD = frozenset(_UNTOLD_LIST.split())
"""What stands beside any of these changes nothing that is told here."""
LIGHT = frozenset(map(key_of, ["come", "take", "make", "get", "go", "place", "bring"]))
"""Verbs that say little by themselves: what "came to an end" ended."""
_PRONOUN_LIST = (
    "it he she they you we i its his her their this that these those there what who "
    "il elle ils elles ce cela qui"
)
PRONOUNS = frozenset(_PRONOUN_LIST.split())
"""What stands for something named before."""

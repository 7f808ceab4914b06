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
_FOR_ANY_LIST = (
    "include involve conduct give allow need experience total receive number play feature contain "
    "consist provide become remain stay use serve see find know call name consider describe refer "
    "relate base locate situate occur happen begin start continue follow cause lead result help "
    "enable let keep put set hold bear show tell say mean represent constitute form comprise cover "
    "concern regard deal appear exist live stand lie want require ask try work act function do "
    "perform carry undertake participate join conclude complete finish achieve reach obtain gain "
    "acquire own possess belong qualify apply affect offer create produce develop increase make"
)
WRITTEN_FOR_ANY = LIGHT | frozenset(map(key_of, _FOR_ANY_LIST.split()))
"""Verbs that writers put for nearly anything that is done."""
_OF_LABEL_LIST = "become last owe field rise stretch measure amount total run range span cover be"
OF_LABELS = WRITTEN_FOR_ANY | frozenset(map(key_of, _OF_LABEL_LIST.split()))
"""Verbs with which a sentence says what a labelled line says without one."""
_PRONOUN_LIST = (
    "it he she they you we i its his her their this that these those there what who "
    "il elle ils elles ce cela qui"
)
PRONOUNS = frozenset(_PRONOUN_LIST.split())
"""What stands for something named before."""
_WHEN_LIST = "later meanwhile however instead afterward afterwards soon then next today thereafter"
WHEN = frozenset(_WHEN_LIST.split())
"""What may open a sentence, with a capital, and is nobody's name."""

"""What is said to the product and not asked of the library: greetings, thanks, "who are you?"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.again import again
from assistant.types import Role, Turn

_NAME = r"(?:[ ,]+(?:there|attach[ée]|all|everyone|again|à tous))?"
_GREETING = re.compile(
    rf"(?:hello|hi|hey|good (?:morning|afternoon|evening|day)|greetings){_NAME}", re.IGNORECASE
)
_GREETING_FRENCH = re.compile(rf"(?:bonjour|bonsoir|salut|coucou){_NAME}", re.IGNORECASE)
_THANKS = re.compile(
    r"(?:(?:(?:ok(?:ay)?|great|perfect|good|oh|yes|no|well) )?(?:many )?thanks?(?: you)?"
    rf"(?: (?:so|very) much| a lot| again)?{_NAME}|(?:good)?bye(?: bye)?|"
    r"see you(?: later| soon)?|ok(?:ay)?|great|perfect|well done)",
    re.IGNORECASE,
)
_THANKS_FRENCH = re.compile(
    rf"(?:merci(?: beaucoup| bien)?{_NAME}|au revoir|à bientôt|d['’]accord|parfait)", re.IGNORECASE
)
_ITSELF = re.compile(
    r"(?:who|what) are you|what(?:['’]s| is) your name|"
    r"what can (?:you|i) (?:do|ask)(?: (?:here|you))?|"
    r"what do you (?:do|know)|how do(?:es)? (?:you|this) work|can you help(?: me)?|help(?: me)?|"
    r"how can (?:you help(?: me)?|i use (?:you|this))|"
    r"are you (?:an? )?(?:ai|bot|chat ?bot|robot|machine|human|real person|"
    r"(?:large )?language model|llm|chat ?gpt|gpt(?:-?\d)?|claude|gemini|copilot|attach[ée])|"
    r"who (?:made|built|created|wrote|developed|trained) you",
    re.IGNORECASE,
)
_ITSELF_FRENCH = re.compile(
    r"qui (?:es-tu|êtes-vous)|que (?:sais-tu|savez-vous) faire|que (?:peux-tu|pouvez-vous) faire|"
    r"comment ça marche|aide(?:-moi|z-moi)?|(?:peux-tu|pouvez-vous) m['’]aider|"
    r"qui (?:t['’]a|vous a) (?:créée?|faite?|fabriquée?|développée?)|"
    r"(?:es-tu|êtes-vous) (?:une? )?(?:ia|robot|humain|machine|chat ?gpt|attaché)",
    re.IGNORECASE,
)
# What ends a conversation beside thanks, and what is said on the way to either.
_ENDS = re.compile(
    r"(?:so )?(?:(?:that|this|it)(?:['’]s| is| was| will be| would be)|i think that(?:['’]s| is)) "
    r"(?:all|it|everything|enough|great|perfect|fine|good|useful|helpful|clear|very \w+|"
    r"(?:all|what) i (?:need|want|asked)\w*)"
    r"(?: (?:i (?:need|want)\w*(?: to know)?|for (?:now|today|the moment)|from me|then|thanks))*|"
    r"(?:that|this) (?:helps|helped|will do|does it)(?: (?:a lot|me|very much))*|"
    r"(?:i have )?(?:no (?:more|further|other) questions?|nothing (?:else|more))"
    r"(?: for (?:now|today))?|(?:got it|i see|understood|all clear|cheers)|"
    r"have a (?:nice|good|great) (?:day|evening|weekend)",
    re.IGNORECASE,
)
_ENDS_FRENCH = re.compile(
    r"(?:(?:c['’]est|ce sera) (?:tout|bon|clair|parfait|très \w+)|ça (?:ira|suffit|m['’]aide))"
    r"(?: (?:pour (?:aujourd['’]hui|le moment|l['’]instant|moi)|merci))*|"
    r"(?:pas d['’]autres?|plus de) questions?|(?:j['’]ai )?compris|bonne (?:journée|soirée)",
    re.IGNORECASE,
)
_INTERJECTION = re.compile(
    r"(?:yes|no|oh|ah|well|so|right|alright|all right|very good|oui|non|bon|bien|très bien)",
    re.IGNORECASE,
)
_FILLER = re.compile(
    rf"{_INTERJECTION.pattern}|today|for (?:now|today)|my friend|sir|madam|again", re.IGNORECASE
)
_CLAUSE = re.compile(r"\s*(?:[.!?,;:…–—]+|\s-\s)\s*|\s+(?:and|but|et|mais)\s+", re.IGNORECASE)
_OPENING = re.compile(r"^(?P<said>[^.!?,;:…–—]{2,40})[.!,;:…–—]+\s+(?=\S)")
_YOURS = r"(?:your|the|this) (?:library|documents?|sources?|collection)"
_HOLDINGS = re.compile(
    r"(?:how many|which|what) (?:documents|sources|files|texts) "
    r"(?:(?:do|can) you (?:have|hold|know|read|search|use)|"
    r"are (?:there|in (?:your|the|this) library))"
    rf"(?: in {_YOURS})?|what(?:['’]s| is) in (?:your|the|this) library|"
    rf"(?:what|which|how many) languages (?:do|are) {_YOURS} (?:have|in|written in)|"
    r"how (?:old|recent|current|up to date) (?:is|are) "
    rf"{_YOURS}|(?:list|show)(?: me)? {_YOURS}",
    re.IGNORECASE,
)
_HOLDINGS_FRENCH = re.compile(
    r"(?:combien de|quels) (?:documents|textes|sources) "
    r"(?:as-tu|avez-vous|contient la bibliothèque|y a-t-il(?: dans (?:la|ta|votre) bibliothèque)?)|"
    r"que contient (?:la|ta|votre|cette) bibliothèque",
    re.IGNORECASE,
)
_ABOUT = (
    "This is Attaché. It answers questions from the documents of this library: each sentence is "
    "quoted from one of them, or checked against it, and every quotation opens at its place. What "
    "the library does not say is not answered. Ask a question about what your documents treat of."
)
_ABOUT_FRENCH = (
    "Voici Attaché. Il répond à partir des documents de cette bibliothèque : chaque phrase en est "
    "citée, ou vérifiée, et chaque citation s’ouvre à sa place. Ce que la bibliothèque ne dit pas "
    "reste sans réponse. Posez une question sur ce dont vos documents traitent."
)
_LISTED = (
    "That is told by the list of documents, with each one's issuer, date, language and marking: "
    "under “Library” in the window, by `attache documents list`, or at `/v1/documents`."
)
_LISTED_FRENCH = (
    "La liste des documents le dit, avec l’auteur, la date, la langue et la mention de chacun : "
    "sous « Bibliothèque » dans la fenêtre, par `attache documents list` ou à `/v1/documents`."
)
_WELCOME = "You are welcome. Ask whenever there is another question."
_WELCOME_FRENCH = "Je vous en prie. Posez une autre question quand il vous plaira."
# What a message of several courtesies is answered with is the first of these that it holds.
_REPLIES = (
    (_HOLDINGS, _LISTED),
    (_HOLDINGS_FRENCH, _LISTED_FRENCH),
    (_ITSELF, _ABOUT),
    (_ITSELF_FRENCH, _ABOUT_FRENCH),
    (_THANKS, _WELCOME),
    (_THANKS_FRENCH, _WELCOME_FRENCH),
    (_ENDS, _WELCOME),
    (_ENDS_FRENCH, _WELCOME_FRENCH),
    (_GREETING, f"Hello. {_ABOUT}"),
    (_GREETING_FRENCH, f"Bonjour. {_ABOUT_FRENCH}"),
)
_MANNERS = (
    _THANKS,
    _THANKS_FRENCH,
    _ENDS,
    _ENDS_FRENCH,
    _GREETING,
    _GREETING_FRENCH,
    _INTERJECTION,
)


def reply(text: str) -> str:
    """What to say to words that ask the library nothing; empty for a question."""
    said = " ".join(text.split()).strip(" .!?,;:…")
    clauses = [said] if _reply(said) else [one for one in _CLAUSE.split(said) if one]
    found = [_reply(one) for one in clauses if not _FILLER.fullmatch(one)]
    if not all(found):
        return ""
    return next((answer for _, answer in _REPLIES if answer in found), "")


def asked(text: str) -> str:
    """What a message asks, without the courtesies before it: "Thanks. And Sweden?"."""
    rest = text.strip()
    while (found := _OPENING.match(rest)) and _is_manners(found["said"]):
        rest = rest[found.end() :]
    return rest if rest != text.strip() else text


def _reply(clause: str) -> str:
    return next((answer for pattern, answer in _REPLIES if pattern.fullmatch(clause)), "")


def _is_manners(clause: str) -> bool:
    return any(pattern.fullmatch(clause.strip()) for pattern in _MANNERS)


def heard(history: Sequence[Turn], nothing: str) -> tuple[Turn, ...]:
    """What of a conversation was about the library: without courtesies and what replied to them.

    An answer that begins with `nothing` says that there is none; what it calls nearest is no
    subject of the conversation. Nor is what asks for the answer before it once more.
    """
    kept: list[Turn] = []
    replying, said = False, ""
    for turn in history:
        if turn.role is Role.USER:
            said = asked(turn.content)
            replying = bool(reply(said) or (kept and again(said)))
        elif turn.content.startswith(nothing):
            continue
        if not replying:
            kept.append(replace(turn, content=said) if turn.role is Role.USER else turn)
    return tuple(kept)

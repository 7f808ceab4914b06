"""What was said, read in order: each question by itself, from what the one before it came to."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.retrieval.announced import announced, begins_anew
from assistant.retrieval.asked_for import what_of
from assistant.retrieval.biography import person_asked_of
from assistant.retrieval.elliptic import filled_in, name_given, place_given, with_opening
from assistant.retrieval.grammar import ASKS, AUXILIARIES
from assistant.retrieval.names import EVENT, KIND, is_several, names_in
from assistant.retrieval.persons import of_gender, those_who, who_is
from assistant.retrieval.put_right import put_right
from assistant.retrieval.referents import Subject, asked_of, of_a_matter, subject_of
from assistant.retrieval.relations import established_in, relations_in
from assistant.retrieval.replies import answered
from assistant.retrieval.scenes import is_of_its_scene, scene_of
from assistant.retrieval.series import beside
from assistant.retrieval.several import chooses, is_of_two
from assistant.retrieval.standalone import CARRIES, needs_context, says_of_what_not
from assistant.retrieval.talk import Talk
from assistant.retrieval.things import brought_about
from assistant.types import Role, Turn

_TURNS = 16
# A question with a verb and what it is said of: "What did the British call their operation?"
_WHOLE = re.compile(
    rf"^\W*(?:(?:{ASKS})\s+(?:[\w-]+\s+){{0,3}}?)?(?:{AUXILIARIES})\s+\S+\s+\S", re.IGNORECASE
)


def followed(history: Sequence[Turn]) -> Talk:
    """The conversation that was had."""
    talk = Talk()
    for turn in history[-_TURNS:]:
        for said in _as_meant(turn):
            talk = _and_then(talk, said)
    return talk


def _as_meant(turn: Turn) -> list[Turn]:
    """A turn; what it asks first and what it means, where it puts itself right."""
    first, meant = put_right(turn.content) if turn.role is Role.USER else ("", "")
    told = [first, meant] if meant else [turn.content]
    return [replace(turn, content=text) for text in told if text.strip()]


def _and_then(talk: Talk, turn: Turn) -> Talk:
    """The conversation after one more turn."""
    if turn.role is Role.ASSISTANT:
        subject = answered(talk.subject, talk.last, turn.content)
        told = (*talk.answers, (talk.last, turn.content))
        return replace(talk, turns=(*talk.turns, turn), subject=subject, answers=told)
    asked = " ".join(turn.content.split())
    if other := announced(asked):
        before = Talk() if begins_anew(asked) else talk
        return _and_then(before, replace(turn, content=other))
    read = talk.reading(asked)
    called = _called(talk, asked, read)
    scene = _scene(talk, asked, read)
    kept = replace(talk, turns=(*talk.turns, turn), last=read, called=called, scene=scene)
    if talk.asked and read == asked and needs_context(read):
        about = asked_of(asked, talk.subject)
        about = replace(about, place=place_given(asked) or about.place)
        return replace(kept, asked=_carried_by(talk, read), subject=about)
    if talk.asked and says_of_what_not(asked) and not talk.meant(asked):
        about = asked_of(asked, talk.subject)
        if read == asked:
            return replace(kept, subject=about)
        same = talk.speaks_of(read) and not established_in(asked)
        about = about if same else _after(talk, asked, read)
        about = _with_person(about, read)
        return replace(kept, asked=read, subject=about)
    about = _after(talk, asked, read)
    about = _with_person(about, read)
    return replace(kept, asked=read, subject=about, alike=_alike(talk, asked, read, about))


def _scene(talk: Talk, asked: str, read: str) -> str:
    """What was set before this question, or before one that it goes on from."""
    scene, _ = scene_of(asked)
    return scene or ("" if read == asked and names_in(asked) else talk.scene)


def _with_person(about: Subject, read: str) -> Subject:
    """What is spoken of, with whom a question asks of."""
    person = who_is(read) or person_asked_of(read)
    about = replace(about, person=person, sure=True) if person else about
    # "Which treaty did John Hay sign?": it is the treaty.
    told = what_of(read) if about.person and about.thing == about.person else ""
    return replace(about, thing=told) if told else about


def _carried_by(talk: Talk, read: str) -> str:
    """What was asked last, after a question that is read with the subject behind it.

    That question where it is whole but for what it carries, so that another name can take the
    place of one in it; else the one before it.
    """
    about = talk.subject.any
    whole = about and _WHOLE.match(read) and names_in(read)
    return f"{read}{CARRIES}{about}" if whole else talk.asked


def _after(talk: Talk, asked: str, read: str) -> Subject:
    """What is spoken of after a question: what it names, or what its pronouns stood for."""
    about = talk.subject
    happened = brought_about(read)
    if happened or asked == read:
        found = replace(about, thing=happened, several="") if happened else _named(read, about)
        return _with_what_happened(talk, found) if found.any else about
    if (meant := talk.meant(with_opening(asked))) and not beside(asked):
        several = meant if is_several(meant) else ""
        return Subject(thing=meant, several=several, within=about.within or about.any)
    if filled_in(with_opening(asked), talk.before(asked), about.any) == asked:
        return _of_the_same(talk, asked, read)
    if given := _given(asked, read, about):
        return given
    found = subject_of(read, Subject())
    exchanged = about.person and about.person in talk.asked and about.person not in read
    found = replace(found, person=found.any) if exchanged else found
    if not talk.speaks_of(read):
        return found
    place = found.place if name_given(asked) else ""
    several = talk.several_new(asked) or about.several
    return replace(about, several=several, place=place or about.place)


def _named(asked: str, about: Subject) -> Subject:
    """What a question names; the scene before it, where that has a name and it has none."""
    scene, question = scene_of(asked)
    if not scene:
        return subject_of(asked, about)
    found = Subject() if is_of_its_scene(question) else subject_of(question, Subject())
    dated = scene[-1:].isdigit() and not KIND.search(scene)
    if names_in(question) or (dated and found.any):
        return found
    place = "" if dated or KIND.search(scene) else scene
    bare = f"{scene[:1].lower()}{scene[1:]}" if scene.startswith("The ") else scene
    return replace(found, thing=bare, place=place)


def _given(asked: str, read: str, about: Subject) -> Subject | None:
    """What a question only gives in another's place: "the bag", one more to be chosen among."""
    matter, name = of_a_matter(asked, about), name_given(asked)
    if matter and read.endswith(f" say about {matter.thing}?"):
        return matter
    return Subject(thing=name, place=name) if name and f"and {name}" in read else None


def _of_the_same(talk: Talk, asked: str, read: str) -> Subject:
    """What is spoken of after a question of it in other words: it, or its embassy; and who."""
    about = talk.subject
    if (own := established_in(asked)) and f"{own} in {about.place}" in read:
        return replace(about, thing=f"the {own} in {about.place}", within=about.any)
    those = those_who(asked, talk.asked)
    several = those if those and those in read else relations_in(read)
    return replace(about, several=several or talk.several_new(asked) or about.several)


def _with_what_happened(talk: Talk, found: Subject) -> Subject:
    """A new subject, within what happened that was spoken of before it."""
    before = talk.subject
    for event in (before.thing, before.within):
        if EVENT.search(event) and not EVENT.search(found.any):
            return replace(found, within=event)
    return found


def _called(talk: Talk, asked: str, read: str) -> tuple[tuple[str, str], ...]:
    """Who was called "he" or "she", the last one last."""
    gender, person = of_gender(asked), talk.who_fits(asked).person
    if not gender or not person or person in asked or person not in read:
        return talk.called
    return (*((name, told) for name, told in talk.called if name != person), (person, gender))


def _alike(talk: Talk, asked: str, read: str, about: Subject) -> tuple[str, ...]:
    """What was asked of one after the other, where this question asks of one more."""
    if is_of_two(asked) or chooses(asked):
        return talk.pair()
    full = filled_in(with_opening(asked), talk.before(asked), talk.subject.any)
    exchanged = full == read != asked
    if exchanged and about.any and about.any != talk.subject.any:
        before = talk.alike if talk.subject.any in talk.alike else (talk.subject.any,)
        return (*(one for one in before if one != about.any), about.any)
    return talk.alike if asked != read else ()

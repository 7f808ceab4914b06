"""A conversation so far, and how a question reads after it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from assistant.retrieval.asked_for import what_of
from assistant.retrieval.biography import called_after, named_fully
from assistant.retrieval.called import of_the_text, the_country, the_ship
from assistant.retrieval.complements import (
    is_a_matter,
    is_of_what_happens,
    of_that_time,
    with_complement,
    with_party,
    with_time,
)
from assistant.retrieval.elliptic import asks_otherwise, filled_in, with_opening
from assistant.retrieval.happenings import by_its_name, event_of, in_what_happened
from assistant.retrieval.items import (
    is_by_number,
    item_meant,
    items_of,
    number_meant,
    told_of,
    with_item,
)
from assistant.retrieval.moments import (
    asks_for_one,
    beside_that,
    in_that_year,
    with_its_year,
    year_spoken_of,
)
from assistant.retrieval.names import EVENT
from assistant.retrieval.pairs import compared, pair_of
from assistant.retrieval.persons import THEY, of_gender, persons_told, the_other, those_who
from assistant.retrieval.pronouns import named, of_that, that_was, with_owner
from assistant.retrieval.referents import Subject, several_said
from assistant.retrieval.relations import relations_meant, with_its_place
from assistant.retrieval.scenes import turned_to
from assistant.retrieval.series import (
    beside,
    beside_meant,
    is_of_the_whole,
    of_its_name,
    whole_of,
    with_beside,
)
from assistant.retrieval.several import (
    among,
    asked_of_another,
    chooses,
    is_of_two,
    one_of_two,
    with_the_one,
)
from assistant.retrieval.standalone import CARRIES, telling_words
from assistant.types import Role, Turn

# "Who were sent to the Barbary states?": "they" are those, and not the states.
_WHO_WERE = re.compile(r"^\W*who\s+were\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation so far.

    `last` is its last question as it is read, `asked` the last that was read in full, and `subject`
    what was spoken of last. `answers` are the questions as they are read with what was answered to
    them, `alike` is what was asked of one after the other, `called` who was "he" or "she", and
    `scene` what was set before a question and holds until another subject is named.
    """

    turns: tuple[Turn, ...] = ()
    last: str = ""
    asked: str = ""
    subject: Subject = field(default_factory=Subject)
    answers: tuple[tuple[str, str], ...] = ()
    alike: tuple[str, ...] = ()
    called: tuple[tuple[str, str], ...] = ()
    scene: str = ""

    def heard(self, *, by_itself: bool) -> tuple[Turn, ...]:
        """What counts for the next question.

        For one that stands by itself, what was not answered does not, where anything was.
        """
        if not by_itself or all(turn.role is Role.USER for turn in self.turns):
            return self.turns
        following = [*(turn.role for turn in self.turns[1:]), Role.USER]
        return tuple(
            turn
            for turn, after in zip(self.turns, following, strict=True)
            if turn.role is Role.ASSISTANT or after is Role.ASSISTANT
        )

    def speaks_of(self, question: str) -> bool:
        """Whether the question names what was spoken of last."""
        about = self.subject.any.removeprefix("the ").lower()
        return bool(about) and about in question.lower()

    def several_new(self, question: str) -> str:
        """Those that a question speaks of, unless it calls others "they"."""
        they = self.subject.several and THEY.search(question)
        return "" if they else several_said(question)

    def reading(self, question: str) -> str:
        """The question with names for what stands for something said before."""
        opened = with_opening(question) if self.asked else question
        if meant := self.meant(opened):
            return self._of_the_one(opened, meant)
        full = filled_in(opened, self.before(question), self.subject.any)
        if full != opened:
            return full
        if turned := turned_to(question):
            return turned
        full = self._in_names(question)
        return turned_to(full) or full

    def before(self, question: str) -> str:
        """What was asked before a question, as it counts for that one.

        "Why?" asks of the last question, though that took something from the one before it.
        """
        about = self.subject.any
        if not asks_otherwise(question) or not about or self.last == self.asked:
            return self.asked
        return f"{self.last}{CARRIES}{about}" if telling_words(self.last) else self.asked

    def _in_names(self, question: str) -> str:
        """The question with names for pronouns, and with what it leaves out at its end."""
        year = year_spoken_of(self.answers, self.last)
        about = self.subject.thing
        said = the_ship(the_country(question, self._place()), self._told(), about)
        question, asked = in_that_year(said, year), self.asked
        subject = self.who_fits(question)
        happened = event_of(subject.thing, subject.within)
        if EVENT.search(subject.any) and asks_for_one(question, after=self.last):
            question = with_its_year(question, year)
        ways: tuple[Callable[[], str], ...] = (
            lambda: self._among(question) if chooses(question) else question,
            lambda: self._otherwise(question),
            lambda: that_was(question, asked, subject.thing),
            lambda: the_other(question, self.last, subject.person),
            lambda: self._named(question, subject),
            lambda: of_the_text(question, subject.thing),
            lambda: with_owner(question, subject),
            lambda: self._of_both(question),
            lambda: by_its_name(question, self._told()),
            lambda: with_its_place(question, self._place()),
            lambda: with_time(question, subject.any, asked),
            lambda: with_complement(question, subject.thing),
            lambda: in_what_happened(question, happened, self.said),
        )
        found = next((text for way in ways if (text := way()) != question), question)
        found = found if found == question else with_time(found, subject.any, asked)
        return self._dated(found, happened, year)

    def _dated(self, question: str, event: str, year: str) -> str:
        """The question with the year of "then", and with what "after that" is after."""
        full = beside_that(question, event, year)
        about = self.subject.any
        if full == question or event or not about or about.lower() in full.lower():
            return with_its_year(full, year)
        return f"{full}{CARRIES}{about}"

    def _among(self, question: str) -> str:
        """The question with those it asks to choose among, and with what these did it to."""
        of_a_group = not self.alike and self.subject.several and not self.subject.thing
        if of_a_group and not compared(self.asked):
            return question  # "How many of them were captured?": of the French forces in Algeria
        pair = self.pair()
        found, thing = among(question, pair), self.subject.thing
        return found if found == question or thing in pair else with_complement(found, thing)

    def _named(self, question: str, subject: Subject) -> str:
        """The question with names for pronouns: who somebody is said to disagree with, too."""
        if subject.thing == subject.person and (told := what_of(self.asked)):
            # Nobody is "it": "Which medal did Carter give him?", "When did he get it?"
            subject = replace(subject, thing=told)
        if relations := relations_meant(question, self.asked):
            return named(question, replace(subject, several=relations))
        if self.answers and (told := persons_told(question, self.answers[-1][1])):
            return in_what_happened(
                named(question, replace(subject, several=told)), event_of(subject.thing), self.said
            )
        sent = _WHO_WERE.match(self.asked) and subject.several in self.asked
        if (sent or not subject.several) and (several := those_who(question, self.asked)):
            subject = replace(subject, several=several)
        found = named(question, subject)
        person = subject.person
        if found == question or not person or person not in found:
            return found
        return with_complement(found, subject.thing) if is_a_matter(subject.thing) else found

    @property
    def said(self) -> str:
        """All that was said."""
        return "\n".join(turn.content for turn in self.turns)

    def _otherwise(self, question: str) -> str:
        """Where was that?" as "Where?" reads after a question of when something was done."""
        short = of_that(question)
        full = filled_in(short, self.before(short), self.subject.any)
        return full if full != short else question

    def _told(self) -> list[str]:
        """What was answered."""
        return [told for _, told in self.answers]

    def _place(self) -> str:
        """The place that was spoken of last; no person is one."""
        subject = self.subject
        by_name = subject.person and not subject.person.startswith("the ")
        return "" if by_name and subject.place in subject.person else subject.place

    def _of_both(self, question: str) -> str:
        """The question with whom the relations are that it speaks of."""
        about = self.subject.thing
        if not about or about == self.subject.person:
            return question
        return with_party(question, about, matter=is_a_matter(about))

    def who_fits(self, question: str) -> Subject:
        """What was spoken of last; of persons, one who was not called "she" where "he" is said."""
        if is_of_the_whole(question) and (whole := whole_of(self.subject.thing)):
            return replace(self.subject, thing=whole)
        event = self.subject.within
        if is_of_what_happens(question) and EVENT.search(event):
            return replace(self.subject, thing=event)
        gender, known = of_gender(question), dict(self.called)
        if gender and not self.subject.person:
            person = named_fully(self.asked) or called_after(self.subject.thing)
            return replace(self.subject, person=person) if person else self.subject
        if not gender or known.get(self.subject.person, gender) == gender:
            return self.subject
        fitting = [name for name, told in self.called if told == gender]
        return replace(self.subject, person=fitting[-1]) if fitting else self.subject

    @property
    def about(self) -> str:
        """What a question that names nothing is read with: the scene, or what was spoken of."""
        return self.scene or self.subject.any

    def leans(self, question: str) -> bool:
        """Whether a question that was read as it stands is one of the time spoken of."""
        return bool(self.asked) and of_that_time(question)

    def _items(self) -> tuple[str, ...]:
        """What the answers listed last."""
        items: tuple[str, ...] = ()
        for question, answer in self.answers:
            items = items_of(answer, question, items)
        return items

    def pair(self) -> tuple[str, ...]:
        """What was asked of alike, or the two that the last question names."""
        return self.alike or pair_of(self.asked, self.subject)

    def meant(self, question: str) -> str:
        """The one of several that a question means by its place among them."""
        if is_of_two(question):
            return one_of_two(question, self.pair())
        if beside(question):
            return beside_meant(question, self.asked, self.subject.any, self._items())
        return self._by_number(question) if is_by_number(question) else ""

    def _by_number(self, question: str) -> str:
        """The one that "the second one" is of what was listed, compared or is counted."""
        several = self.alike or compared(self.asked) or self._items()
        return item_meant(question, several) or of_its_name(
            self.subject.any, number_meant(question) + 1
        )

    def _of_the_one(self, question: str, meant: str) -> str:
        """The question of that one; the last question, where nothing else is asked of it."""
        if is_of_two(question):
            full = with_the_one(question, meant)
            return asked_of_another(full, self.asked, meant, self.pair()) or full
        by_number = is_by_number(question)
        full = with_item(question, meant) if by_number else with_beside(question, meant)
        full = full if by_number else with_opening(full)
        if turned := turned_to(full):
            return turned
        another = asked_of_another(full, self.asked, meant, self._items())
        filled = filled_in(full, self.asked, self.subject.any)
        if another or filled != full:
            return another or filled
        return told_of(question, meant) if by_number else self._part_of(full, meant)

    def _part_of(self, full: str, meant: str) -> str:
        """The question with the text that the part of it belongs to."""
        whole = whole_of(self.subject.any)
        return full.replace(meant, f"{meant} of {whole}") if whole else full

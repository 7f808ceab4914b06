"""How well sentences about the starter library are told apart: floors, below which it is broken."""

import random
from pathlib import Path

import pytest

import cli
from assistant.grounding.sentences import sentences
from assistant.grounding.spans import Evidence, EvidenceText
from assistant.grounding.verify import find
from assistant.models.encoder import LocalEncoder
from benchmarks.other_errors import wrongs
from benchmarks.other_plants import names_in

LIBRARY = Path(cli.__file__).parent.parent / "library"
BRIEFS = (
    "enhanced-forward-presence",
    "resolute-support",
    "defence-capacity-building",
    "partnerships-and-accession-of-finland-and-sweden",
    "challenges-of-defense-diplomacy",
    "glossaire-diplomatie-de-defense",
    "nato-command-structure-and-liaison",
)
# In words of our own, none of which stands so in a brief.
TRUE = [
    "Forward presence started in 2017, when four battlegroups were set up in Estonia, "
    "Latvia, Lithuania and Poland.",
    "In March 2022 the Allies agreed on four further battlegroups, in Bulgaria, "
    "Hungary, Romania and Slovakia.",
    "The decision to establish an enhanced forward presence was taken at the Warsaw "
    "Summit in July 2016.",
    "Canada, Germany, the United Kingdom and the United States were the Allies that "
    "offered to lead the first four battlegroups.",
    "The Resolute Support Mission started on 1 January 2015 and came to an end in early "
    "September 2021.",
    "Resolute Support was a non-combat mission led by NATO which trained, advised and "
    "assisted Afghan security forces.",
    "ISAF's mission came to its end on 31 December 2014.",
    "The Status of Forces Agreement with Afghanistan was signed in Kabul on 30 September 2014.",
    "The DCB Initiative was launched at the Wales Summit in September 2014.",
    "In 2015 NATO set up a trust fund that lets Allies and partners pay for DCB projects.",
    "The NATO-Georgia Joint Training and Evaluation Centre was opened on 27 August 2015 "
    "near Tbilisi.",
    "Finland became NATO's 31st member on 4 April 2023.",
    "Sweden joined as the 32nd member on 7 March 2024.",
    "Bureaucracy is one of the challenges of defense diplomacy.",
    "Thirty-two sovereign Allies have to agree before NATO acts.",
    "A host nation is the Ally on whose territory a unit is stationed.",
    "The Military Committee is NATO's highest military authority.",
    "L'attaché de défense représente les forces armées de son pays auprès de l'État hôte.",
    "La diplomatie de défense complète la diplomatie classique sans la remplacer.",
    "Le Comité militaire conseille le Conseil de l'Atlantique Nord.",
]
# The same with another year, number, body, place, order, unit, certainty or denial.
FALSE = [
    "Forward presence started in 2016 with four battlegroups in Estonia, Latvia, "
    "Lithuania and Poland.",
    "Enhanced forward presence began in 2017 with four battlegroups in Estonia, Latvia, "
    "Lithuania and Norway.",
    "NATO agreed in March 2022 to add six more battlegroups in Bulgaria, Hungary, "
    "Romania and Slovakia.",
    "The Madrid Summit of 8–9 July 2016 decided to establish an enhanced forward presence.",
    "The Resolute Support Mission began on 1 January 2014 and ended in early September 2021.",
    "The Resolute Support Mission was a NATO-led combat mission to train, advise and "
    "assist the Afghan forces.",
    "The International Security Assistance Force followed the Resolute Support Mission.",
    "The Status of Forces Agreement between NATO and Afghanistan was signed in Brussels "
    "on 30 September 2014.",
    "The European Union launched the DCB Initiative at the Wales Summit in September 2014.",
    "NATO acts even when no partner asks for support, and the DCB Initiative responds to requests.",
    "The Joint Training and Evaluation Centre will train only Georgian forces.",
    "Sweden became the 31st member of NATO on 4 April 2023, and Finland became the 32nd.",
    "Defence capacity building always covers equipment and infrastructure.",
    "Thirty-two thousand sovereign Allies must agree before NATO acts.",
    "The ambassador advises the defence attaché.",
    "The North Atlantic Council advises the Military Committee.",
    "L'attaché de défense représente les entreprises de son pays auprès de l'État hôte.",
    "La diplomatie de défense remplace la diplomatie classique.",
    "L'article 9 de la Convention de Vienne sur les relations diplomatiques permet à "
    "l'État hôte d'exiger les noms des attachés militaires.",
    "The Multinational Corps Northeast has its headquarters in Berlin.",
]


@pytest.fixture(scope="module")
def briefs() -> list[EvidenceText]:
    texts = {name: (LIBRARY / f"{name}.md").read_text("utf-8") for name in BRIEFS}
    return [EvidenceText(text, name) for name, text in texts.items()]


@pytest.fixture(scope="module")
def evidence(briefs: list[EvidenceText], encoder: LocalEncoder) -> Evidence:
    return Evidence(briefs, encoder)


def test_what_is_true_in_other_words_is_carried(evidence: Evidence) -> None:
    refused = [one for one in TRUE if find(one, evidence).span is None]
    assert len(refused) <= 3, refused


def test_what_is_said_otherwise_is_refused(evidence: Evidence) -> None:
    carried = [one for one in FALSE if find(one, evidence).span is not None]
    assert len(carried) <= 3, carried


def test_of_errors_that_no_rule_was_written_for_most_are_found(
    briefs: list[EvidenceText], encoder: LocalEncoder
) -> None:
    draw, found = random.Random(3), list[bool]()
    known = sorted({name for brief in briefs for name in names_in(brief.text)})
    for brief in briefs[:3]:
        held = Evidence([brief], encoder)
        prose = [one.text for one in sentences(brief.text) if len(one.text.split()) > 6]
        true = [one for one in prose if not set(one) & set("|#*")]
        assert all(find(one, held).verdict == "quoted" for one in draw.sample(true, 5))
        for _, wrong in wrongs(true, draw, known, names_in(brief.text)):
            found.append(find(wrong, held).span is None)
    assert len(found) > 30
    assert sum(found) / len(found) > 0.8

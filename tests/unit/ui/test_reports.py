from api.run_schemas import FailureOut
from tests.unit.ui.samples import EVIL, SAY, run
from ui.reports import render_failures, render_run, render_runs


def test_a_failure_has_its_reason() -> None:
    failure = FailureOut(source="/tmp/x/scan.pdf", error="NoTextError", detail="Add a text layer.")

    html = render_failures(SAY, [failure])

    assert "<strong>scan.pdf</strong><p>Add a text layer.</p>" in html
    assert "NoTextError" not in html


def test_of_hundreds_of_failures_the_first_are_shown() -> None:
    failures = [FailureOut(source=f"{n}.pdf", error="E", detail="D.") for n in range(300)]

    html = render_failures(SAY, failures)

    assert "49.pdf" in html
    assert "50.pdf" not in html
    assert "… and 250 more" in html


def test_a_run_that_was_stopped_can_be_done_again_and_one_under_way_stopped() -> None:
    assert 'data-retry="r1"' in render_run(SAY, run(state="cancelled", added=1))
    assert 'data-cancel="r1"' in render_run(SAY, run(state="running"))
    assert "<button" not in render_run(SAY, run(added=1))


def test_what_sources_are_called_is_escaped() -> None:
    failure = FailureOut(source=EVIL, error=EVIL, detail=EVIL)
    hostile = run(error=EVIL, run_id=EVIL, state="failed").model_copy(update={"sources": [EVIL]})

    assert "<img" not in render_failures(SAY, [failure]) + render_run(SAY, hostile)


def test_no_runs_is_said_too() -> None:
    assert "No documents were taken in yet." in render_runs(SAY, [], None)

from pathlib import Path

import pytest

import prompts

FILES = sorted(path.stem for path in Path(prompts.__file__).parent.glob("*.md"))


@pytest.mark.parametrize("name", FILES)
def test_every_prompt_renders_with_the_values_it_names(name: str) -> None:
    prompt = prompts.load(name)
    text = prompt.render(**{key: f"<{key}>" for key in prompt.placeholders})
    assert all(f"<{key}>" in text for key in prompt.placeholders)
    assert prompt.placeholders


def test_a_missing_or_superfluous_value_is_refused() -> None:
    prompt = prompts.load("answer")
    with pytest.raises(prompts.PromptError, match="question"):
        prompt.render(boundary="…", passages="…")
    with pytest.raises(prompts.PromptError, match="surprise"):
        prompt.render(boundary="…", passages="…", question="…", surprise="…")


def test_a_dollar_sign_in_a_value_stays_as_it_is() -> None:
    assert "$question costs $5" in prompts.load("answer").render(
        boundary="…", passages="$question costs $5", question="How much?"
    )


def test_another_wording_is_another_version() -> None:
    assert prompts.Prompt("a", "x").version != prompts.Prompt("a", "y").version


def test_an_unknown_prompt_is_an_error() -> None:
    with pytest.raises(prompts.PromptError, match="nowhere"):
        prompts.load("nowhere")

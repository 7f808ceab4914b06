"""What a chat model adds to the product: who writes answers, and who rewrites questions.

Loading what speaks to a model takes a quarter of a second, which nobody pays who has none.
"""

import prompts
from assistant.answers.draft import Answerer
from assistant.answers.generative import GenerativeAnswerer
from assistant.models.openai import open_chat_model
from assistant.retrieval.rewriting import Rewriter
from assistant.settings import Settings


def speakers(
    settings: Settings, extractive: Answerer
) -> tuple[GenerativeAnswerer, Rewriter] | None:
    """Who answers and who rewrites by the chat model that the settings name; None without one.

    Raises:
        ConfigurationError: there is neither a key nor the address of a server without one.
    """
    name, model = settings.chat_model, open_chat_model(settings)
    if name is None or model is None:
        return None
    answerer = GenerativeAnswerer(
        name, model, prompts.load("answer"), extractive, settings.chat_timeout_s
    )
    rewriter = Rewriter(name, model, prompts.load("standalone"), settings.rewrite_timeout_s)
    return answerer, rewriter

import shutil
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import ConfigurationError
from assistant.models.encoder import LocalEncoder, open_local_encoder
from assistant.models.weights import default_weights
from assistant.settings import Settings


def test_near_meanings_are_near(encoder: LocalEncoder) -> None:
    vectors = np.asarray(
        encoder.embed_documents(
            ["Allies train together.", "Joint exercises of member states.", "Bread needs yeast."]
        )
    )
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]


def test_vectors_come_in_the_order_of_the_texts_and_are_of_unit_length(
    encoder: LocalEncoder,
) -> None:
    texts = ["a long text " * 40, "short", "of middling length, not more"]
    together = np.asarray(encoder.embed_documents(texts))
    assert np.allclose(np.linalg.norm(together, axis=1), 1.0, atol=1e-5)
    for text, vector in zip(texts, together, strict=True):
        assert float(vector @ np.asarray(encoder.embed_query(text))) > 0.97


def test_whole_numbers_give_the_vectors_that_the_file_gives_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "as-it-is"
    shutil.copytree(default_weights(tmp_path / "models"), folder)
    default = open_local_encoder(Settings(home=tmp_path))
    as_it_is = open_local_encoder(Settings(home=tmp_path, embedder=str(folder)))
    texts = [
        "What is a SOFA?",
        "Les alliés s'entraînent ensemble, sur terre et en mer.",
        "a",
        "",
        "\n".join(f"§ {n}. The Parties shall consult, 19{n}." for n in range(10, 60)),
        "Status of forces > Article VII\nThe authorities of the receiving State shall notify.",
    ]
    pairs = zip(default.embed_documents(texts), as_it_is.embed_documents(texts), strict=True)
    assert min(float(np.dot(one, other)) for one, other in pairs) > 0.9999


def test_a_vector_does_not_depend_on_what_is_embedded_beside_it(encoder: LocalEncoder) -> None:
    texts = [f"Article {n}. " + "The Parties shall consult together. " * n for n in range(1, 40)]
    together = np.asarray(encoder.embed_documents(texts))
    alone = np.asarray([encoder.embed_query(text) for text in texts])
    assert np.abs(together - alone).max() < 1e-4


def test_nothing_to_embed_gives_no_vectors(encoder: LocalEncoder) -> None:
    assert encoder.embed_documents([]) == []


def test_tokens_of_very_many_texts_are_counted_in_their_order(encoder: LocalEncoder) -> None:
    texts = ["treaty " * (n % 5 + 1) for n in range(5_001)]
    assert encoder.count_tokens(texts) == [n % 5 + 1 for n in range(5_001)]


def test_tokens_are_counted_beyond_where_the_embedder_cuts(encoder: LocalEncoder) -> None:
    short, long = encoder.count_tokens(["treaty", "treaty " * 1000])
    assert short == 1
    assert long == 1000 > encoder.max_tokens


def test_a_changed_model_file_is_refused(tmp_path: Path) -> None:
    folder = default_weights(tmp_path)
    (folder / "model.onnx").write_bytes(b"something else")
    with pytest.raises(ConfigurationError, match="sha256"):
        default_weights(tmp_path)


def test_a_local_folder_can_be_the_embedder(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(default_weights(tmp_path / "models"), folder)
    mine = open_local_encoder(Settings(home=tmp_path, embedder=str(folder)))
    assert mine.name.startswith("folder:")
    assert len(mine.embed_query("What is a SOFA?")) == 384


def test_a_folder_without_a_model_says_what_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"model\.onnx and tokenizer\.json"):
        open_local_encoder(Settings(home=tmp_path, embedder=str(tmp_path)))


def test_a_model_that_is_not_here_is_not_downloaded(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, embedder="BAAI/bge-small-en-v1.5")
    with pytest.raises(ConfigurationError, match="Nothing is downloaded at run time"):
        open_local_encoder(settings)


def test_an_unknown_model_is_a_configuration_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="ATTACHE_EMBEDDER"):
        open_local_encoder(Settings(home=tmp_path, embedder="no/such-model"))

"""A Chroma server behind a proxy that has TLS and asks for a key: a real nginx."""

import gc
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import httpx2
import pytest

from assistant.errors import ConfigurationError
from assistant.library.library import open_library
from assistant.library.servers import ChromaAddress, Servers
from tests.chroma_process import running_chroma
from tests.cluster.together import free_ports
from tests.unit.library.builders import chunk_ids, day, new_version, publish, vector

pytestmark = [
    pytest.mark.nginx,
    # Chroma's client takes the name of a file, and hands it to httpx, which would have a context.
    pytest.mark.filterwarnings("ignore:`verify=<str>` is deprecated:DeprecationWarning"),
]

KEY = {"X-Chroma-Token": "secret"}
_CONFIGURATION = """
pid {folder}/pid;
events {{}}
http {{
  access_log off;
  {places}
  server {{
    listen 127.0.0.1:{port} ssl;
    ssl_certificate {folder}/certificate.pem;
    ssl_certificate_key {folder}/key.pem;
    location / {{
      if ($http_x_chroma_token != "secret") {{ return 403; }}
      proxy_pass {behind};
    }}
  }}
}}
"""


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of the proxy, and the file with the certificate that it shows."""
    folder: Path = tmp_path_factory.mktemp("proxy")
    certificate = folder / "certificate.pem"
    files = ["-keyout", str(folder / "key.pem"), "-out", str(certificate)]
    named = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    subprocess.run([*command, *named, *files], check=True, capture_output=True)
    (port,) = free_ports(1)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = "".join(f"{kind}_temp_path {folder / kind};" for kind in kinds)
    with running_chroma(folder / "chroma") as chroma:
        told = {"folder": folder, "port": port, "behind": chroma.url, "places": places}
        (folder / "nginx.conf").write_text(_CONFIGURATION.format(**told))
        user = ["user root;"] if os.getuid() == 0 else []
        started = ["-c", str(folder / "nginx.conf"), "-e", str(folder / "log")]
        running = subprocess.Popen(
            ["/usr/sbin/nginx", *started, "-g", " ".join(["daemon off;", *user])]
        )
        try:
            wait_for(f"https://localhost:{port}")
            yield f"https://localhost:{port}", str(certificate)
        finally:
            running.terminate()
            running.wait(30)


def wait_for(url: str) -> None:
    until = monotonic() + 30
    while True:
        try:
            httpx2.get(url, verify=False)
        except httpx2.ConnectError:
            assert monotonic() < until
            sleep(0.1)
        else:
            return


def test_a_library_is_searched_over_tls_with_the_key(
    proxy: tuple[str, str], tmp_path: Path
) -> None:
    url, certificate = proxy
    address = ChromaAddress(url, KEY, authority=certificate)
    treaty = new_version("file:///treaty", "An armed attack.\n\nCommon ground.")
    with open_library(tmp_path, "test", servers=Servers(chroma=address)) as library:
        publish(library, day(1), treaty)
        best, _ = library.vectors.search(vector("An armed attack."), 2)[0]
        assert best == chunk_ids(treaty)[0]


def test_a_certificate_that_nobody_vouches_for_is_told_with_what_to_set(
    proxy: tuple[str, str], tmp_path: Path
) -> None:
    address = ChromaAddress(proxy[0], KEY)
    with pytest.raises(ConfigurationError, match=r"cannot be trusted.*ATTACHE_CHROMA_CA"):
        open_library(tmp_path, "test", servers=Servers(chroma=address))


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
def test_a_server_that_wants_a_key_is_told_with_what_to_set(
    proxy: tuple[str, str], tmp_path: Path
) -> None:
    url, certificate = proxy
    address = ChromaAddress(url, {"X-Chroma-Token": "wrong"}, authority=certificate)
    with pytest.raises(ConfigurationError, match=r"403.*ATTACHE_CHROMA_HEADERS"):
        open_library(tmp_path, "test", servers=Servers(chroma=address))
    # What Chroma's client opened before it was refused, nobody can close.
    gc.collect()

"""Retrieval, answers and their proof."""

import os

# The embedder's runtime reports its use to its maker unless it is told not to before it is
# imported. No part of this program sends anything anywhere that its user did not ask for.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # noqa: TID251 - the runtime reads it, not we

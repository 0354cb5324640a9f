# planted: world-readable S306 B306
import tempfile


def draft():
    return open(tempfile.mktemp(), "w", encoding="utf-8")

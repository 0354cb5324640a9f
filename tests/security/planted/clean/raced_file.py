# clean twin
import tempfile


def draft():
    return tempfile.TemporaryFile("w", encoding="utf-8")

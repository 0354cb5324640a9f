# clean twin
import hashlib


def fingerprint(letter):
    return hashlib.sha256(letter).hexdigest()

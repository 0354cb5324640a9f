# planted: weak-hash S324 B324
import hashlib


def fingerprint(letter):
    return hashlib.md5(letter).hexdigest()

# planted: plain-hash-of-number
import hashlib


def lookup(cpr):
    return hashlib.sha256(cpr.encode()).hexdigest()

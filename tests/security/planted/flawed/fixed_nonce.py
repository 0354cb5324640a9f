# planted: fixed-nonce
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


def sealed(key, name):
    return AESGCM(key).encrypt(b"indblik-2026", name, None)

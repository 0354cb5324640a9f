# clean twin
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM


def sealed(key, name):
    nonce = os.urandom(12)
    return nonce + AESGCM(key).encrypt(nonce, name, None)

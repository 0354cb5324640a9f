# clean twin
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM


def sealed(key, name):
    nonce = secrets.token_bytes(12)
    return nonce + AESGCM(key).encrypt(nonce, name, None)

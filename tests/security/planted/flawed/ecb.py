# planted: weak-cipher S305 B305
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes


def sealed(key, name):
    return Cipher(algorithms.AES(key), modes.ECB()).encryptor().update(name)

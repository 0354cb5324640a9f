# planted: unequal-time
import hmac


def genuine(key, body, signature):
    mac = hmac.digest(key, body, "sha256")
    return mac == signature

# clean twin
import hmac


def genuine(key, body, signature):
    mac = hmac.digest(key, body, "sha256")
    return hmac.compare_digest(mac, signature)

# clean twin
import hmac


def lookup(key, cpr):
    return hmac.digest(key, cpr.encode(), "sha256").hex()

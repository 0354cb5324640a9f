# clean twin
import hmac


def signed(key, entry):
    return hmac.digest(key, entry, "sha256")

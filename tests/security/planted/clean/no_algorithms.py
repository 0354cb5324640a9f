# clean twin
import jwt


def claims(token, key):
    return jwt.decode(token, key, audience="indblik", algorithms=["ES256"])

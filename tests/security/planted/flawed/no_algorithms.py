# planted: unsigned-token
import jwt


def claims(token, key):
    return jwt.decode(token, key, options={"verify_exp": False}, algorithms=["ES256"])

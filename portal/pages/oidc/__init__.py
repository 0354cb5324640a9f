"""The portal as a client of an OpenID provider, built on Authlib and stricter than it."""

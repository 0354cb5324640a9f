# clean twin
import logging

LOG = logging.getLogger("planted")


def signed_in(account):
    LOG.info("signed in: %s", account.id)

# planted: person-in-log
import logging

LOG = logging.getLogger("planted")


def signed_in(cpr):
    LOG.info("signed in: %s", cpr)

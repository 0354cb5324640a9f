# clean twin
def noted(log, entry):
    try:
        log.write(entry)
    except BlockingIOError:
        log.later(entry)

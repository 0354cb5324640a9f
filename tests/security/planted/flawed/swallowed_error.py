# planted: S110 B110
def noted(log, entry):
    try:
        log.write(entry)
    except Exception:
        pass

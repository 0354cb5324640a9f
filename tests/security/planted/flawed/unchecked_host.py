# planted: unchecked-transport S323 B323
import ssl


def line():
    context = ssl.create_default_context()
    context.check_hostname = False
    return context

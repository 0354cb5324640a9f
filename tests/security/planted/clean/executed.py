# clean twin
def extended(plugin):
    return plugin.read_text().splitlines()

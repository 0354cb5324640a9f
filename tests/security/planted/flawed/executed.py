# planted: runs-text S102 B102
def extended(plugin):
    exec(plugin.read_text())

# clean twin
import subprocess


def version(tool):
    return subprocess.check_output([tool, "--version"], text=True)

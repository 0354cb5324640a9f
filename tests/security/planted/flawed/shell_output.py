# planted: shell S605 B605
import subprocess


def version(tool):
    return subprocess.getoutput(f"{tool} --version")

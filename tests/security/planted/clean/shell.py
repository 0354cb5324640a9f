# clean twin
import subprocess


def drawn(chart):
    subprocess.run(["/usr/bin/dot", "-Tsvg", chart], check=True)

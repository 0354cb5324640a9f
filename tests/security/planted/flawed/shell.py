# planted: shell S602 B602
import subprocess


def drawn(chart):
    subprocess.run(f"dot -Tsvg {chart}", shell=True, check=True)

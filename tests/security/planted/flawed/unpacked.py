# planted: unpacks-anything S202 B202
import tarfile


def imported(file):
    with tarfile.open(file) as archive:
        archive.extractall("/srv/import")

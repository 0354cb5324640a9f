"""What citizens' texts are about: a codebook that people own, codings, exact quotes, counts."""

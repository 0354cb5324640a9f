"""Problems that somebody has met on a page. Nobody is asked who they are."""

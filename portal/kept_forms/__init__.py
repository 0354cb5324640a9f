"""What somebody had typed when their session ended, until they have signed in again."""

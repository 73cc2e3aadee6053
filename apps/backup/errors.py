"""What can be wrong with a backup."""


class BackupError(Exception):
    """A backup cannot be made, trusted or restored; the message tells an operator what is wrong and what to do."""

"""A short name for any data: the same for the same data, another for any other."""

import hashlib
import pickle


def digest(*things: object) -> str:
    """Of everything that pickle writes down about these things; different things never share it."""
    return hashlib.sha256(pickle.dumps(things, pickle.HIGHEST_PROTOCOL)).hexdigest()

"""One shift at the index, `follow` or `rebuild`, until nothing waits; all it does to the index is a step to die at."""

import sys

import django

if __name__ == "__main__":
    django.setup()
    from django.conf import settings

    from search.engines.elastic import ElasticWriter
    from search.engines.tantivy import TantivyWriter
    from search.index.follow import follow
    from search.index.rebuild import rebuild
    from tests.faults.killing import around

    for writer in (TantivyWriter, ElasticWriter):
        for act in ("__init__", "add", "put", "drop", "commit", "close"):
            around(writer, act, f"{act} of the index")
    if sys.argv[1] == "rebuild":
        rebuild(settings.SEARCH_ENGINE)
    while follow():
        pass

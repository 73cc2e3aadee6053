"""The engines that answer a plan: tantivy inside the process, Elasticsearch beside it."""

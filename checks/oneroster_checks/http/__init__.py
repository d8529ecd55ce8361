"""One HTTP session: limits, retries, the trace, OAuth 1 and 2. The only place that knows httpx."""

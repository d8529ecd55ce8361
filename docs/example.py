"""Check one connection from Python: python docs/example.py BASE_URL TOKEN_URL CLIENT_ID"""

import asyncio
import os
import sys

from oneroster_checks import Connection, Credentials, InputError, Secret, Status, run


async def main(base_url: str, token_url: str, client_id: str) -> int:
    connection = Connection(base_url=base_url, token_url=token_url, client_id=client_id)
    credentials = Credentials(Secret(os.environ.get("ONEROSTER_CLIENT_SECRET", "")))
    try:
        result = await run(connection, credentials)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{result.verdict.status}: {result.verdict.summary}")
    for step in result.verdict.fix:
        print(f"- {step}")
    return 0 if result.verdict.status in (Status.PASS, Status.WARN) else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main(*sys.argv[1:])))

"""Check connections in several processes: python docs/example_many.py < connections.txt

Each line of the input has a name, a base URL, a token URL, a client id, and the name of the variable that holds its
client secret, with spaces between them.
"""

import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import partial

from oneroster_checks import Connection, HostTask, PlainMachine, ProfileTask, run_host, sharing_hosts


def profile(line: str) -> ProfileTask:
    name, base_url, token_url, client_id, variable = line.split()
    connection = Connection(base_url=base_url, token_url=token_url, client_id=client_id)
    return ProfileTask(name, connection, references={"client_secret": (f"env:{variable}",)})


def main() -> None:
    profiles = [profile(line) for line in sys.stdin]
    # One task for all profiles that share a host, so that no host sees two requests at once.
    groups = sharing_hosts(each.connection for each in profiles)
    tasks = [HostTask(tuple(profiles[number] for number in group)) for group in groups]
    # Any other executor of concurrent.futures does as well.
    with ProcessPoolExecutor() as executor:
        runs = [executor.submit(partial(run_host, machine=PlainMachine()), task) for task in tasks]
        for run in as_completed(runs):
            for result in run.result().read():
                print(f"{result.profile}: {result.verdict.status}: {result.verdict.summary}", flush=True)


if __name__ == "__main__":
    main()

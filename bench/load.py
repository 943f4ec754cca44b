"""Load generator: `python -m bench.load` requests one address as often as possible for a while.

It is a process of its own, so that measuring slows the server as little as possible. Each request
opens a new connection, because gunicorn's sync workers close them.
"""

import json
import socket
import sys
import threading
import time

CONNECTIONS = 4


def main(port: str, seconds: str, request: str) -> None:
    """Print as JSON: the number of responses, the seconds, and the distinct first lines."""
    client = Client(int(port), request.encode(), float(seconds))
    threads = [threading.Thread(target=client.run) for _ in range(CONNECTIONS)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - started
    json.dump(
        {"count": client.count, "seconds": elapsed, "lines": sorted(client.lines)}, sys.stdout
    )


class Client:
    """State that the threads share."""

    def __init__(self, port: int, request: bytes, seconds: float) -> None:
        self.address = ("127.0.0.1", port)
        self.request = request
        self.deadline = time.perf_counter() + seconds
        self.count = 0
        self.lines: set[str] = set()
        self.lock = threading.Lock()

    def run(self) -> None:
        """Send requests until the time is up."""
        count = 0
        while time.perf_counter() < self.deadline:
            line = self.ask()
            count += 1
        with self.lock:
            self.count += count
            self.lines.add(line)

    def ask(self) -> str:
        """Send one request, read the whole response and return its first line."""
        with socket.create_connection(self.address, timeout=10) as connection:
            connection.sendall(self.request)
            first = connection.recv(65536)
            while connection.recv(65536):
                pass
        return first.split(b"\r\n", 1)[0].decode()


if __name__ == "__main__":
    main(*sys.argv[1:])

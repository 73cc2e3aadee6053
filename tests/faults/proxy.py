"""Stands between the shop and a server of its own on loopback, and can fail as networks and machines do."""

import contextlib
import socket
import threading
import time


class Proxy:
    """Passes bytes to a port; `delay` holds every answer up by so many seconds, `mute` swallows them."""

    def __init__(self, target: int) -> None:
        self.target, self.delay, self.mute = target, 0.0, False
        self._links: list[socket.socket] = []
        self._listener: socket.socket | None = None
        self.port = 0
        self.restore()

    def restore(self) -> None:
        """Listen (again), on the same port as before."""
        self.delay, self.mute = 0.0, False
        if self._listener is None:
            self._listener = socket.create_server(("127.0.0.1", self.port), backlog=64)
            self.port = int(self._listener.getsockname()[1])
            threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def down(self) -> None:
        """Refuse new connections and break all that there are."""
        if self._listener is not None:
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
        self.cut()

    def cut(self) -> None:
        """Break the connections that there are."""
        for link in self._links:
            _close(link)
        self._links.clear()

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = listener.accept()
                try:
                    server = socket.create_connection(("127.0.0.1", self.target), 5)
                except OSError:
                    _close(client)
                    continue
                server.settimeout(None)
                self._links += [client, server]
                threading.Thread(target=self._pass, args=(client, server, False), daemon=True).start()
                threading.Thread(target=self._pass, args=(server, client, True), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, is_answer: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if is_answer:
                    time.sleep(self.delay)
                if not self.mute:
                    target.sendall(data)
        _close(source)
        _close(target)


def _close(link: socket.socket) -> None:
    with contextlib.suppress(OSError):
        link.shutdown(socket.SHUT_RDWR)
    link.close()

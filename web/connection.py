"""A connection that does not wait for ever: who opens many and says little, or takes little, keeps no one else out.

uvicorn itself ends only connections that have been silent after an answer. A body has its own clock (`security.py`).
"""

import asyncio
from collections.abc import Callable
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 15  # for the first lines of a request to come in
TAKING_SECONDS = 30  # within which something of an answer must be taken


class _Clock:
    """Calls something when its time has run out, unless it is stopped."""

    def __init__(self) -> None:
        self._running: asyncio.TimerHandle | None = None

    @property
    def runs(self) -> bool:
        return self._running is not None

    def start(self, seconds: float, call: Callable[..., object], *told: object) -> None:
        self.stop()
        self._running = asyncio.get_running_loop().call_later(seconds, call, *told)

    def stop(self) -> None:
        if self._running is not None:
            self._running.cancel()
        self._running = None


class Connection(H11Protocol):
    """HTTP/1.1 with a clock on what is asked and on what is taken."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._asking, self._taking = _Clock(), _Clock()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._asking.start(HEAD_SECONDS, transport.abort)

    def data_received(self, data: bytes) -> None:
        """Take what came in; half the first lines do not start the clock anew."""
        super().data_received(data)
        self._wait_or_not()

    def on_response_complete(self) -> None:
        """Go on to the next request; what is left of a body that was refused is not waited for much longer."""
        super().on_response_complete()
        if self.conn.their_state is h11.SEND_BODY:
            self._wait_or_not()

    def _wait_or_not(self) -> None:
        refused = self.conn.their_state is h11.SEND_BODY and self.cycle.response_complete
        if self.conn.their_state is not h11.IDLE and not refused:
            self._asking.stop()
        elif not self._asking.runs:
            self._asking.start(HEAD_SECONDS, self.transport.abort)

    def pause_writing(self) -> None:
        """Wait for the other side to take what is written."""
        super().pause_writing()
        self._look(None)

    def resume_writing(self) -> None:
        """Stop waiting: most of it is taken."""
        super().resume_writing()
        self._taking.stop()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clocks."""
        super().connection_lost(exc)
        self._asking.stop()
        self._taking.stop()

    def _look(self, before: int | None) -> None:
        """Wait on where something was taken since, else hang up."""
        left = self.transport.get_write_buffer_size()
        if before is not None and left >= before:
            self.transport.abort()
        else:
            self._taking.start(TAKING_SECONDS, self._look, left)

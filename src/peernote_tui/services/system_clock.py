"""The machine's clock and zone; the only place that asks them."""

from __future__ import annotations

from datetime import UTC, datetime


class SystemClock:
    """A `Clock` on the machine's time."""

    def __init__(self) -> None:
        self._zone: str | None = None

    @property
    def zone(self) -> str:
        """IANA name of the machine's zone; `UTC` when it cannot be told."""
        if self._zone is None:
            # tzlocal also knows Windows' names for zones, which the standard library does not.
            from tzlocal import get_localzone_name  # noqa: PLC0415 not needed before the vault is open

            try:
                self._zone = get_localzone_name() or "UTC"
            except Exception:  # noqa: BLE001 a broken zone setting must not keep anyone from writing
                self._zone = "UTC"
        return self._zone

    def now(self) -> datetime:
        """The present instant in UTC."""
        return datetime.now(UTC)

"""What can go wrong. Every exception of this package is a :class:`WirecopyError`."""


class WirecopyError(Exception):
    """Any fault that this package tells."""


class SettingError(WirecopyError, ValueError):
    """A setting has no such name, or a value outside its range. The message names both."""


class InputError(WirecopyError, ValueError):
    """What was handed in cannot be read: no such column, a column of another type, no document at all."""


class StoreError(WirecopyError, OSError):
    """An index cannot be opened, read or written, is damaged, closed, or was made under other settings."""


class RunError(WirecopyError, RuntimeError):
    """A run failed half-way: threads could not be started, records could not be read again."""


class OrderError(RunError):
    """Rows of a Spark task did not come in the order that the job asked for. Nothing is written then."""

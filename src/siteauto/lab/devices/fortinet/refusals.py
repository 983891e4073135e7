"""What FortiOS prints when it does not take a line. Every refusal ends with its return code."""


class RefusedError(Exception):
    """A line that the device did not take; the text is what it prints."""


def unknown_word(word: str) -> RefusedError:
    """A command, object or attribute that does not exist here."""
    return RefusedError(f"\ncommand parse error before '{word}'\nCommand fail. Return code -61\n")


def unknown_action() -> RefusedError:
    """A verb that does not exist here."""
    return RefusedError("Unknown action 0\nCommand fail. Return code -1\n")


def incomplete() -> RefusedError:
    """A line that ends too early."""
    return RefusedError("\nincomplete command in the end\nCommand fail. Return code -160\n")


def bad_value(word: str) -> RefusedError:
    """A value that the attribute cannot hold."""
    return RefusedError(f"\nvalue parse error before '{word}'\nCommand fail. Return code -651\n")


def no_such_entry(word: str) -> RefusedError:
    """A value that should name an entry of a table and does not."""
    return RefusedError(
        f"\nentry not found in datasource\n\nvalue parse error before '{word}'\nCommand fail. Return code -3\n"
    )


def not_in_table() -> RefusedError:
    """A key that the table does not hold."""
    return RefusedError("\nentry not found in datasource\nCommand fail. Return code -3\n")


def in_use(count: int) -> RefusedError:
    """An entry that others refer to cannot go."""
    noun = "entry" if count == 1 else "entries"
    return RefusedError(f"The entry is used by other {count} {noun}\nCommand fail. Return code -23\n")


def must_be_set(name: str) -> RefusedError:
    """An entry that lacks a mandatory attribute; what was typed for it is dropped."""
    return RefusedError(
        f"node_check_object fail! for {name} \n\nAttribute '{name}' MUST be set.\n"
        "Command fail. Return code -56\nobject check operator error, -56, discard the setting\n"
    )


def check_failed(name: str, value: str, why: str, code: int = -651) -> RefusedError:
    """A value that the grammar allows and the rest of the configuration does not."""
    first = f"{why}\n" if why else ""
    return RefusedError(
        f"{first}node_check_object fail! for {name} {value}\n\nvalue parse error before '{value}'\n"
        f"Command fail. Return code {code}\n"
    )


def locked(word: str) -> RefusedError:
    """Somebody else's transaction holds the object."""
    return RefusedError(f"The object '{word}' is locked by another transaction.\nCommand fail. Return code -4\n")


def not_in_transaction(word: str) -> RefusedError:
    """Objects that a configuration transaction cannot change."""
    return RefusedError(f"'{word}' can not be changed in a config transaction.\nCommand fail. Return code -37\n")

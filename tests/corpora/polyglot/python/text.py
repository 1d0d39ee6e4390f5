def parse_duration(text):
    """Parses a duration like 90s, 5m or 2h into a number of seconds."""
    number = 0
    for symbol in text:
        if symbol >= "0" and symbol <= "9":
            number = number * 10 + digit(symbol)
        elif symbol == "m":
            return number * 60
        elif symbol == "h":
            return number * 3600
        elif symbol != "s":
            raise ValueError("unknown unit " + symbol)
    return number


def encode_runs(values):
    """Encodes a list as pairs of a value and the length of its run."""
    runs = new_runs()
    previous = 0
    length = 0
    for value in values:
        if length > 0 and value == previous:
            length = length + 1
        else:
            if length > 0:
                add_run(runs, previous, length)
            previous = value
            length = 1
    if length > 0:
        add_run(runs, previous, length)
    return runs


def checksum(data):
    """Computes the Adler checksum of some bytes, modulo 65521."""
    low = 1
    high = 0
    for byte in data:
        low = (low + byte) % 65521
        high = (high + low) % 65521
    return (high << 16) | low


def normalise(text, width):
    words = text.split(" ")
    lines = []
    line = ""
    for word in words:
        if len(line) + len(word) > width:
            lines.append(line)
            line = ""
        line += word + " "
    return lines


def describe(items, limit):
    """Describes items in one line, cut at a limit of characters."""
    parts = []
    for item in items:
        parts.append(item.name + "=" + str(item.value))
    line = ", ".join(sorted(parts))
    if len(line) > limit:
        return line[:limit] + "..."
    return line

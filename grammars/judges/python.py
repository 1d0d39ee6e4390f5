@@common
import sys as xcoder_sys, os as xcoder_os, builtins as xcoder_builtins

xcoder_input = xcoder_os.fdopen(9, "rb")

def xcoder_show(value, depth=0):
    if depth > 60:
        raise ValueError("unprintable")
    kind = type(value)
    if value is None:
        return "n"
    if kind is bool:
        return "t" if value else "f"
    if kind is int:
        return "i%d;" % value
    if kind is float:
        return "d%s;" % ("NaN" if value != value else "Infinity" if value == float("inf") else "-Infinity" if value == float("-inf") else repr(value))
    if kind is str:
        return "s%s;" % value.encode("utf-8", "surrogatepass").hex()
    if kind in (bytes, bytearray):
        return "b%s;" % bytes(value).hex()
    for tag, of in (("l", list), ("u", tuple), ("e", set), ("z", frozenset)):
        if kind is of:
            return tag + "%d;" % len(value) + "".join([xcoder_show(item, depth + 1) for item in value])
    if isinstance(value, dict) and kind.__module__ in ("builtins", "collections"):
        return "m%d;" % len(value) + "".join([xcoder_show(key, depth + 1) + xcoder_show(item, depth + 1) for key, item in value.items()])
    if kind is range:
        return xcoder_show(list(value), depth)
    raise ValueError("unprintable: " + kind.__name__)

def xcoder_read(text, at=0):
    tag, at = text[at], at + 1
    if tag in "nvtf":
        return {"t": True, "f": False}.get(tag), at
    end = text.index(";", at)
    digits, at = text[at:end], end + 1
    if tag in "ic":
        return int(digits), at
    if tag == "d":
        return float(digits.replace("Infinity", "inf")), at
    if tag in "sy":
        return bytes.fromhex(digits).decode("utf-8", "surrogatepass"), at
    if tag == "b":
        return bytes.fromhex(digits), at
    items = []
    for _ in range(int(digits) * (2 if tag == "m" else 1)):
        item, at = xcoder_read(text, at)
        items.append(item)
    if tag == "m":
        return dict(zip(items[::2], items[1::2])), at
    return {"l": list, "u": tuple, "e": set, "z": frozenset}[tag](items), at

def xcoder_line(text):
    xcoder_sys.stdout.flush()
    data = ("\n{secret} " + text + "\n").encode("ascii", "replace")
    while data:
        data = data[xcoder_os.write(1, data):]

@@answer
{code}

{common}
def xcoder_serve():
    table = {{entries}}
    while True:
        line = xcoder_input.readline().decode("ascii").split()
        if not line:
            break
        try:
            (arguments, named), _ = xcoder_read(line[2])
            result = table[line[1]](*arguments, **named)
            after = xcoder_show(arguments)
        except Exception as error:
            hexed = [str(text).encode("utf-8", "replace").hex() for text in (type(error).__name__, error)]
            xcoder_line("! %s s%s; s%s;" % (line[0], hexed[0], hexed[1][:4000]))
            continue
        try:
            shown = xcoder_show(result)
        except Exception:
            xcoder_line("# " + line[0])
            continue
        xcoder_line("= %s %s %s" % (line[0], shown, after))
xcoder_serve()

@@judge
{common}
def xcoder_refuse(reason):
    xcoder_line("# " + reason)
    xcoder_os._exit(3)

def xcoder_stub(key):
    if hasattr(xcoder_builtins, key.split(".")[0]):
        xcoder_refuse("the answer redefines '%s'" % key)

    def call(*arguments, **named):
        try:
            shown = "l2;" + xcoder_show(list(arguments)) + xcoder_show(dict(named))
        except ValueError:
            xcoder_refuse("the tests pass something that is no value")
        xcoder_line("? %s %s" % (key, shown))
        reply = xcoder_input.readline().decode("ascii").split()
        value = xcoder_read(reply[1])[0]
        after = xcoder_read(reply[2])[0]
        if reply[0] == "!":
            kind = getattr(xcoder_builtins, value, None)
            if kind in (StopIteration, StopAsyncIteration):
                # It would end a loop of the tests; Python does the same to one that leaves a generator.
                kind = RuntimeError
            if not (isinstance(kind, type) and issubclass(kind, Exception)):
                kind = type(value, (Exception,), {})
            try:
                error = kind(after)
            except Exception:
                error = Exception(after)
            raise error
        for before, now in zip(arguments, after or ()):
            if type(before) in (list, bytearray):
                before[:] = now
            elif isinstance(before, (set, dict)):
                before.clear()
                before.update(now)
        return value
    return call

{stubs}
{tests}
xcoder_line("$")

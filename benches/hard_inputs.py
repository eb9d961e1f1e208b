#!/usr/bin/env python3
"""What inputs without end cost: seconds, peak memory, exit code, and what the program says of them.

    hard_inputs.py PROGRAM [NAME ...]

Makes each input in a folder of its own (a line of 1 GB, a gzip bomb, HTML nested 100,000 deep, one attribute of 50 MB, a feed of 1,000,000 items),
runs `trace` and `dedup` on it beside one sound article, and prints one row of a Markdown table for each. With names, only those.
"""
import gzip, os, subprocess, sys, tempfile, time

SOUND = "The mill in Ostervik burned for nine hours on Sunday night, the fire brigade said, and nobody was hurt when its roof fell in.\n"


def long_line(path):
    with open(path, "wb") as out:
        out.write(b'{"text": "')
        for _ in range(1000):
            out.write(b"mill burned " * 83_334)
        out.write(b'"}\n')


def bomb(path):
    with open(path, "wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=9, mtime=0) as out:
        for _ in range(2_000):
            out.write(b"a" * 1_000_000)


def nested(path):
    with open(path, "w") as out:
        out.write("<html><body>" + "<div>" * 100_000 + "<p>" + SOUND + "</p>" + "</div>" * 100_000 + "</body></html>")


def attribute(path):
    with open(path, "w") as out:
        out.write('<html><body class="' + "x" * 50_000_000 + '"><p>' + SOUND + "</p></body></html>")


def feed(path):
    with open(path, "w") as out:
        out.write('<?xml version="1.0"?><rss version="2.0"><channel><title>Quay</title>')
        for n in range(1_000_000):
            out.write(f"<item><guid>n{n}</guid><title>Item {n}</title><description>Item {n} tells of the mill {n % 977}.</description></item>")
        out.write("</channel></rss>")


INPUTS = {
    "a line of 1 GB": ("line.jsonl", long_line),
    "2 GB of one letter as gzip": ("bomb.txt.gz", bomb),
    "HTML nested 100,000 deep": ("nested.html", nested),
    "an attribute of 50 MB": ("attribute.html", attribute),
    "a feed of 1,000,000 items": ("feed.xml", feed),
}


def measured(arguments, folder):
    """Seconds, peak megabytes and exit code, by waiting for the process itself."""
    with open(os.path.join(folder, "told"), "wb") as told:
        start = time.monotonic()
        process = subprocess.Popen(arguments, cwd=folder, stdout=subprocess.DEVNULL, stderr=told)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    with open(os.path.join(folder, "told"), encoding="utf-8", errors="replace") as f:
        lines = [line.strip().removeprefix("wirecopy: ") for line in f]
    return time.monotonic() - start, usage.ru_maxrss // 1024, process.returncode, lines


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program = os.path.abspath(sys.argv[1])
    print("| input | size, MB | command | s | peak, MiB | exit code | told |\n|---|---|---|---|---|---|---|")
    for name in sys.argv[2:] or INPUTS:
        file, make = INPUTS[name]
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, file)
            make(path)
            with open(os.path.join(folder, "sound.txt"), "w") as out:
                out.write(SOUND)
            for command in (["trace", file, "sound.txt"], ["dedup", file, "sound.txt", "-o", "kept.jsonl"]):
                seconds, peak, code, lines = measured([program, *command, "--progress", "never"], folder)
                told = [line for line in lines if line.startswith(file)]
                print(f"| {name} | {os.path.getsize(path) / 1e6:.1f} | `{command[0]}` | {seconds:.1f} | {peak} | {code} | {'; '.join(told)[:240]} |", flush=True)


if __name__ == "__main__":
    main()

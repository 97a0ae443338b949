#!/usr/bin/python3
"""Reads the files of make.py with the real program and prints how much of their text came.

usage: tests/formats/measure.py PROGRAM FOLDER [--show]
  --show: the words that are missing and those that are too many, for every file that lost one

Words are \\w+ in small letters, as a multiset. Times: one `ingest` of all files that need no recognition,
by when each document is acknowledged; acknowledgements come in batches, so a file's time is its batch's,
shared. Those with recognition are timed one `extract` each. Exit status 1: a floor is missed.
"""
import collections
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import unicodedata

FLOORS = {"office": 0.995, "legacy": 0.98, "scan": 0.97}
MOST_AVERAGE_MS, MOST_P95_MS = 100, 300
LEGACY = ("txt tcvn3", "txt vni", "txt viscii", "txt vps", "txt windows-1258", "docx .Vn", "docx VNI", "rtf .Vn", "rtf VNI")
LEAST_READ = 0.95  # of a file with a wrong extension


def words(text):
    return collections.Counter(re.findall(r"\w+", unicodedata.normalize("NFC", text).lower()))


def group_of(kind):
    if kind.startswith("scan"):
        return "scan"
    return "legacy" if kind.startswith(LEGACY) else "office"


class Row:
    def __init__(self, kind):
        self.kind, self.files, self.wanted, self.found, self.given = kind, 0, 0, 0, 0
        self.times, self.unread, self.changed, self.worst = [], [], [], (1, "")

    def add(self, name, wanted, given, show):
        common = sum((wanted & given).values())
        self.files += 1
        self.wanted += sum(wanted.values())
        self.found += common
        self.given += sum(given.values())
        share = common / max(1, sum(wanted.values()))
        if share < LEAST_READ:
            self.unread.append(name)
        self.worst = min(self.worst, (share, name))
        if show and (common < sum(wanted.values()) or common < sum(given.values())):
            print(f"{self.kind}/{name}: missing {dict((wanted - given).most_common(12))}, too many {dict((given - wanted).most_common(12))}")

    recall = property(lambda row: row.found / max(1, row.wanted))
    precision = property(lambda row: row.found / max(1, row.given))


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))] if values else 0


def extract(program, path):
    began = time.monotonic()
    done = subprocess.run([program, "extract", path], capture_output=True, text=True, errors="replace")
    return done.stdout, done.stderr, (time.monotonic() - began) * 1000


def ingest_times(program, places):
    """Path → milliseconds, and the mean: wall clock through the number of files."""
    with tempfile.TemporaryDirectory() as library:
        began = time.monotonic()
        process = subprocess.Popen([program, "--library", library, "ingest", "--no-ocr", "--json-lines", *places],
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        batches, last, rest = [], None, b""
        while data := os.read(process.stdout.fileno(), 1 << 16):
            now = time.monotonic()
            *lines, rest = (rest + data).split(b"\n")
            # What arrives within some milliseconds was committed together.
            if last is None or now - last > 0.005:
                batches.append([now, []])
            batches[-1][1] += [json.loads(line)["path"] for line in lines]
            last = now
        process.wait()
        times, before = {}, began
        for at, paths in batches:
            for path in set(paths):
                times[path] = (at - before) * 1000 / len(set(paths))
            before = at
        mean = (before - began) * 1000 / max(1, len(times))
    return times, mean


def measure(program, folder, show):
    files, truths = folder / "files", folder / "truth"
    kinds = sorted(place.name for place in files.iterdir())
    rows = {kind: Row(kind) for kind in kinds}
    jobs = [(kind, path) for kind in kinds for path in sorted((files / kind).iterdir())]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for (kind, path), (text, _, ms) in zip(jobs, pool.map(lambda job: extract(program, job[1]), jobs)):
            row = rows[kind]
            truth = (truths / kind / (path.name + ".txt")).read_text(encoding="utf-8")
            row.add(path.name, words(truth), words(text), show)
            if group_of(kind) == "scan":
                row.times.append(ms)
            if kind == "other languages" and text != truth:
                row.changed.append(path.name)
    times, mean = ingest_times(program, [files / kind for kind in kinds if group_of(kind) != "scan"])
    for path, ms in times.items():
        rows[pathlib.Path(path).parent.name].times.append(ms)
    return rows, times, mean


def report(rows, times, mean):
    print("| format | files | words found | of what came, true | ms a file | p95 |\n|---|---|---|---|---|---|")
    for row in rows.values():
        print(f"| {row.kind} | {row.files} | {row.recall:.4f} | {row.precision:.4f} | {sum(row.times) / max(1, len(row.times)):.0f} | {percentile(row.times, 0.95):.0f} |")
    faults = []
    for row in rows.values():
        if row.recall < FLOORS[group_of(row.kind)]:
            faults.append(f"{row.kind}: {row.recall:.4f} of the words, floor {FLOORS[group_of(row.kind)]}; worst {row.worst[1]} ({row.worst[0]:.3f})")
        if row.kind == "wrong extension" and row.unread:
            faults.append(f"wrong extension: not read {row.unread}")
        if row.changed:
            faults.append(f"{row.kind}: changed {row.changed}")
    p95 = percentile(times.values(), 0.95)
    print(f"\n{len(times)} files without recognition in one ingest: {mean:.0f} ms a file, p95 {p95:.0f} ms")
    if mean > MOST_AVERAGE_MS or p95 > MOST_P95_MS:
        faults.append(f"slow: {mean:.0f} ms a file, p95 {p95:.0f} ms; at most {MOST_AVERAGE_MS}, {MOST_P95_MS}")
    print("\n".join(faults))
    return bool(faults)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(report(*measure(os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve(), "--show" in sys.argv)))

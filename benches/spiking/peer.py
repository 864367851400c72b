"""What the scripts of the peers share: the description of a work, and the conversation with run.mjs.

A script is started for one work. It prepares it, writes one line of JSON about it, and then, for each line that it
reads, simulates and writes one line: milliseconds of wall time, of biological time, and how many spikes there were.
"""

import json
import os
import pathlib
import sys
import time


def work(name):
    """The work of that name, with what it shares with others."""
    described = json.loads(pathlib.Path(__file__).with_name("works.json").read_text())
    found = next(work for work in described["works"] if work["id"] == name)
    return {**described.get(found.get("like"), {}), **found}


def serve(prepare):
    """`prepare(work)` gives facts about a work, and a function that simulates it once."""
    # Simulators print what they like; only what is meant reaches the reader.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    def answer(value):
        answers.write(json.dumps(value) + "\n")
        answers.flush()

    began = time.perf_counter()
    try:
        facts, simulate = prepare(work(sys.argv[-1]))
    except NotImplementedError as why:
        answer({"refusal": str(why)})
        return
    answer({**facts, "build_s": time.perf_counter() - began})
    for _ in sys.stdin:
        answer(simulate())


def timed(simulate):
    """Milliseconds that a call takes."""
    began = time.perf_counter()
    simulate()
    return 1000 * (time.perf_counter() - began)

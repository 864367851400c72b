"""The works in Brian2 with numbers of single precision: python brian_peer.py cpp|cython WORK

`cpp` is a program of its own (C++ standalone, one thread), compiled once and run anew each time; its own clock says how
long the simulation took. `cython` runs in this process and is put back to its beginning each time.

Brian2 holds a neuron for one step less than its refractory period says, so it is given one step more. The rates of the
squid are written out, which is faster here than Brian2's `exprel`, with constants that keep 0/0 away.
"""

import atexit
import shutil
import sys
import tempfile

import brian2 as b
import numpy as np
import peer

TARGET = sys.argv[1]
b.prefs.core.default_float_dtype = b.float32
b.prefs.codegen.target = "cython"


def group(work, count, equations, method, **options):
    low, high = work["initial_mv"]
    neuron = work["neuron"]
    namespace = {key: float(value) for key, value in neuron.items()}
    neurons = b.NeuronGroup(
        count, equations, method=method, threshold="v >= threshold_mv", reset="v = reset_mv",
        refractory="refractory_ms * ms + dt", namespace={**namespace, **options},
    )
    neurons.v = f"{low} + {high - low} * rand()"
    return neurons


def currents(work, count):
    excitatory_ms, inhibitory_ms = work["synaptic_tau_ms"]
    equations = f"""
        dv/dt = (rest_mv - v + ge + gi) / (tau_ms * ms) : 1 (unless refractory)
        dge/dt = -ge / ({excitatory_ms} * ms) : 1
        dgi/dt = -gi / ({inhibitory_ms} * ms) : 1"""
    return group(work, count, equations, "exact")


def conductances(work, count):
    excitatory_ms, inhibitory_ms = work["synaptic_tau_ms"]
    equations = f"""
        dv/dt = (rest_mv - v + ge * (ee - v) + gi * (ei - v) + kick) / (tau_ms * ms) : 1 (unless refractory)
        dge/dt = -ge / ({excitatory_ms} * ms) : 1
        dgi/dt = -gi / ({inhibitory_ms} * ms) : 1
        kick = {work["kick_mv"]} * int(t < {work["kick_ms"]} * ms) : 1 (shared)"""
    ee, ei = (float(mv) for mv in work["reversal_mv"])
    return group(work, count, equations, "exponential_euler", ee=ee, ei=ei)


def connected(source, target, variable, weight, work, **options):
    synapses = b.Synapses(source, target, on_pre=f"{variable}_post += {weight}", delay=work["delay_ms"] * b.ms)
    synapses.connect(**options)
    return synapses


def balanced(work):
    neurons = (conductances if "reversal_mv" in work else currents)(work, work["excitatory"] + work["inhibitory"])
    excitatory, inhibitory = neurons[: work["excitatory"]], neurons[work["excitatory"] :]
    excitation, inhibition = work["weights"]
    chance = {"p": work["probability"]}
    projections = [connected(inhibitory, neurons, "gi", inhibition, work, **chance)]
    if "rule" not in work:
        projections.append(connected(excitatory, neurons, "ge", excitation, work, **chance))
    else:
        rule = {key: float(value) for key, value in work["rule"].items()}
        learning = b.Synapses(
            excitatory, excitatory, """w : 1
                dbefore/dt = -before / (tau_plus_ms * ms) : 1 (event-driven)
                dafter/dt = -after / (tau_minus_ms * ms) : 1 (event-driven)""",
            on_pre="""ge_post += w
                before += 1
                w = clip(w - ratio * a_plus * w_max * after, 0, w_max)""",
            on_post="""after += 1
                w = clip(w + a_plus * w_max * before, 0, w_max)""",
            delay={"pre": work["delay_ms"] * b.ms}, namespace=rule,
        )
        learning.connect(**chance)
        learning.w = excitation
        projections += [learning, connected(excitatory, inhibitory, "ge", excitation, work, **chance)]
    return neurons, projections


def sparse(work):
    neuron, jump = work["neuron"], work["jump_mv"]
    count = work["excitatory"] + work["inhibitory"]
    neurons = b.NeuronGroup(
        count, "dv/dt = (rest_mv - v) / (tau_ms * ms) : 1 (unless refractory)", method="exact",
        threshold="v >= threshold_mv", reset="v = reset_mv", refractory="refractory_ms * ms + dt",
        namespace={key: float(value) for key, value in neuron.items()},
    )
    # The threshold in steps a time constant, over as many sources as the network has of excitation.
    sources = work["sources"][0]
    rate = work["drive"] * neuron["threshold_mv"] / (jump * sources * neuron["tau_ms"]) * 1000 * b.Hz
    parts = [b.PoissonInput(neurons, "v", sources, rate, jump)]
    draws = np.random.default_rng(1)
    of = [neurons[: work["excitatory"]], neurons[work["excitatory"] :]]
    for source, degree, weight in zip(of, work["sources"], [jump, -work["inhibition"] * jump]):
        senders = draws.integers(0, len(source), count * degree, dtype=np.int32)
        receivers = np.repeat(np.arange(count, dtype=np.int32), degree)
        parts.append(connected(source, neurons, "v", weight, work, i=senders, j=receivers))
    return neurons, parts


def squid(work):
    equations = """
        dv/dt = (current - 120 * m**3 * h * (v - 50) - 36 * n**4 * (v + 77) - 0.3 * (v + 54.387)) / ms : 1
        dm/dt = (0.1 * (v + 40.0001) / (1 - exp(-(v + 40.0001) / 10)) * (1 - m) - 4 * exp(-(v + 65) / 18) * m) / ms : 1
        dh/dt = (0.07 * exp(-(v + 65) / 20) * (1 - h) - h / (1 + exp(-(v + 35) / 10))) / ms : 1
        dn/dt = (0.01 * (v + 55.0001) / (1 - exp(-(v + 55.0001) / 10)) * (1 - n) - 0.125 * exp(-(v + 65) / 80) * n) / ms : 1
        current : 1 (constant)"""
    neurons = b.NeuronGroup(
        work["neurons"], equations, method="exponential_euler", threshold="v >= 0", refractory="v >= 0"
    )
    neurons.v, neurons.m, neurons.h, neurons.n = -65, 0.0529, 0.5961, 0.3177
    neurons.current = f"{work['largest_current']} * i / N"
    return neurons, []


def prepare(work):
    build = {"hodgkin-huxley": squid, "lif": lambda work: (currents(work, work["neurons"]), [])}.get(
        work["id"], balanced if work.get("like") == "balanced" else sparse
    )
    if TARGET == "cpp":
        folder = tempfile.mkdtemp(prefix="cajal-brian-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        b.set_device("cpp_standalone", directory=folder, build_on_run=False)
        b.prefs.devices.cpp_standalone.extra_make_args_unix = ["-j2"]
    b.defaultclock.dt = work["dt_ms"] * b.ms
    biological_ms = work["biological_ms"]
    # COBA falls silent with some seeds, not with this one.
    b.seed(9 if "kick_mv" in work else 1)
    neurons, parts = build(work)
    monitor = b.SpikeMonitor(neurons)
    network = b.Network(neurons, monitor, *parts)
    facts = {"name": f"Brian2 {TARGET}", "version": b.__version__, "neurons": len(neurons)}

    def cpp():
        b.device.run(with_output=False)
        return {"ms": 1000 * b.device._last_run_time, "biological_ms": biological_ms, "spikes": int(monitor.num_spikes)}

    def cython():
        network.restore()
        # The monitor goes back, too.
        ms = peer.timed(lambda: network.run(biological_ms * b.ms))
        return {"ms": ms, "biological_ms": biological_ms, "spikes": int(monitor.num_spikes)}

    if TARGET == "cpp":
        network.run(biological_ms * b.ms)
        b.device.build(directory=folder, compile=True, run=False)
        return facts, cpp
    network.store()
    # Compiles what it needs.
    network.run(work["dt_ms"] * b.ms)
    return facts, cython


peer.serve(prepare)

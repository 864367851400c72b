"""The works in NEST, one thread: python nest_peer.py WORK

NEST computes in double precision. Exact propagators where the model has them (iaf_psc_exp, iaf_psc_delta); conductances
(iaf_cond_exp) by Runge-Kutta-Fehlberg with a step of its own. Its plastic synapse puts the delay behind the synapse,
the others before it.
"""

import nest
import peer

nest.set_verbosity("M_ERROR")


def start(work, seed):
    nest.ResetKernel()
    nest.set(resolution=work["dt_ms"], local_num_threads=1, rng_seed=seed, print_time=False)


def membrane(neuron):
    return {
        "tau_m": neuron["tau_ms"], "E_L": neuron["rest_mv"], "V_reset": neuron["reset_mv"],
        "V_th": neuron["threshold_mv"], "t_ref": neuron["refractory_ms"],
    }


def recorded(neurons, delay_ms):
    recorder = nest.Create("spike_recorder")
    # The connection to a recorder must not make the shortest delay shorter.
    nest.Connect(neurons, recorder, syn_spec={"delay": delay_ms})
    return recorder


def currents(work, count):
    """With C = τ·1 pF/ms a current of 1 pA moves the potential by 1 mV/τ: it counts in mV."""
    excitatory_ms, inhibitory_ms = work["synaptic_tau_ms"]
    neurons = nest.Create("iaf_psc_exp", count)
    neurons.set(
        C_m=work["neuron"]["tau_ms"], tau_syn_ex=excitatory_ms, tau_syn_in=inhibitory_ms, **membrane(work["neuron"])
    )
    return neurons


def conductances(work, count):
    """Leak 1 nS, so that conductances count in leaks and a current of 1 pA in mV."""
    neuron, (excitatory_ms, inhibitory_ms) = work["neuron"], work["synaptic_tau_ms"]
    parameters = membrane(neuron)
    del parameters["tau_m"]
    excitation_mv, inhibition_mv = work["reversal_mv"]
    neurons = nest.Create("iaf_cond_exp", count)
    neurons.set(
        C_m=neuron["tau_ms"], g_L=1.0, tau_syn_ex=excitatory_ms, tau_syn_in=inhibitory_ms, E_ex=excitation_mv,
        E_in=inhibition_mv, **parameters,
    )
    return neurons


def balanced(work, seed):
    start(work, seed)
    neurons = (conductances if "reversal_mv" in work else currents)(work, work["excitatory"] + work["inhibitory"])
    low, high = work["initial_mv"]
    neurons.V_m = nest.random.uniform(low, high)
    excitatory, inhibitory = neurons[: work["excitatory"]], neurons[work["excitatory"] :]
    chance = {"rule": "pairwise_bernoulli", "p": work["probability"], "allow_autapses": True}
    excitation, inhibition = work["weights"]
    static = {"synapse_model": "static_synapse", "weight": excitation, "delay": work["delay_ms"]}
    learning = static
    if "rule" in work:
        rule = work["rule"]
        excitatory.tau_minus = rule["tau_minus_ms"]
        learning = {
            **static, "synapse_model": "stdp_synapse", "lambda": rule["a_plus"], "alpha": rule["ratio"],
            "tau_plus": rule["tau_plus_ms"], "Wmax": rule["w_max"], "mu_plus": 0.0, "mu_minus": 0.0,
        }
    nest.Connect(excitatory, excitatory, chance, learning)
    nest.Connect(excitatory, inhibitory, chance, static)
    # NEST takes the sign of an inhibitory conductance from the weight.
    nest.Connect(inhibitory, neurons, chance, {**static, "weight": -abs(inhibition)})
    return neurons, recorded(neurons, work["delay_ms"])


def sparse(work, seed):
    start(work, seed)
    neuron, jump = work["neuron"], work["jump_mv"]
    neurons = nest.Create("iaf_psc_delta", work["excitatory"] + work["inhibitory"])
    neurons.set(C_m=1.0, V_m=0.0, **membrane(neuron))
    excitatory, inhibitory = neurons[: work["excitatory"]], neurons[work["excitatory"] :]
    rate_hz = work["drive"] * neuron["threshold_mv"] / (jump * neuron["tau_ms"]) * 1000
    synapse = {"weight": jump, "delay": work["delay_ms"]}
    nest.Connect(nest.Create("poisson_generator", params={"rate": rate_hz}), neurons, syn_spec=synapse)
    from_excitatory, from_inhibitory = work["sources"]
    fixed = {"rule": "fixed_indegree"}
    nest.Connect(excitatory, neurons, {**fixed, "indegree": from_excitatory}, synapse)
    inhibition = {**synapse, "weight": -work["inhibition"] * jump}
    nest.Connect(inhibitory, neurons, {**fixed, "indegree": from_inhibitory}, inhibition)
    return neurons, recorded(neurons, work["delay_ms"])


def silent(work, seed):
    start(work, seed)
    neurons = currents(work, work["neurons"])
    low, high = work["initial_mv"]
    neurons.V_m = nest.random.uniform(low, high)
    return neurons, recorded(neurons, 1.5)


def prepare(work):
    if work["id"] == "hodgkin-huxley":
        raise NotImplementedError("its squid neuron is solved by Runge-Kutta-Fehlberg and takes other parameters")
    build = silent if work["id"] == "lif" else balanced if work["like"] == "balanced" else sparse
    biological_ms = work["biological_ms"]
    # Which networks begin anew in each run: those that are built in no time.
    anew = build is not sparse
    state = {"seed": 1, "built": build(work, 1)}

    def advance():
        neurons, recorder = state["built"]
        before = recorder.n_events

        def simulate():
            if "kick_mv" in work:
                neurons.I_e = work["kick_mv"]
                nest.Simulate(work["kick_ms"])
                neurons.I_e = 0.0
                nest.Simulate(biological_ms - work["kick_ms"])
            else:
                nest.Simulate(biological_ms)

        return {"ms": peer.timed(simulate), "biological_ms": biological_ms, "spikes": recorder.n_events - before}

    def simulate():
        if anew:
            state["built"] = build(work, state["seed"])
            # What is built when the first step is taken is no part of the simulation.
            nest.Prepare()
            nest.Cleanup()
        return advance()

    # COBA falls silent with some seeds.
    while "kick_mv" in work and simulate()["spikes"] < 5 * len(state["built"][0]):
        state["seed"] += 1
    facts = {"name": "NEST", "version": nest.__version__, "seed": state["seed"]}
    return {**facts, "synapses": nest.num_connections, "neurons": len(state["built"][0])}, simulate


peer.serve(prepare)

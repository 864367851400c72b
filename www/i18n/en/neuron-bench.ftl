# The texts of the neuron bench.

note-bench-restarted = The engine failed and was started again; the bench is as it was. Cause: { $cause }
error-bench-count = That does not fit on the bench: { $message }
error-bench-unknown = There is no such thing: { $message }
error-bench-neuron = A neuron was refused: { $message }
error-bench-unstable = The run was stopped: { $message }
error-bench-input = The stimulus was refused: { $message }
error-bench-recording = The recording could not be used: { $message }
error-bench-duration = The run was refused: { $message }
error-bench-protocol = The measurement was refused: { $message }
error-bench-unfit = That cannot be measured here: { $message }

bench-subtitle = up to four neurons, one stimulus
bench-waiting = Running…
bench-stimulus = Stimulus
bench-neurons = Neurons

stimulus-shape = Shape
stimulus-own = Own drive of each preset
stimulus-own-hint = Each neuron gets the current that shows its preset; one without presets gets its strength all along.
stimulus-duration = Duration
stimulus-duration-meaning = How long the run is.
stimulus-seed = Seed
stimulus-new-seed = New seed
stimulus-trial = Recording
stimulus-trial-0 = Modulated up to 200 Hz
stimulus-trial-1 = Modulated up to 800 Hz
stimulus-spikes = Times of the spikes, ms
stimulus-spikes-refused = Times are numbers, separated by commas.

drawing-label = The drawn stimulus: arrows move a breakpoint, delete removes it
drawing-point = Breakpoint { $number }
drawing-value = { $value } at { $ms } ms
drawing-typed = Breakpoints: ms, then times the strength
drawing-refused = Each line is a time in ms and a value.

subject-number = Neuron { $number }
subject-look-title = Look at this neuron closely
subject-model = Model
subject-preset = Preset
subject-strength = Strength
subject-strength-meaning = What a stimulus of 1 is for this neuron.
subject-parameters = { $count } parameters
subject-step = Time step
subject-step-meaning = { $integrator }; larger steps are faster and less accurate.
subject-remove = Remove neuron { $number }
subject-add = Add a neuron

parameter-start_ms = Start
parameter-stop_ms = End
parameter-duration_ms = Lasts
parameter-from_hz = First frequency
parameter-to_hz = Last frequency
parameter-temperature_c = Temperature
parameter-celsius = Temperature
parameter-c_uf_cm2 = Capacitance
parameter-g_na_ms_cm2 = Sodium conductance
parameter-g_k_ms_cm2 = Potassium conductance
parameter-g_leak_ms_cm2 = Leak conductance
parameter-e_na_mv = Sodium reversal
parameter-e_k_mv = Potassium reversal
parameter-e_leak_mv = Leak reversal
parameter-tau_ms = Time constant
parameter-tau_w_ms = Adaptation time constant
parameter-a_ns = Adaptation a
parameter-b_pa = Adaptation jump b
parameter-c_pf = Capacitance
parameter-g_leak_ns = Leak conductance
parameter-slope_mv = Sharpness of the upswing
parameter-softness_mv = Softness of the threshold
parameter-threshold_rate_per_ms = Rate at the threshold
parameter-span_mv = Rest to threshold
parameter-axial_ohm_cm = Axial resistance
parameter-capacitance_uf_cm2 = Capacitance
parameter-membrane_kohm_cm2 = Membrane resistance
parameter-sodium_ms_cm2 = Sodium conductance
parameter-potassium_ms_cm2 = Potassium conductance
parameter-leak_ms_cm2 = Leak conductance
parameter-sodium_mv = Sodium reversal
parameter-potassium_mv = Potassium reversal
parameter-leak_mv = Leak reversal
parameter-gate_speed = Speed of the gates
parameter-rest_mv = Rest
parameter-reset_mv = Reset
parameter-threshold_mv = Threshold
parameter-refractory_ms = Refractory time
parameter-a = Recovery rate a
parameter-b = Coupling b
parameter-c_mv = Reset c
parameter-d = Jump d
parameter-peak_mv = Peak
parameter-start_mv = Start

integrator-exact = Exact for a constant drive
integrator-exponential-euler = Exponential Euler
integrator-crank-nicolson = Crank-Nicolson
integrator-runge-kutta-4 = Runge-Kutta of fourth order
integrator-euler = Forward Euler, as in the source
integrator-map = A rule from step to step

window = Part of the run
window-in = Zoom in
window-out = Zoom out
window-back = Earlier
window-forth = Later
window-all = All
window-shown = { $from } to { $to }
traces-label = Traces: drag to zoom, click for a moment; arrows move, plus and minus zoom, 0 shows all
traces-drive = Current into neuron { $number }
traces-neuron = { $number } { $title }
traces-spikes = { $count ->
    [one] 1 spike
   *[other] { $count } spikes
}
traces-cv = CV { $cv }
traces-at = at { $place }
traces-summary = { $title}, { $spikes }. { $lines }.
traces-spread = { $low } to { $high }

curve-fi = f-I curve
curve-fi-none = None: this neuron has an extent, and a curve of it would take minutes.
curve-fi-at = at { $drive }
curve-fi-progress = ({ $done } of { $total } currents)
curve-fi-axis = current, { $unit } → rate, Hz
curve-fi-axis-plain = current → rate, Hz
curve-fi-settled = settled
curve-fi-initial = first interval
curve-fi-summary = Rate over currents from { $from } to { $to }; { $at } { $rate }.

plane = Phase plane
plane-none = None: this neuron has no second variable that moves by an equation.
plane-empty = No phase plane yet.
plane-summary = Phase plane of { $across } and { $along }. Fixed points: { $points }.
plane-point = { $kind } at { $x }, { $y }
plane-no-point = none
plane-still = { $variable } stands still
plane-stable = stable
plane-unstable = unstable
plane-variable = Against
plane-moment = Moment
plane-moment-meaning = Whose state and current the plane is drawn for; a click on the traces sets it too.
plane-section = A section: the other variables stay as they are at the moment.
stability-stable-node = stable node
stability-unstable-node = unstable node
stability-saddle = saddle
stability-stable-focus = stable focus
stability-unstable-focus = unstable focus
stability-marginal = marginal point

clamp = Voltage clamp
clamp-channel = Current
clamp-current = all channels
clamp-sodium = sodium
clamp-potassium = potassium
clamp-holdingMv = Holding
clamp-holdingMv-meaning = The potential before and after the step.
clamp-fromMv = First level
clamp-fromMv-meaning = The potential of the first step.
clamp-toMv = Last level
clamp-toMv-meaning = The potential of the last step.
clamp-axis = ms → current, { $unit }, outward up
clamp-summary = Currents at { $count } levels from { $from } to { $to }; the most inward is { $inward }.
clamp-hint = An ideal clamp, without the current that charges the membrane. Sodium and potassium are what is missing when their conductance is blocked.

close-equations = Equations
close-numbers = with the present numbers
close-integrator = { $integrator }, step { $step }.
close-order = Order of convergence { $order }.
close-references = Checked against
close-not-biological = What is not biological

badge-illustration = Nothing: an illustration.
badge-reference = reference
badge-ours = ours
badge-within = Ours lies within the tolerance
badge-outside = Ours lies outside the tolerance
badge-source = Source

# The texts of the circuit bench.

note-circuit-restarted = The engine failed and was started again; the circuit begins anew. Cause: { $cause }
error-network-step = The circuit was refused: { $message }
error-network-delay = A delay was refused: { $message }
error-network-value = A number was refused: { $message }
error-network-spike-train = The spikes of the circuit were refused: { $message }
error-network-parameter = A parameter was refused: { $message }
error-network-memory = That would take { $needed } for { $synapses } synapses; { $limit } is the most here.
error-network-scale = That would take { $needed } for { $synapses } synapses; { $limit } is the most here. A scale of { $scale } fits.
error-network-unstable = The run was stopped and put back to its last good state: { $message }

circuit-subtitle = networks of spiking neurons while they run
circuit-play = Play
circuit-parameters = Parameters
circuit-numbers = Measured
circuit-size = { $neurons } neurons, { $synapses } synapses, { $bytes }
circuit-building = Building { $size }…
circuit-about-to = Building…
circuit-seed = seed { $seed }
circuit-replaying = Repeating the run of the link: { $share }
circuit-replay-same = The same bits: after { $step } steps the circuit has the fingerprint { $hash } of the link.
circuit-replay-differs = Not the same bits: after { $step } steps the circuit has the fingerprint { $ours }, the link says { $theirs }. It may have been made by another version of Cajal.
circuit-replay-no-hash = The run was repeated up to step { $step }. The link has no fingerprint to compare with.
circuit-replay-left = The run of the link was left at step { $step }.
circuit-log-long = Too much was done to this run for a link to tell. Begin again to share one.
circuit-use-scale = Use a scale of { $scale }

picker-open = Other circuits
picker-close = Close the list
picker-list = Circuits

preset = Preset
preset-own = Own values
preset-standard = Standard values
parameter-anew = Changing these builds the circuit anew:

map-label = States of the circuit
map-move = Place on the map; arrow keys move it
map-here = { $across } = { $x }, { $up } = { $y }

circuit-transport = Run the circuit
circuit-toggle-title = Run until paused (space)
circuit-step = + { $step }
circuit-step-title = A little further
circuit-reset-title = Begin again with the same seed
circuit-new-seed-title = Another network of the same kind; the seed is { $seed }
circuit-speed = Speed
circuit-speed-most = as fast as possible
circuit-speed-of = { $speed ->
    [1] real time
    [0.1] 10 times slower
    [0.01] 100 times slower
   *[other] { $speed } times real time
}
circuit-span = Window
circuit-time = time
circuit-time-title = Biological time since the beginning
circuit-factor = real time
circuit-factor-title = Biological time over real time, as measured
circuit-rate = spikes/s
circuit-rate-title = Spikes computed in a second of real time, all neurons together

population-group = group { $number }
population-excitatory = excitatory
population-inhibitory = inhibitory
population-motor-cortex = motor cortex
population-detectors = detectors
population-units = units
population-neurons = neurons
population-left = left
population-right = right
population-left-ear = left ear
population-right-ear = right ear

raster-title = Raster
raster-keys = Raster. Arrows move a group of rows, with shift they widen it, page up and down take a whole population, E excites it, S silences it, plus and minus change the window.
circuit-raster-summary = The last { $span } of { $neurons } neurons: { $rates }.
raster-every = 1 in { $stride } shown
raster-excited = excited
raster-silenced = silenced
raster-planned = stimulus

rates-title = Rates, Hz, in bins of { $bin } ms
rates-summary = Rates at the end: { $rates }.
spectrum-title = Spectrum of the rate
spectrum-none = Needs half a second of biological time.
spectrum-axis = frequency, Hz → power, Hz²/Hz
spectrum-peak = { $name } { $peak } Hz
spectrum-summary = Strongest frequencies: { $peaks }.

table-population = Population
table-rate = rate, Hz
table-rate-title = Mean rate of a neuron over the last 2.5 s, or since something was changed
table-cv = CV
table-cv-title = Irregularity: standard deviation over mean of the intervals between spikes; 1 for chance alone, 0 for a clock
table-synchrony = sync.
table-synchrony-title = Synchrony: mean correlation of the spike counts of pairs of neurons, in bins of 1 ms
table-peak = peak, Hz
table-peak-title = Frequency at which the rate swings most

brush = Excite or silence a group
brush-group = Group
brush-none = none
brush-hint = Drag over rows, or choose.
brush-from = neurons
brush-until = to
brush-of = of { $count }
brush-for = for
brush-excite = Excite
brush-silence = Silence
brush-deaf = { $name } cannot be excited or silenced: the spikes are fixed beforehand.

reading-title-ring-attractor = Where the bump is
reading-title-population-vector = Where the movement goes
reading-title-jeffress = Where the sound comes from
reading-value = the neurons say
reading-wanted = it was
reading-concentration = concentration
reading-course = seconds → { $unit }
reading-summary = The neurons say { $value }; it was { $wanted }.
reading-profile = { $title }: spikes by place
reading-place = Place ({ $unit })
reading-spikes = Spikes

about-equations = Equations
about-not-biological = What is not biological
about-references = Checked against

parameter-scale = Size
parameter-delay_ms = Delay
parameter-excitation_mv = Excitation
parameter-inhibition_mv = Inhibition
parameter-coba-excitation = Excitation
parameter-coba-inhibition = Inhibition
parameter-kick_mv = Kick at the beginning
parameter-brunel-inhibition = Strength of inhibition
parameter-brunel-drive = External rate
parameter-jump_mv = Jump per spike
parameter-microcircuit-inhibition = Strength of inhibition
parameter-outer_rate_hz = External rate
parameter-weight_pa = Weight
parameter-drive_pa = Drive
parameter-inhibition_ns = Inhibition
parameter-synaptic_ms = Inhibition lasts
parameter-half-centre-tau_w_ms = Tiredness lasts
parameter-half-centre-b_pa = Tiredness per spike
parameter-gain = Gain of the loop
parameter-groups = Groups
parameter-reverberating-chain-units = Units per group
parameter-stimulated = Units that are excited
parameter-azimuth_deg = Direction of the sound
parameter-frequency_hz = Pitch
parameter-jitter_us = Jitter
parameter-fibres = Fibres per ear
parameter-direction_deg = Direction of the movement
parameter-count = Neurons
parameter-baseline_hz = Rate at right angles
parameter-depth_hz = Depth of the tuning
parameter-peak = Strength of neighbours
parameter-width_deg = Reach of neighbours
parameter-cue_deg = Place of the cue
parameter-cue_mv = Strength of the cue
parameter-avalanche-units = Units
parameter-branching = Branching ratio
parameter-targets = Targets per unit
parameter-starts_hz = Starts from outside
parameter-anterior_mv = Touch at the front
parameter-posterior_mv = Touch at the back
parameter-chemical = Contacts
parameter-gap = Gap junctions
parameter-background_hz = Background

weights-title = Weights
weights-summary = { $between }: { $figures } synapses
weights-more = { $count } more
weights-fewer = Fewer
weights-unit-millivolts = mV
weights-unit-drive = mV
weights-unit-nanosiemens = nS
weights-unit-leaks = × leak
weights-unit-hazard = { "" }

turns-title = Who is up
turns-period = period of the last rounds
turns-expected = by the equations
turns-phase = the other side begins at (rounds)
turns-potential = Mean potential, mV
turns-tired = Tiredness (adaptation), { $unit }
turns-escape = the silent side escapes
turns-note = The side that fires tires; the silent one rests, and escapes when it has rested enough: at the dotted line.
turns-summary = The sides take turns with a period of { $period }; by the equations { $expected }.

silent-since = Nobody has fired since { $time }.
silent-again = See it again

turns-source = What the equations say holds within { $tolerance }: { $source }

weights-none = No synapses: nobody hears another here.
weights-counted-millivolts = jump of the potential that a spike makes · number of synapses
weights-counted-nanosiemens = conductance that a spike opens · number of synapses
weights-counted-leaks = conductance that a spike opens, in leaks · number of synapses
weights-counted-hazard = hazard: small, it is the chance that a spike excites · number of synapses
weights-counted-drive = current × resistance that a spike adds; the potential rises by less · number of synapses

edit-circuit-circuit = circuit
edit-circuit-values = parameter
edit-circuit-place = place on the map
edit-circuit-preset = preset
edit-circuit-seed = seed

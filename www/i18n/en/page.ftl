# The texts of the page. Ids with a dash after label-, data-, error- and divergence- are made
# from the names that the engine gives: a new one there needs a line here.

page-subtitle = an artificial and a spiking network learn the same thing
page-loading = Loading the engine…
unsupported = Cajal needs WebAssembly SIMD and module workers, which this browser does not have. It runs in Chrome and Edge from version 91, Firefox from 114 and Safari from 16.4.
engine-single = one thread
engine-threads = { $threads ->
    [one] one thread in the pool
   *[other] { $threads } threads
}
controls = Settings
controls-data = Data
controls-layers = Hidden layers
controls-training = Training
controls-spiking = Spiking neurons

network-artificial = Artificial
network-spiking = Spiking
split-test = test
split-train = train
head-accuracy = of { $part ->
    [first] the first { $examples }
   *[all] { $examples }
} test examples right,
head-loss = loss
head-regression = loss on { $part ->
    [first] the first { $examples }
   *[all] { $examples }
} test examples
head-complete = All { $examples }: { $figure } at batch { $step }

transport = Run the experiment
transport-play = Play
transport-pause = Pause
transport-toggle-title = Train until paused (space)
transport-sample = Sample
transport-one-sample = One sample
transport-one-sample-title = Train on one sample (s)
transport-batch = Batch
transport-one-batch = One batch
transport-one-batch-title = Train on one batch (b)
transport-epoch = Epoch
transport-one-epoch = One epoch
transport-one-epoch-title = Train to the end of the epoch (e)
transport-back = One batch back
transport-back-title = Undo the last batch (z)
transport-reset = Reset to the same initial weights
transport-reset-short = Reset
transport-reset-title = Back to the same initial weights (r)
transport-new-seed = New seed
transport-new-seed-short = New seed
transport-new-seed-title = Other initial weights (n)
transport-speed = Speed
transport-speed-most = full
transport-speed-of = { $batches ->
    [one] { $batches } batch/s
   *[other] { $batches } batches/s
}
transport-epoch-count = epoch
transport-step-count = batches
transport-rate-count = examples/s
transport-rate-count-title = Examples that each network learns from in a second

keys-label = Keys
key-space = space
key-play = play, pause
key-s = sample
key-b = batch
key-e = epoch
key-z = back
key-r = reset
key-n = new seed

data-legend = Data set
data-circle = Circle
data-xor = XOR
data-gauss = Gauss
data-spiral = Spiral
data-moons = Moons
data-checkerboard = Checker
data-plane = Plane
data-bumps = Bumps
data-mnist = MNIST
data-fashion = Fashion
data-table = Table
data-loading-label = Loading the images
data-loading = { $loaded } of { $total }
examples = { $train } examples to train, { $test } to test

table-hint = Drop a CSV file here, or paste rows: numbers, the last column is the label.
table-name = { $name }
table-paste = Rows of a table, separated by commas
table-example = x,y,label
    0.1,0.7,a
table-use = Use these rows
table-file = Choose a file
table-pasted-name = pasted rows

label-data-samples = Samples
label-data-noise = Noise
label-data-trainShare = Train share
label-data-seed = Seed of the data
label-training-loss = Loss
label-training-rule = Learning rule
label-training-optimiser = Optimiser
label-training-learningRate = Learning rate
label-training-batchSize = Batch size
label-training-l1 = L1
label-training-l2 = L2
label-training-schedule = Course of the rate
label-training-scheduleSteps = Steps of the course
label-training-scheduleFactor = What is left of the rate
label-training-warmUp = Warm-up
label-training-clip = Gradients
label-training-clipLimit = Largest gradient
label-training-initialiser = Initial weights
label-spiking-encoding = Encoding
label-spiking-steps = Time steps
label-spiking-dtMs = Step length
label-spiking-tauMs = Membrane time constant
label-spiking-refractoryMs = Refractory time
label-spiking-peakRateHz = Peak rate
label-spiking-surrogateSlope = Surrogate slope
label-seed = Seed of the weights
label-layers = Hidden layers
label-unknown = { $key }

parameter-exact = { $label }, exact value
parameter-refused = { $label } must be from { $min } to { $max }.
parameter-refused-whole = { $label } must be a whole number from { $min } to { $max }.
choice-about = About: { $title }
parameter-range = From { $min } to { $max }, at first { $default }.

layer-input = Input
layer-output = Output
layer-add = Add a layer
layer-units = Units of layer { $number }
layer-fewer = One unit fewer in layer { $number }
layer-more = One unit more in layer { $number }
layer-activation = Activation of layer { $number }
layer-remove = Remove layer { $number }

points-label = Points
points-all = train and test
points-train = train only
points-test = test only
points-none = none
surface-summary = { $name } network: its answer over the plane, with { $points } points. On the test set: { $accuracy }.

hidden-title = Hidden units
hidden-artificial = Layer { $layer }: { $units } { $activation }
hidden-spiking = Layer { $layer }: { $units } LIF, mean rate and spikes
units-surface-summary = { $name }. The answer of each of { $units } units over the plane.
units-response-summary = { $name }. The answer of each of { $units } units to the viewed example; the strongest is unit { $most } with { $value }.
raster-summary = { $name }. { $spikes } spikes of { $units } units within { $duration }.
raster-caption = { $spikes } spikes in { $duration }
example-label = Example
example-previous = Previous example
example-next = Next example
example-of = of { $examples }
example-split = Which set the example is from

confusion = Confusion
confusion-of = Confusion: { $network }
confusion-caption = Rows are the truth, columns the answer
confusion-corner = Truth
confusion-choose = Choose a number to see examples of it.
confusion-cell = { $truth } read as { $answer }
confusion-cell-count = { $part ->
    [none] – none in the last evaluation
    [all] – { $count } in the last evaluation
   *[first] – { $count } in the last evaluation, the first { $shown } here
}
misread = Misread
misread-none = None in the last evaluation.
misread-example = Test example { $number }:
misread-title = Test example { $number }: a { $truth }, read as { $predicted }

rest-learning = Learning
rest-learning-axis = across: batches
rest-cost = Cost of one answer
rest-seeds = More than one seed
curve-loss = Loss
curve-accuracy = Accuracy
curve-empty = { $title }: nothing trained yet.
curve-summary = { $title } on the test set after { $step } batches: artificial { $artificial }, spiking { $spiking }.

metrics-quantity = Quantity
metrics-parameters = Parameters
metrics-macs = Multiply-accumulates
metrics-synaptic = Synaptic operations
metrics-synaptic-note = One a spike and target, as measured.
metrics-updates = Membrane updates
metrics-updates-note = One a neuron and time step.
metrics-rate = Mean spike rate
metrics-energy-ops = Energy, arithmetic only
metrics-energy-ops-note = { $mac } a multiply-accumulate, { $accumulate } an accumulate.
metrics-energy-memory = Energy, with memory traffic
metrics-energy-memory-note = Weights and states fetched and stored too, { $access } an access.
metrics-energy-note = Both are estimates, not measurements: energies of operations and of an 8 KB on-chip memory, 45 nm, after Horowitz (2014). Large weights would need larger and dearer memories, so the second estimate is still a low one. The two may disagree on who needs less.
metrics-energy-spikes = Yan et al. (arXiv 2409.08290) find, for 5 to 10 time steps, that a spiking network saves energy only below about { $limit } spikes a neuron and step; here it is { $spikes }.
energy-brain = A brain takes about 20 W as a whole, a fifth of what the body needs at rest (Raichle and Gusnard 2002). Shared by its 86 billion neurons (Azevedo et al. 2009) that is some 0.2 nW each: the 20 W are not those of one neuron.

card-summary = { $title }: what it is and what it is not
card-meaning = What it is
card-task = Task
card-task-classification = Tell classes apart
card-task-regression = Give a number
card-licence = Licence
card-equations = Equations
card-citation = Source
card-not-biological = What is not biological
not-biological-of = { $title }: { $said }
card-references = Compared with
card-reference = { $what }: { $expected } ± { $tolerance }, ours { $ours } ({ $citation })
card-illustration = Nothing: an illustration.
verdict-artificial = Artificial needs { $times } times less.
verdict-spiking = Spiking needs { $times } times less.
verdict-even = About the same.
verdict-unknown = {""}

sweep-epochs = Epochs
sweep-run = { $seeds ->
    [5] Run five seeds
   *[other] Run { $seeds } seeds
}
sweep-cancel = Cancel
sweep-progress = Progress of all seeds
sweep-diverged = { $diverged } of { $runs } diverged and are not counted.
sweep-interval = { $mean } ({ $low } to { $high })

divergence-title = The loss is no longer a number.
divergence-weights = { $network }: the weights of layer { $layer } are not finite. Most likely: { $setting }.
divergence-responses = { $network }: what layer { $layer } answers is not finite. Most likely: { $setting }.
divergence-restore = Restore the last good weights

messages = Messages
message-dismiss = Dismiss
action-restart = Try again

fingerprint = Weights
fingerprint-title = The same settings and seed give the same fingerprint on every machine

refusal-number = The address was not used: { $field } is “{ $text }”, which is not a number.
refusal-integer = The address was not used: { $field } is { $text }, but must be a whole number.
refusal-range = The address was not used: { $field } is { $text }, but must be from { $min } to { $max }.
refusal-option = The address was not used: { $field } is “{ $text }”, but must be one of { $options }.
refusal-layer = The address was not used: { $field } has “{ $text }”, but a layer is written like 8-tanh, with one of { $options }.
refusal-layer-count = The address was not used: { $field } has more than { $most } layers.
refusal-unknown = The address was not used: it has an unknown field “{ $field }”.
refusal-twice = The address was not used: { $field } stands in it twice.
refusal-version = The address was not used: its version { $field } is “{ $text }”, which this page does not know.
refusal-encoding = The address was not used: { $field } is not properly encoded.
refusal-length = The address was not used: it is longer than { $most } characters.
refusal-table-absent = The address was not used: its data is a table, which a link does not carry. Drop the table here to use it.

error-other = Refused: { $message }
# A table and its images are refused for many reasons; the engine says which.
error-table = The table was refused: { $message }
error-images = The images were refused: { $message }
refusal-table-too-large = { $name } is too large: at most 5 MB.
error-config-number = A number is out of its range: { $message }
error-config-choice = A choice is not one of those offered: { $message }
error-config-layers = There are too many layers: { $message }
error-config-unit = A unit is named twice or does not exist: { $message }
error-config-neuron = A neuron is named twice, or its numbers contradict each other: { $message }
error-command = That cannot be done: { $message }
error-config-loss = The loss does not fit the data: { $message }
error-config-memory = That needs too much memory: { $message }
error-config-malformed = The settings could not be read: { $message }
error-set-unknown = There is no such setting to change: { $message }
error-data-samples = The number of samples was refused: { $message }
error-data-noise = The noise was refused: { $message }
error-data-train-share = The train share was refused: { $message }
error-data-unknown-set = There is no such data set: { $message }
error-data-not-loaded = The data is not there yet: { $message }
error-images-checksum = The images are not those that were expected: { $message }
error-images-length = The file of images is incomplete: { $message }
error-checkpoint = What was stored could not be used: { $message }
error-data-unreachable = The images could not be loaded: { $message }
error-stopped = The engine failed again and again and was stopped: { $cause }
note-resumed = The engine failed and was started again; it goes on from batch { $step }. Cause: { $cause }
note-restarted = The engine failed and was started again from the initial weights; the settings are as they were. Cause: { $cause }

rooms = Rooms
room-network = Network lab
room-neuron-bench = Neuron bench
room-circuit-bench = Circuit bench
room-digit-learner = Digit learner
page-title = { $room } · Cajal

language = Language
theme = Look
theme-auto = Look: auto
theme-light = Light
theme-dark = Dark
theme-projector = Projector
badge-illustration = Nothing: an illustration.
badge-reference = reference
badge-ours = ours
badge-within = Ours lies within the tolerance
badge-outside = Ours lies outside the tolerance
badge-source = Source

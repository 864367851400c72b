# What is kept, shared, undone and compared: links, files, the shelf of runs, what plots give away.

label-neurons = Neurons that are not as declared
label-fair-by = Equal in
label-fair-spikes = Spikes counted with
controls-fair = A fair match
fair-numbers = Spiking: { $layers ->
    [none] no hidden layers
   *[other] { $layers } units
} over { $steps } time steps.
fair-note-units = The same layers in both.
fair-note-parameters = The spiking layers get the width at which both have as many weights and biases.
fair-note-operations = The spiking network gets as many time steps as cost the same; how often its neurons will fire is assumed and then measured.
fair-note-time = The spiking layers get the width at which a batch costs both the same multiplications. Counted, not timed: a clock would make another experiment on every machine.

refusal-hash = The address was not used: its fingerprint “{ $text }” is none.
refusal-log = The address was not used: its commands cannot be read.
refusal-weights = The address was not used: its weights are damaged, or more than { $most } KB.
refusal-record = The address was not used: it tells of a run, but not up to which batch.
refusal-neuron = The address was not used: { $field } has “{ $text }”, but a neuron is written like izhikevich*a(0.02).
error-journal = The commands of the run were refused: { $message }
refusal-file-too-large = { $name } is too large for a saved experiment: at most { $most } MB.
refusal-file-table = { $name } was not opened: its data is a table, which the file does not carry. Drop the table here first.
refusal-no-link = There is nothing to share while a loss is no number.

edits = Edits and links
undo = Undo
undo-what = Undo: { $what }
undo-nothing = Nothing to undo
redo = Redo
redo-what = Redo: { $what }
redo-nothing = Nothing to redo
edit-reset = reset
edit-link = link
edit-file = file
edit-run = pinned run
edit-fresh = start afresh
edit-hold = unit held or let go
edit-swap = kind of a unit
edit-weight = weight
note-undone = Undone: { $what }, back at batch { $step }.
note-redone = Done again: { $what }, at batch { $step }.
note-undone-weights = Undone: { $what }. The weights of then were too large to keep.

share = Share
share-title = Share this experiment
share-title-run = Share this run
share-length-run = { $characters } characters. It carries the settings, the seed, { $commands ->
    [0] nothing that was done
    [one] one thing that was done
   *[other] { $commands } things that were done
} to the circuit, step { $step } and the fingerprint.
share-link = Link
share-copy = Copy the link
share-copied = Copied.
share-not-copied = Copying is not allowed here: the link is selected, copy it by hand.
share-length = { $characters } characters. It carries the settings, the seed, { $commands ->
    [0] no commands
    [one] one command
   *[other] { $commands } commands
}, batch { $step } and the fingerprint.
share-weights = Carry the weights, { $size }
share-weights-note = Opened, it is there at once; without them it is trained again.
share-too-large = The weights take { $size }, too much for a link: they go into a file.
share-table = A link does not carry the table.
share-file = Save a file
share-file-note = A .cajal file holds the weights, the curves and the way back. Drop it on this page to open it.
share-open = Open a file
share-close = Close
share-wait = Preparing the link…

follow-progress = Repeating the run of the link
follow-at = Batch { $step } of { $until }
follow-stop = Stop
follow-stopped = Stopped at batch { $step } of { $until }.
follow-continue = Go on
note-same = The same bits: after { $step } batches the weights have the fingerprint { $hash } of the link.
note-carried = The link brought its weights, and they have its fingerprint { $hash }.
note-differs = Not the same bits: after { $step } batches the weights have the fingerprint { $ours }, the link says { $theirs }. It may have been made by another version of Cajal.
note-no-hash = The run was repeated up to batch { $step }. The link has no fingerprint to compare with.
action-replay = Train it again from the start
note-opened = { $name } is open.
note-reopened = Back where you left it, at batch { $step }.
note-kept-damaged = What was kept of your last visit could not be read and was put away.
note-not-kept = The weights of your last visit were too large to keep; the settings are as they were.
action-fresh = Start afresh

shelf = Runs to compare
shelf-pin = Pin this run
shelf-full = At most { $most } runs
shelf-empty = Pin a run, change something, and compare the curves.
shelf-name = Name of the run
shelf-remove = Remove { $name }
shelf-restore = Settings of { $name }
shelf-restore-short = Restore
shelf-csv = Curves as CSV
shelf-same = the present settings
shelf-differs = { $settings }
shelf-run = Run { $number }
shelf-at = batch { $step }, seed { $seed }
shelf-result-title = On the test set: artificial, spiking
curve-pinned-summary = Dashed beside it: { $runs }.

plot-menu = { $name }: data and picture
plot-csv = CSV
plot-png = PNG
plot-svg = SVG
plot-csv-title = The numbers as a table
plot-png-title = The picture as pixels
plot-svg-title = The picture as lines
confusion-summary = { $name }: { $right } of { $all } right; most often { $truth } is read as { $answer }, { $count } times.
confusion-summary-none = { $name }: nothing judged yet.
axis-step = Batch
axis-time = Time (ms)
axis-beside = Beside it
axis-digits = Digits seen
axis-frequency = Frequency (Hz)
axis-seconds = Time (s)
axis-sum = Weighted sum
axis-unit = Unit
curve-present = present

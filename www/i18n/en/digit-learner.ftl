# The texts of the room in which a spiking network learns digits.

digits-subtitle = 400 spiking neurons learn digits by spike timing; nobody tells them which is which
digits-loading = Loading the digits: { $loaded } of { $total }
digits-loading-label = Digits loaded
note-digits-left = The network had learned from { NUMBER($count) } digits. It ended when you left the room, and begins anew.
note-digits-died = The engine failed, and what the network had learned is lost. Cause: { $cause }
note-digits-undone = What the network of seed { $seed } had learned from { NUMBER($count) } digits was not kept. The same seed learns exactly the same again.
action-relearn = Learn it again
edit-digits-seed = seed (another network)
edit-digits-reset = everything forgotten
edit-digits-learning = learning on or off
edit-digits-neuron = neuron that is looked at
edit-digits-stroke = stroke
edit-digits-clear = drawing cleared

learner-play = Play
learner-one = One digit
learner-reset = Forget everything, same seed
learner-seed-refused = A seed is a whole number from 0 to { NUMBER($most, useGrouping: "false") }.
learner-learning = Learning
learner-learning-on = It is shown the training digits, one after the other.
learner-learning-off = Weights and thresholds stay as they are; it reads test digits, which it never learned from.

drawing-title = Draw a digit
drawing-pad = Retina: draw a digit with the pointer, or move the pen with arrow keys and put it down with the space bar
drawing-pad-down = Retina: the pen is down; arrow keys draw, the space bar lifts it
drawing-clear = Clear
drawing-hint = It is centred and shown to a copy of the network that does not learn. Worth trying after a few hundred digits.

fields-title = Receptive fields of { $count } neurons
fields-label = Receptive fields; neuron { $neuron } is chosen, arrow keys choose another
fields-summary = The weights of { $count } neurons as pictures. Neurons for each digit: { $each }
fields-hint = What stands out: a strong synapse. The number: the digit for which a neuron fires most. A frame: it fired for the digit below.

present-train = Training digit { $number }, a { $digit }
present-test = Test digit { $number }, a { $digit }
present-drawn = Drawn digit
present-none = No digit yet
present-attempts = shown { $attempts } times, brighter each time
present-digit-name = The digit on the retina: { $digit }
present-retina = Spikes of the retina
present-excitatory = Spikes of the neurons
present-read = Read as
present-right = right
present-wrong = wrong: it is a { $digit }
present-unread = no answer yet
present-probabilities = Probability by the spikes
raster-retina-summary = { $spikes } spikes of { $neurons } of { $count } pixels
raster-retina-caption = { $spikes } spikes in { $duration }
raster-excitatory-summary = { $spikes } spikes of { $neurons } of { $count } neurons
raster-excitatory-caption = { $spikes } spikes in { $duration }
bars-summary = { $name }: { $each }
bars-each = { $digit }: { $share } %

accuracy-learning = Right answers while it learns
accuracy-test = Right answers to test digits
accuracy-interval = of the last { $of }; 95 % interval { $low } to { $high }
accuracy-none = Neurons get their first labels after 100 digits.
accuracy-curve-none = The curve begins after 300 digits.
accuracy-curve-summary = Share of right answers against digits seen: { $share } after { $digits } digits
accuracy-axis = digits seen; right among the last { $marks }, %
accuracy-keys = Dotted: chance, { $chance } %.
accuracy-keys-paper = Dashed: the paper after its whole training, { $paper } %.
figure-shown = Digits learned from
figure-time = Biological time
figure-hours = { $hours } h { $minutes } min
figure-minutes = { $minutes } min { $seconds } s
figure-speed = Speed
figure-per-second = { $count } digits/s
figure-real-time = Against real time
figure-times = { $factor } ×

neuron-label = Neuron
neuron-previous = Previous neuron
neuron-next = Next neuron
neuron-of = of { $count }
neuron-field-name = Receptive field of neuron { $neuron }
neuron-stands-for = Stands for
neuron-theta = Rise of its threshold, θ
neuron-answers = Shares of its answers
neuron-hint = Click a field, or choose it with arrow keys.

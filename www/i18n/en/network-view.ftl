# The drawn network, the unit inspector, the pad and the microscope.

nv-title = Network
nv-side = Which network is drawn
nv-both = Both
nv-layers = Layers
nv-add-layer = Add a hidden layer
nv-remove-layer = Remove the last hidden layer
nv-add-unit = Add a unit to layer { $number }
nv-remove-unit = Take a unit from layer { $number }
nv-width = Width of layer { $number }
nv-others = Which units of layer { $number } are shown
nv-stronger = Layer { $number }: those with larger outgoing weights
nv-weaker = Layer { $number }: those with smaller outgoing weights
nv-shown = { $shown } of { $units } shown
nv-positive = positive
nv-negative = negative
nv-weight-size = thicker: larger weight
nv-gradient-size = gradient of this example; thicker: larger
nv-hint = Click a unit or a weight; or Tab to the units, arrow keys, Enter.
nv-network-summary = { $network } network, layers from left to right. The arrows go from unit to unit, Enter opens one.
nv-unit = layer { $layer }, unit { $unit }
nv-layer = Layer { $layer }
nv-output = output
nv-output-class = output { $name }
nv-input = input { $input }
nv-input-off = { $name } OFF
nv-unit-label = { $name }{ $other ->
    [yes] , { $kind }
   *[no] {""}
}{ $state ->
    [lesioned] , lesioned
    [clamped] , clamped at { $level }
   *[free] {""}
}{ $answers ->
    [yes] , answers { $answer }
   *[no] {""}
}
nv-point-unit = { $name }{ $other ->
    [yes] , { $kind }
   *[no] {""}
}{ $answers ->
    [yes] : { $answer }
   *[no] {""}
}
nv-lif = LIF
nv-point-edge = { $from } → { $to }: { $weight }
nv-tool-digit = { $set ->
    [mnist] Draw a digit
   *[other] Draw by hand
}
nv-tool-microscope = Backpropagation, step by step
nv-close = Close
nv-wait = Waiting for the engine…

nv-inspector = Inspector: { $name }
nv-kind = Kind
nv-lesion = Lesion
nv-clamp = Clamp at
nv-clamp-level = Level of the clamp
nv-formula = Weighted sum, for the present example
nv-formula-spiking = Mean drive a step, for the present example
nv-from = From
nv-to = To
nv-answer = answers
nv-rate = spikes/step
nv-weight = × weight
nv-product = product
nv-rest = { $rest ->
    [one] one other input
   *[other] { $rest } other inputs
}
nv-bias = Bias
nv-sum = Sum
nv-result = Answer f(sum)
nv-result-rate = Answer, spikes/step
nv-result-potential = Answer, mean potential
nv-weight-label = Weight from { $from } to { $to }
nv-bias-label = Bias of { $name }
nv-outgoing = Strongest outgoing
nv-refused = That is not a number.
nv-curve-rate = Its f–I curve, over the time of an input
nv-curve-rate-twin = f–I curve of its spiking twin
nv-curve-twin = Activation curve of its artificial twin
nv-curve-activation = Its activation curve
nv-curve-fitted = What it answers; dashed: what it replaces
nv-curve-summary = { $name }, from { $low } to { $high }.

nv-pad-label = Pad, { $side } by { $side } pixels
nv-pad-hint = Draw with mouse or finger. By keyboard: arrow keys move, space puts the pencil down or up, Delete clears.
nv-pad-clear = Clear
nv-pad-down = Pencil is down
nv-pad-empty = Both networks read while you draw.
nv-seen = As the networks see it
nv-read = { $network }: { $answer }
nv-read-caption = What each network answers for each class
nv-class = Class
nv-read-spikes = { $spikes } spikes of hidden units.
nv-read-scores = Answers from −1 to 1: half-mse asks for no probabilities.

nv-stage = Stage
nv-stage-back = One stage back
nv-stage-next = Next stage
nv-stage-play = Play the stages
nv-stage-start = Input: the { $features } numbers of the example.
nv-stage-forward = Forward: { $part ->
    [hidden] layer { $layer } answers.
   *[output] the output answers.
}
nv-stage-loss = Loss: artificial { $artificial }, spiking { $spiking }.
nv-stage-backward = Backward: the gradient reaches the weights of { $part ->
    [hidden] layer { $layer }.
   *[output] the output.
}
nv-gradients = Largest |∂L/∂w|
nv-answer-of = Answer, target
nv-answer-of-class = Answer, target of the true class
nv-answer-target = { $answer }, { $target }
nv-other-rule = These are gradients of backpropagation. The rule that is chosen sends its errors back through other weights.
nv-time-caption = Spiking { $name }: surrogate gradient in time
nv-time-summary = Spiking { $name } over { $steps } steps: { $spikes } spikes. Largest derivative of the loss by a spike: { $error }.
nv-time-potential = potential
nv-time-surrogate = surrogate
nv-time-error = ∂L/∂spike
nv-time-flow = ∂L/∂drive
nv-time-around = ± { $most }
nv-time-up = 0 to { $most }
nv-ms = { $ms } ms

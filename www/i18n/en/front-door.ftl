# The texts of the front door.

front-lead = Two networks learn the same spiral, here, at this moment: one that calculates with numbers, and one of neurons that send each other spikes, as those of a brain do.
front-right = right
front-passes = Pass { $pass } of { $passes } through the same points. Background: what a network answers there. Seed { $seed }.
front-running = They go on learning…
front-running-hint = The same points, in the same order, for both.
front-ways = Or go straight in
way-network = Build such a pair yourself: data, layers, learning rules, every unit.
way-neuron-bench = Up to four neurons under one stimulus, from McCulloch and Pitts to Hodgkin and Huxley.
way-circuit-bench = Ready circuits of spiking neurons, with raster, rates and spectrum.
way-digit-learner = Neurons that learn to read digits by the timing of their spikes.

guess-section = The question
guess-title = First, a guess
guess-learns = Will the spiking network learn it too: { $share } of the test points right after { $passes } passes?
guess-learns-yes = Yes
guess-learns-no = No
guess-cost = For one answer, how many operations will it need, compared with the artificial one?
guess-cost-fewer = Fewer
guess-cost-same = About as many
guess-cost-few = A few times as many
guess-cost-many = Ten times or more
guess-run = Let them learn
guess-first = Answer both first.
guess-right = Your guess, “{ $guess }”, was right.
guess-wrong = Your guess was “{ $guess }”.

answer-learned = { $learned ->
    [yes] Yes: { $spiking } right, the artificial one { $artificial }.
   *[no] Not within { $passes } passes: { $spiking } right, the artificial one { $artificial }.
}
answer-cost = One answer takes it { $times } times the operations: { $spiking }, the artificial one { $artificial }.
answer-table = For one answer
answer-macs = Multiply and add
answer-additions = Add, because of a spike
answer-updates = Let a membrane leak
answer-sum = Operations
answer-lab = Open this experiment in the lab
answer-again = Once more, from other weights
why = Why?
why-spikes = A spike carries no number. Whoever receives one adds a weight, and from a silent neuron there is nothing to add: { $additions } additions, and { $macs } multiplications where the artificial network has { $artificial }.
why-time = But it takes its time to answer: { $steps } steps, and in each of them every membrane leaks a little. That makes { $updates } updates, which the artificial network does not know.
why-energy = And energy? A multiplication with its addition takes about { $mac } pJ, an addition alone { $accumulate } pJ. By arithmetic alone:
why-memory = With the memory that weights and potentials come from:
why-estimates = Both are estimates, for a chip of 45 nm (Horowitz 2014); who wins depends on what you count.

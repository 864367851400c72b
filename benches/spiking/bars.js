// The speeds and sizes that spiking networks have set themselves, each judged within one run.

const times = (ratio) => `${ratio >= 10 ? ratio.toFixed(1) : ratio.toFixed(2)} ×`;
const billions = (rate) => `${rate.toFixed(2)} G/s`;
const bytes = (count) => `${count.toFixed(2)} bytes`;
const percent = (share) => `${(100 * share).toFixed(1)} %`;

/** How many times the peer's time ours is, with what is dreamt of. */
const lead = (id, peer, wanted, stretch) => (measured) =>
  judge({
    title: `${measured.titleOf(id)}: ${measured.nameOf(peer)}`,
    wanted,
    stretch,
    reached: ratio(measured.median(id, peer), measured.median(id, 'cajal')),
    show: times,
  });

/** Spikes a second and neuron, or spikes, within a share of the peer's. */
const near = (id, peer, what, most) => (measured) => {
  const share = ratio(measured.rate(id, 'cajal'), measured.rate(id, peer));
  return judge({
    title: `${measured.titleOf(id)}: ${what} from ${measured.nameOf(peer)}'s`,
    wanted: most,
    reached: share === undefined ? undefined : Math.abs(share - 1),
    show: percent,
    atMost: true,
  });
};

const updates = (id, wanted) => (measured) =>
  judge({
    title: `${measured.titleOf(id)}: updates of neurons`,
    wanted,
    reached: measured.updates(id, 'cajal'),
    show: billions,
  });

const size = (kind, title, most) => (measured) =>
  judge({ title, wanted: most, reached: measured.bytes(kind), show: bytes, atMost: true });

const bars = [
  lead('cuba', 'brian-cpp', 1.3, 2),
  lead('cuba', 'nest', 11, 15),
  lead('brunel-b', 'nest', 30),
  near('brunel-b', 'nest', 'rate', 0.03),
  lead('brunel-c', 'nest', 25),
  near('brunel-c', 'nest', 'rate', 0.03),
  lead('hodgkin-huxley', 'brian-cpp', 1),
  near('hodgkin-huxley', 'brian-cpp', 'spikes', 0.01),
  updates('lif', 1),
  size('static', 'a synapse with the weight and delay of all', 4),
  size('distributed', 'a synapse with a weight and a delay of its own', 5),
  size('stdp', 'a synapse that learns', 12),
  size('eligibility', 'a synapse with an eligibility', 20),
];

const ratio = (of, to) => (of === undefined || to === undefined ? undefined : of / to);

function judge({ title, wanted, stretch, reached, show, atMost = false }) {
  const sign = atMost ? '≤' : '≥';
  const aim = stretch === undefined ? '' : ` (stretch ${show(stretch)})`;
  const bar = { title, wanted: `${sign} ${show(wanted)}${aim}`, isMissed: false };
  if (reached === undefined) return { ...bar, reached: '–', verdict: 'not measured' };
  const share = atMost ? wanted / reached : reached / wanted;
  const isMissed = !(share >= 1);
  const short = `missed by ${(100 * (1 - share)).toFixed(share > 0.99 ? 1 : 0)} %`;
  const far =
    stretch === undefined ? '' : `, ${((100 * reached) / stretch).toFixed(0)} % of the stretch`;
  return { ...bar, reached: show(reached), verdict: (isMissed ? short : 'met') + far, isMissed };
}

/** The verdict on every bar. What was measured is asked for by work and contender. */
export const barsOf = (measured) => bars.map((bar) => bar(measured));

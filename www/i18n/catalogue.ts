// The engine's declarations in the visitor's language. They are English in the catalogue; a translation
// has a message for what it translates, found by kind and id, and what it has none for stays as it is.

import type { BenchSummary, Catalogue } from '../engine/model.ts';
import { idOf, locale, textOr } from './messages.ts';

interface Meant {
  key: string;
  meaning: string;
}

interface Model {
  id: string;
  title: string;
  notBiological: string;
  parameters: readonly Meant[];
  state?: readonly Meant[];
  presets: readonly { id: string; title: string }[];
}

let source: Catalogue | undefined;
let result: Catalogue | undefined;
let language = '';

/** The catalogue as it is told; the same object as long as catalogue and language are the same. */
export function told<C extends Catalogue | undefined>(catalogue: C): C {
  if (!catalogue) return catalogue;
  if (catalogue !== source || language !== locale() || !result) {
    source = catalogue;
    language = locale();
    result = translated(catalogue);
  }
  return result as C;
}

function translated(catalogue: Catalogue): Catalogue {
  return {
    ...catalogue,
    parameters: catalogue.parameters.map((parameter) => ({
      ...parameter,
      meaning: textOr(`meaning-${idOf(parameter.key)}`, parameter.meaning),
    })),
    choices: catalogue.choices.map((list) => ({
      ...list,
      options: list.options.map((option) => ({
        ...option,
        title: textOr(`choice-${idOf(list.key)}-${option.id}`, optionTitle(option)),
      })),
    })),
    dataSets: catalogue.dataSets.map((set) => ({
      ...set,
      title: textOr(`set-${set.id}`, set.title),
      notBiological: textOr(`set-${set.id}-not`, set.notBiological),
    })),
    layerNeurons: catalogue.layerNeurons.map(model),
    neurons: catalogue.neurons.map(model),
    compartments: catalogue.compartments.map(model),
    synapses: catalogue.synapses.map(model),
    plasticity: catalogue.plasticity.map(model),
    inputs: catalogue.inputs.map(model),
    circuits: catalogue.circuits.map(model),
  };
}

/** Where a unit may be a neuron, the list names neurons too. */
function optionTitle({ id, title }: { id: string; title: string }): string {
  return textOr(`choice-layers-activation-${id}`, textOr(`model-${id}`, title));
}

function model<M extends Model>(entry: M): M {
  const { id } = entry;
  const meant = <P extends Meant>(part: P): P => meaning(id, part);
  return {
    ...entry,
    title: textOr(`model-${id}`, entry.title),
    notBiological: textOr(`model-${id}-not`, entry.notBiological),
    parameters: entry.parameters.map(meant),
    ...(entry.state ? { state: entry.state.map(meant) } : {}),
    presets: entry.presets.map((preset) => ({
      ...preset,
      title: textOr(`model-${id}-preset-${preset.id}`, preset.title),
    })),
  };
}

function meaning<P extends Meant>(model: string, part: P): P {
  const own = `model-${model}-${part.key}`;
  return { ...part, meaning: textOr(own, textOr(`meaning-${part.key}`, part.meaning)) };
}

const runs = new WeakMap<BenchSummary, { language: string; run: BenchSummary }>();

/** What a run of the bench tells about its neurons, whose models are `models`. */
export function toldRun(summary: BenchSummary, models: readonly string[]): BenchSummary {
  const known = runs.get(summary);
  if (known?.language === locale()) return known.run;
  const neurons = summary.neurons.map((neuron, at) => {
    const id = models[at] ?? '';
    const variables = neuron.variables.map((variable) => meaning(id, variable));
    return { ...neuron, title: textOr(`model-${id}`, neuron.title), variables };
  });
  const run = { ...summary, neurons };
  runs.set(summary, { language: locale(), run });
  return run;
}

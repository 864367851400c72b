// The engine's declarations in the visitor's language. They are English in the catalogue; a translation
// has a message for what it translates, found by kind and id, and what it has none for stays as it is.

import type {
  BenchSummary,
  BiologicalCatalogue,
  DataSetEntry,
  LayeredCatalogue,
  ModelEntry,
  Summary,
} from '../engine/model.ts';
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
  references: readonly { what: string }[];
}

type Catalogue = LayeredCatalogue | BiologicalCatalogue;

/** Remembers what was made of an object, so that it is the same one as long as the language is. */
function remembered<S extends object, T>(make: (source: S) => T): (source: S) => T {
  const made = new WeakMap<S, { language: string; result: T }>();
  return (source) => {
    const known = made.get(source);
    if (known?.language === locale()) return known.result;
    const result = make(source);
    made.set(source, { language: locale(), result });
    return result;
  };
}

const translate = remembered(translated);

/** The catalogue as it is told. */
export function told<C extends Catalogue | undefined>(catalogue: C): C {
  return (catalogue && translate(catalogue)) as C;
}

/** What holds a catalogue, with that as it is told. */
export const toldWithin = remembered(<H extends { catalogue: Catalogue }>(holder: H) => ({
  ...holder,
  catalogue: told(holder.catalogue),
})) as <H extends { catalogue: Catalogue }>(holder: H) => H;

/** One model as it is told. */
export const toldModel = remembered((entry: ModelEntry) => model(entry));

/** What an experiment is about, with the names of its classes as they are told. */
export const toldSummary = remembered((summary: Summary) => ({
  ...summary,
  classNames: summary.classNames.map((name) => textOr(`class-${hyphened(name)}`, name)),
}));

function translated(catalogue: Catalogue): Catalogue {
  return 'choices' in catalogue ? layered(catalogue) : biological(catalogue);
}

function layered(catalogue: LayeredCatalogue): LayeredCatalogue {
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
        notBiological: optionNot(list.key, option),
      })),
    })),
    dataSets: catalogue.dataSets.map(dataSet),
    layerNeurons: catalogue.layerNeurons.map(model),
    neurons: catalogue.neurons.map(model),
  };
}

function biological(catalogue: BiologicalCatalogue): BiologicalCatalogue {
  return {
    ...catalogue,
    dataSets: catalogue.dataSets.map(dataSet),
    neurons: catalogue.neurons.map(model),
    compartments: catalogue.compartments.map(model),
    synapses: catalogue.synapses.map(model),
    plasticity: catalogue.plasticity.map(model),
    inputs: catalogue.inputs.map(model),
    circuits: catalogue.circuits.map(model),
    neuronBench: {
      ...catalogue.neuronBench,
      clamp: catalogue.neuronBench.clamp.map((parameter) => ({
        ...parameter,
        meaning: textOr(`meaning-clamp-${parameter.key}`, parameter.meaning),
      })),
    },
  };
}

function dataSet(set: DataSetEntry): DataSetEntry {
  return {
    ...set,
    title: textOr(`set-${set.id}`, set.title),
    meaning: textOr(`set-${set.id}-meaning`, set.meaning),
    licence: textOr(`set-${set.id}-licence`, set.licence),
    notBiological: textOr(`set-${set.id}-not`, set.notBiological),
  };
}

/** Where a unit may be a neuron, the list names neurons too. */
function optionTitle({ id, title }: { id: string; title: string }): string {
  return textOr(`choice-layers-activation-${id}`, textOr(`model-${id}`, title));
}

function optionNot(
  key: string,
  { id, notBiological }: { id: string; notBiological: string },
): string {
  const ofUnits = textOr(`model-${id}-not`, notBiological);
  const own = textOr(`choice-layers-activation-${id}-not`, ofUnits);
  return textOr(`choice-${idOf(key)}-${id}-not`, own);
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
    references: entry.references.map((reference) => ({
      ...reference,
      what: textOr(referenceId(reference.what), reference.what),
    })),
  };
}

/** A reference has no id but its words, with hyphens for all but letters and digits. */
export function referenceId(what: string): string {
  return `reference-${hyphened(what)}`;
}

function hyphened(words: string): string {
  return words.replace(/[^a-zA-Z0-9]+/g, '-').replace(/^-|-$/g, '');
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

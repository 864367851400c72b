// The texts of the page, by id. Everything a visitor reads stands in a message file, one for the page and one for each room.

import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import digitLearner from './en/digit-learner.ftl';
import neuronBench from './en/neuron-bench.ftl';
import page from './en/page.ftl';

const bundle = new FluentBundle('en', { useIsolating: false });
for (const source of [page, neuronBench, digitLearner]) {
  for (const error of bundle.addResource(new FluentResource(source))) console.error(error);
}

export type Gaps = Record<string, FluentVariable>;

/** The text of a message; a missing one shows its id, so that it is found. */
export function text(id: string, gaps?: Gaps): string {
  return textOr(id, id, gaps);
}

export function textOr(id: string, fallback: string, gaps?: Gaps): string {
  const message = bundle.getMessage(id);
  // A gap that nothing fills is shown as one; without a list of errors it would be thrown.
  return message?.value ? bundle.formatPattern(message.value, gaps, []) : fallback;
}

/** Message ids have no dots: `training.learningRate` → `training-learningRate`. */
export function idOf(key: string): string {
  return key.replaceAll('.', '-');
}

// The control of the moment that is looked at.

import { html, type TemplateResult } from 'lit';
import type { BenchSummary, Parameter } from '../../engine/model.ts';
import { text } from '../../i18n/messages.ts';
import type { BenchState } from './state.ts';
import '../../components/parameter-slider.ts';

export function momentSlider(
  { momentMs }: BenchState,
  summary: BenchSummary | undefined,
): TemplateResult {
  const parameter: Parameter = {
    key: 'momentMs',
    symbol: 't',
    unit: 'ms',
    min: 0,
    max: summary?.durationMs ?? 1,
    step: 0.1,
    scale: 'linear',
    default: 0,
    meaning: text('plane-moment-meaning'),
  };
  return html`<parameter-slider
    path="momentMs"
    label=${text('plane-moment')}
    .parameter=${parameter}
    .value=${momentMs}
  ></parameter-slider>`;
}

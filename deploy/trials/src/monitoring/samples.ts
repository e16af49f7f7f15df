import type { Expression } from './expression.js';

export interface Sample {
  metric: string;
  labels: Record<string, string>;
}

/** The samples that a process exposes at `/metrics`, with the labels that Prometheus adds. */
export function samplesIn(text: string, given: Record<string, string> = {}): Sample[] {
  return [...text.matchAll(/^(\w+)(?:\{(.*)\})? \S+$/gm)].map(([, metric, labels = '']) => ({
    metric: metric!,
    labels: {
      ...Object.fromEntries([...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name!, value!])),
      ...given,
    },
  }));
}

/** Metrics that Prometheus creates itself. */
const own = new Set(['up', 'ALERTS']);
const ownLabels = new Set(['job', 'instance']);

/**
 * What an expression selects or groups by that no sample has. Such an expression would never match, and nobody would
 * notice.
 */
export function missingFrom(samples: readonly Sample[], { selectors, by }: Expression): string[] {
  const asked = selectors.filter(({ metric }) => !own.has(metric));
  const of = (metric: string) => samples.filter((sample) => sample.metric === metric);
  const unmatched = asked.flatMap(({ metric, matchers }) =>
    of(metric).length === 0
      ? [metric]
      : matchers.flatMap(({ label, operator, value }) =>
          valuesNamed(operator, value)
            .filter(
              (wanted) =>
                !of(metric).some(({ labels }) => (wanted === undefined ? label in labels : labels[label] === wanted)),
            )
            .map((wanted) => `${metric}{${label}="${wanted ?? '…'}"}`),
        ),
  );
  const ungrouped = by.filter(
    (label) =>
      asked.length > 0 &&
      !ownLabels.has(label) &&
      !asked.some(({ metric }) => of(metric).some(({ labels }) => label in labels)),
  );
  return [...unmatched, ...ungrouped.map((label) => `by (${label})`)];
}

/** The values that a matcher requires; a negative matcher only requires the label to exist. */
function valuesNamed(operator: string, value: string): (string | undefined)[] {
  if (operator === '=') return [value];
  return operator === '=~' ? value.split('|') : [undefined];
}

import type { Metric, Sample } from './health.js';

/** In seconds. None is a whole number: of 1, Prometheus 3 makes 1.0, and an alert on `le="1"` would find nothing. */
const bounds = [0.005, 0.025, 0.1, 0.25, 0.5, 2.5] as const;

interface Counted {
  /** How many took no longer than each bound; with each longer one, those of the shorter ones again. */
  within: number[];
  count: number;
  seconds: number;
}

/** How long things took, each kind by itself, as a histogram of Prometheus. */
export class Durations {
  readonly #kinds = new Map<string, Counted>();

  /** @param label what tells the kinds apart */
  constructor(private readonly label: string) {}

  /** Tells of it from the start: the first one is then an increase. */
  add(kind: string): void {
    this.#kinds.set(kind, { within: bounds.map(() => 0), count: 0, seconds: 0 });
  }

  /** @param kind one that was added */
  count(kind: string, seconds: number): void {
    const counted = this.#kinds.get(kind)!;
    bounds.forEach((bound, index) => {
      if (seconds <= bound) counted.within[index]! += 1;
    });
    counted.count += 1;
    counted.seconds += seconds;
  }

  metric(name: string, help: string): Metric {
    return { name, help, type: 'histogram', read: () => [...this.#kinds].flatMap((kind) => this.#samples(...kind)) };
  }

  #samples(kind: string, { within, count, seconds }: Counted): Sample[] {
    const labels = { [this.label]: kind };
    const bucket = (le: string, value: number): Sample => ({ part: 'bucket', labels: { ...labels, le }, value });
    return [
      ...bounds.map((bound, index) => bucket(String(bound), within[index]!)),
      bucket('+Inf', count),
      { part: 'sum', labels, value: seconds },
      { part: 'count', labels, value: count },
    ];
  }
}

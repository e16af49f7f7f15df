import { Counter, Gauge, Histogram, Registry } from 'prom-client';
export type { Counter, Histogram } from 'prom-client';
import { inTime } from './in-time.js';
import { onceAtATime } from './once-at-a-time.js';

/** In seconds. None is a whole number: Prometheus 3 writes 1 as 1.0, and an alert on `le="1"` would find nothing. */
const bounds = [0.005, 0.025, 0.1, 0.25, 0.5, 2.5];

type Row<Figure extends string> = Record<Figure, number> & { labels?: Record<string, string> };

interface GaugesOptions<Figure extends string> {
  /** The names of the labels that each row has. */
  labels?: readonly string[];
  read(): Promise<Row<NoInfer<Figure>>[]>;
  /** For each figure of a row, the name and the help of its gauge. */
  gauges: Record<Figure, readonly [name: string, help: string]>;
}

/** The metrics of a process. The registry is its own, because specs run several services in one process. */
export class Metrics {
  readonly registry = new Registry();
  /** For each set of gauges, the function that reads its rows, and the number of gauges. */
  readonly #sources: { rows: () => Promise<unknown>; gauges: number }[] = [];

  constructor() {
    new Gauge({
      name: 'tenure_metrics_unread',
      help: 'Metrics that could not be read now and are left out.',
      registers: [this.registry],
      collect: async function () {
        this.set(await countUnread());
      },
    });
    const countUnread = async () => {
      const counts = this.#sources.map(({ rows, gauges }) =>
        rows().then(
          () => 0,
          () => gauges,
        ),
      );
      return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
    };
  }

  /** A counter that has each of the label's values from the start, so that the first count is an increase. */
  counter<Label extends string>(name: string, help: string, label: Label, values: readonly string[]): Counter<Label> {
    const counter = new Counter({ name, help, labelNames: [label], registers: [this.registry] });
    for (const value of values) counter.inc({ [label]: value } as Record<Label, string>, 0);
    return counter;
  }

  /** How long answers took, by the label's values. */
  durations<Label extends string>(name: string, help: string, label: Label): Histogram<Label> {
    return new Histogram({ name, help, labelNames: [label], buckets: bounds, registers: [this.registry] });
  }

  /** Gauges of the same rows, which are read once for all of them. If the rows cannot be read, the gauges are left out. */
  gauges<Figure extends string>({ labels: labelNames = [], read, gauges }: GaugesOptions<Figure>): void {
    const rows = onceAtATime(() => inTime(read()));
    const figures = Object.keys(gauges) as Figure[];
    this.#sources.push({ rows, gauges: figures.length });
    for (const figure of figures) {
      const [name, help] = gauges[figure];
      const gauge = new Gauge({
        name,
        help,
        labelNames,
        registers: [this.registry],
        collect: async () => {
          const values = await rows().catch(() => undefined);
          gauge.reset();
          if (labelNames.length === 0) gauge.remove(); // A reset makes it 0, which was not read.
          for (const { labels = {}, [figure]: value } of values ?? []) gauge.set(labels, value);
        },
      });
    }
  }

  /** All metrics, in Prometheus's text format. */
  text(): Promise<string> {
    return this.registry.metrics();
  }
}

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { repository } from '@tenure/local/folders';
import { readExpression, type Expression } from './expression.js';

export interface Alert {
  alert: string;
  expr: string;
  for: string;
  labels: { severity: string };
  annotations: { summary: string; runbook: string };
}
interface Panel {
  type: string;
  title: string;
  targets?: { expr: string }[];
}

const read = (file: string) => readFileSync(path.join(repository, file), 'utf8');
const { groups } = parse(read('deploy/monitoring/alerts.yml')) as { groups: { rules: Alert[] }[] };
const { panels } = JSON.parse(read('deploy/monitoring/dashboard.json')) as { panels: Panel[] };

/** The processes by the names that alerts and ports use. */
export const jobs = ['accounts', 'licensing', 'notifications', 'gateway', 'workflows'] as const;

export const alerts = groups.flatMap(({ rules }) => rules);

/** Prometheus's targets, on one machine and with Compose. */
export const targets = ['targets.yml', 'targets.compose.yml'].map(
  (file) => parse(read(`deploy/monitoring/${file}`)) as { targets: string[]; labels: { job: string } }[],
);

/** The operators' guide to monitoring. */
export const guide = read('docs/operations/monitoring.md');

/** Every expression of an alert or a panel, with its name. Grafana's interval is replaced with five minutes. */
export const watched: { name: string; text: string }[] = [
  ...alerts.map(({ alert, expr }) => ({ name: alert, text: expr })),
  ...panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => ({ name: title, text: expr.replaceAll('$__rate_interval', '5m') })),
  ),
];

export function readWatched(): ({ name: string } & Expression)[] {
  return watched.map(({ name, text }) => ({ name, ...readExpression(text) }));
}

export const metricsOf = (text: string): string[] => [...new Set(text.match(/\b(?:tenure|process|nodejs)_\w+/g) ?? [])];

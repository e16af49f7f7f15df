import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { readConfiguration } from '@tenure/local/configuration';
import { repository } from '@tenure/local/folders';
import { readExpression } from './expression.js';

import { alerts, guide, jobs, metricsOf, targets, watched } from './files.js';

const operations = path.join(repository, 'docs/operations');

it.each(watched)('$name: $text is a PromQL expression', ({ text }) =>
  expect(readExpression(text).selectors).not.toEqual([]),
);

it('each process is scraped under its name, on its default port', () => {
  const [here, compose] = targets.map((all) => all.map(({ labels: { job }, targets: [target] }) => [job, target]));
  expect(here).toEqual(jobs.map((job) => [job, `127.0.0.1:${readConfiguration({}).ports[`${job}Health`]}`]));
  expect(compose).toEqual(jobs.map((job) => [job, `${job}:8080`]));
});

it('alerts have unique names', () => expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length));

describe.each(alerts)('$alert', ({ alert, labels: { severity }, annotations: { summary, runbook }, ...rule }) => {
  it('is a page or a ticket, fires after a delay, and has a sentence', () => {
    expect(severity).toMatch(/^(page|ticket)$/);
    expect(rule.for).toMatch(/^\d+[mh]$/);
    expect(summary).toMatch(/\.$/);
  });

  it('links to an existing runbook', () => {
    expect(runbook).toMatch(/^docs\/operations\/[\w-]+\.md$/);
    expect(existsSync(path.join(repository, runbook))).toBe(true);
  });

  it('is listed in the guide, with its severity and runbook', () => {
    const page = path.basename(runbook, '.md');
    expect(guide).toMatch(
      new RegExp(`^\\| \`${alert}\` \\| .+ \\| ${severity} \\| \\[${page}\\]\\(${page}\\.md\\) \\|$`, 'm'),
    );
  });

  it('is tested with series for which it must fire, and for which it must not', () => {
    const tried = tests.filter(({ alertname }) => alertname === alert).map(({ exp_alerts }) => exp_alerts.length > 0);
    expect(new Set(tried)).toEqual(new Set([true, false]));
  });
});

const tests = (
  parse(readFileSync(path.join(repository, 'deploy/monitoring/alerts.test.yml'), 'utf8')) as {
    tests: { alert_rule_test: { alertname: string; exp_alerts: unknown[] }[] }[];
  }
).tests.flatMap(({ alert_rule_test }) => alert_rule_test);

it('no other alert is listed in the guide or tested', () => {
  const known = alerts.map(({ alert }) => alert).toSorted();
  expect([...guide.matchAll(/^\| `([A-Z]\w+)` \|/gm)].map(([, alert]) => alert!).toSorted()).toEqual(known);
  expect([...new Set(tests.map(({ alertname }) => alertname))].toSorted()).toEqual(known);
});

/** The symptoms that each page lists. */
const noticed = readdirSync(operations).flatMap((file) => {
  const [, words] = /^## Symptoms\n([^]*?)^## /m.exec(readFileSync(path.join(operations, file), 'utf8')) ?? [];
  if (words === undefined) return [];
  const own = alerts.filter(({ annotations }) => annotations.runbook === `docs/operations/${file}`);
  return [{ page: path.basename(file, '.md'), words, own }];
});
describe.each(noticed)('the page $page', ({ words, own }) => {
  it('names exactly the alerts that link to it', () => {
    const named = alerts.map(({ alert }) => alert).filter((alert) => words.includes(`\`${alert}\``));
    expect(named).toEqual(own.map(({ alert }) => alert));
  });
});

const byFigures = noticed.map(({ words, ...page }) => ({ ...page, figures: metricsOf(words) }));
it.each(byFigures.filter(({ figures }) => figures.length > 0))(
  'the metrics $figures on $page have an alert',
  ({ figures, own }) =>
    expect(own.filter(({ expr }) => figures.some((figure) => expr.includes(figure)))).not.toEqual([]),
);

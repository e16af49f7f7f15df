import { recordCatalogAndPeople } from '@tenure/local/sample/record';
import { runCommand, type Command } from '@tenure/platform/command/command';
import type { Stack } from '@tenure/local/supervisor/find-stack';
import { onDatabase } from '@tenure/local/servers/on-database';
import { onOwnStack } from '@tenure/local/supervisor/own-stack';
import { timed } from './bench/round.js';
import { median, percentile } from './bench/statistics.js';
import { fillIn } from './bench/zones/fill.js';
import { lookers, type Question } from './bench/zones/questions.js';
import { noLimits } from './no-limits.js';

/**
 * `npm run bench:zones`: how long the zones and the queue take with a million accounts through the API, compared with
 * the same rows by SQL from an index, in turn. It runs on its own stack, which is deleted at the end.
 */
const repeats = Number(process.env.BENCH_REPEATS ?? 40);
const only = new RegExp(process.env.BENCH_ONLY ?? '');
const goal = 50;
const deepBy = 25;
const say = (line: string) => console.log(line);
/** As much memory as a database with a million accounts would have. */
const postgres = { shared_buffers: '1GB' };

Object.assign(process.env, noLimits);

await runCommand('The bench was interrupted.', main);

function main(command: Command): Promise<number> {
  return onOwnStack('bench-zones', { prepare: recordCatalogAndPeople, postgres, ...command }, compare);
}

interface Asked extends Question {
  /** Milliseconds. */
  api: number[];
  bare: Question['bare'] & { took: number[] };
  ask: () => Promise<Page>;
  rows: number;
}
interface Page {
  items: unknown[];
  next: string | null;
  count: number;
}

async function compare(stack: Stack): Promise<number> {
  say('Creating a million accounts …');
  await fillIn(stack.database);
  return onDatabase(stack.database, async (bare) => {
    const groups: { name: string; questions: Asked[] }[] = [];
    for (const { name, signIn, questions } of lookers) {
      const token = await stack.token(signIn);
      const chosen = questions.filter((question) => only.test(`${name}: ${question.name}`));
      const prepared: Asked[] = [];
      for (const question of chosen) prepared.push(await prepare(stack.api, token, question));
      groups.push({ name, questions: prepared });
    }
    say(`Sending each query ${repeats} times, in turn with its SQL …`);
    for (let repeat = 0; repeat < repeats; repeat++)
      for (const question of groups.flatMap(({ questions }) => questions)) {
        question.api.push(await timed(question.ask));
        const { sql, parameters, took } = question.bare;
        took.push(await timed(() => bare.query({ text: sql, values: parameters })));
      }
    return tell(groups);
  });
}

async function prepare(api: string, token: string, question: Question): Promise<Asked> {
  const get = async (query: Record<string, string>): Promise<Page> => {
    const answer = await fetch(`${api}/${question.path}?${new URLSearchParams(query)}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const body: unknown = await answer.json();
    if (!answer.ok) throw new Error(`${question.name}: ${JSON.stringify(body)}`);
    return body as Page;
  };
  let query = question.query;
  for (let page = 0; question.deep && page < deepBy; page++) {
    const { next } = await get({ ...query, limit: '200' });
    if (next === null) throw new Error(`${question.name}: there are too few pages.`);
    query = { ...query, cursor: next };
  }
  const ask = () => get(query);
  const { items } = await ask();
  return { ...question, ask, api: [], bare: { ...question.bare, took: [] }, rows: items.length };
}

function tell(groups: { name: string; questions: Asked[] }[]): number {
  for (const { name, questions } of groups) {
    say(`\n${name.padEnd(46)}      API p50       p99    SQL p50       p99   rows`);
    for (const { name: question, api, bare, rows } of questions) {
      const columns = [median(api), percentile(api, 0.99), median(bare.took), percentile(bare.took, 0.99)];
      say(
        `  ${question.padEnd(44)}${columns.map((ms) => `${ms.toFixed(1)} ms`.padStart(10)).join('')}${String(rows).padStart(7)}`,
      );
    }
  }
  const all = groups.flatMap(({ questions }) => questions);
  const [api, sql] = [all.flatMap((one) => one.api), all.flatMap(({ bare }) => bare.took)];
  const p99 = Math.ceil(percentile(api, 0.99));
  say(
    `\nAll: API p50 ${median(api).toFixed(1)} ms, SQL p50 ${median(sql).toFixed(1)} ms, SQL p99 ${percentile(sql, 0.99).toFixed(1)} ms`,
  );
  say(`\nzones p99 ${p99} ms, goal ${goal}`);
  return p99 <= goal ? 0 : 1;
}

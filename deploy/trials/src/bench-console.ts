import type { Page } from 'playwright-core';
import { launchChromium } from '@tenure/local/browser/chromium';
import { runCommand, type Command } from '@tenure/platform/command/command';
import type { Stack } from '@tenure/local/supervisor/find-stack';
import { onOwnStack } from '@tenure/local/supervisor/own-stack';
import { Person } from '@tenure/local/api/person';
import { answersOfConsole, answersOfEmptyPage } from './bench/console/answers.js';
import { changeOfEmptyPage, changesOfConsole, type Changing } from './bench/console/changes.js';
import { openEmptyPage } from './bench/console/empty-page.js';
import { add, lastLine, lines, slowest, worstOfEachRound, type Rounds } from './bench/console/report.js';
import { forgetFiles, keepVitals, largestPaint, slowDown } from './bench/console/vitals.js';
import { untilQuiet } from './browser/quiet.js';
import { Visitor } from './browser/visitor.js';

/**
 * `npm run bench:console`: how long the console takes to show a page, to respond to an input and to show another
 * person's change, with a slowed-down CPU, compared with an empty page in the same browser.
 */
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const slowerBy = Number(process.env.BENCH_SLOWER ?? 4);
const applicantSignIn = 'grace@grid-partner.example';
const reviewerSignIn = 'oliver@platform.example';
const say = (line: string) => console.log(line);

await runCommand('The bench was interrupted.', main);

function main(command: Command): Promise<number> {
  return onOwnStack('bench-console', command, compare);
}

async function compare(stack: Stack): Promise<number> {
  const browser = await launchChromium();
  const arrive = async (signIn: string) => {
    const visitor = await Visitor.arrive(browser, stack.configuration.publicUrl, { reducedMotion: 'no-preference' });
    await visitor.signIn(signIn);
    await keepVitals(visitor.page);
    await slowDown(visitor.page, slowerBy);
    return visitor.page;
  };
  try {
    const looks: Changing = {
      stack,
      applicant: await Person.of(stack, applicantSignIn),
      reviewer: await Person.of(stack, reviewerSignIn),
      applicantPage: await arrive(applicantSignIn),
      reviewerPage: await arrive(reviewerSignIn),
    };
    say(`Warming up. Then ${rounds} rounds, with the CPU ${slowerBy} times slower …`);
    await play(looks, 0);
    const played: Played[] = [];
    for (let round = 1; round <= rounds; round++) {
      played.push(await play(looks, round));
      say(`  round ${round} of ${rounds}`);
    }
    return tell(played);
  } finally {
    await browser.close();
  }
}

type Played = Record<'paints' | 'emptyPaints' | 'answers' | 'emptyAnswers' | 'changes' | 'emptyChanges', Rounds>;

/** One round of everything, for the console and the empty page in turn. */
async function play(looks: Changing, round: number): Promise<Played> {
  const { applicantPage, reviewerPage } = looks;
  const played: Played = {
    paints: new Map(),
    emptyPaints: new Map(),
    answers: new Map(),
    emptyAnswers: new Map(),
    changes: new Map(),
    emptyChanges: new Map(),
  };
  const paint = async (page: Page, path: string, name: string) =>
    add(played.paints, name, await firstVisit(page, () => page.goto(path)));
  await paint(applicantPage, '/', 'the main screen');
  await paint(applicantPage, '/account-management/active', 'the active accounts');
  await paint(applicantPage, '/account-management/new', 'the form of a new account');
  await paint(reviewerPage, '/customer-success', 'the queue');
  const empty = await firstVisit(reviewerPage, () => openEmptyPage(reviewerPage));
  add(played.emptyPaints, 'empty page', empty);
  await answersOfEmptyPage(reviewerPage, played.emptyAnswers);
  await answersOfConsole(applicantPage, played.answers);
  await changesOfConsole(looks, round + 1, played.changes);
  await changeOfEmptyPage(looks, round + 1, played.emptyChanges);
  return played;
}

/** The largest contentful paint of a page on a first visit. */
async function firstVisit(page: Page, open: () => Promise<unknown>): Promise<number> {
  await forgetFiles(page);
  await open();
  await untilQuiet(page);
  return largestPaint(page);
}

/** Prints the results. @returns the exit code */
function tell(played: readonly Played[]): number {
  const of = (name: keyof Played): Rounds => {
    const all: Rounds = new Map();
    for (const round of played) for (const [what, [ms]] of round[name]) add(all, what, ms!);
    return all;
  };
  const part = (title: string, ours: keyof Played, empty: keyof Played) =>
    say(`\n${title}\n${[...lines(of(ours)), ...lines(of(empty))].join('\n')}`);
  part('Largest contentful paint of a first visit (LCP)', 'paints', 'emptyPaints');
  part('From an input to its paint', 'answers', 'emptyAnswers');
  part("From another person's change to its paint on an open page", 'changes', 'emptyChanges');
  const { line, reached } = lastLine({
    lcp: slowest(of('paints')),
    inp: worstOfEachRound(of('answers')),
    change: slowest(of('changes')),
  });
  say(`\n${line}`);
  return reached ? 0 : 1;
}

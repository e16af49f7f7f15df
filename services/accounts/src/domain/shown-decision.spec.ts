import { shownDecision } from './shown-decision.js';

type Outcome = Parameters<typeof shownDecision>[0][number]['outcome'];
const decisions = (...outcomes: Outcome[]) =>
  outcomes.map((outcome, index) => ({ outcome, index, decidedAt: new Date(index * 1000) }));

it.each<[string, Outcome[], number | undefined]>([
  ['none, if there is none', [], undefined],
  ['the one that is being settled', ['recorded'], 0],
  ['the last refused one', ['refused', 'refused'], 1],
  ['the later one, while it is being settled', ['refused', 'recorded'], 1],
  ['the applied one, whatever came after', ['applied', 'recorded', 'too_late'], 0],
  ['none, if all were too late', ['too_late'], undefined],
  ['the refused one rather than one that was too late', ['refused', 'too_late'], 0],
])('shows %s, in whatever order they are given', (_, outcomes, index) => {
  expect(shownDecision(decisions(...outcomes))?.index).toBe(index);
  expect(shownDecision(decisions(...outcomes).toReversed())?.index).toBe(index);
});

import { Trouble } from './trouble.js';

const logged: unknown[] = [];
let now = 0;
let trouble: Trouble;
beforeEach(() => {
  logged.length = 0;
  now = 0;
  trouble = new Trouble({ error: (message: unknown) => void logged.push(message) }, () => now);
});

it('is logged when it begins and when it changes, not each time', () => {
  for (const words of ['away', 'away', 'full', 'full']) trouble.begin(new Error(words));
  expect(logged).toEqual(['Events are not sent: away', 'Events are not sent: full']);
  expect(trouble.words).toBe('full');
});

it('that lasts for a minute is an alert, once, whatever the reason is by then', () => {
  for (const [at, words] of [
    [0, 'away'],
    [59_999, 'full'],
    [60_000, 'full'],
    [200_000, 'full'],
  ] as const) {
    now = at;
    trouble.begin(words);
  }
  expect(logged.slice(2)).toEqual([{ message: 'Events have not been sent for a minute: full', alert: true }]);
});

it('that is over starts from scratch', () => {
  trouble.begin('away');
  trouble.end();
  expect(trouble.words).toBeUndefined();
  now = 100_000;
  trouble.begin('away');
  expect(logged).toEqual(['Events are not sent: away', 'Events are not sent: away']);
});

it('that returns and lasts for a minute again is another alert', () => {
  const alert = { message: 'Events have not been sent for a minute: away', alert: true };
  for (const start of [0, 100_000]) {
    for (now of [start, start + 60_000]) trouble.begin('away');
    trouble.end();
  }
  expect(logged).toEqual(['Events are not sent: away', alert, 'Events are not sent: away', alert]);
});

import { deadEventLines, wholeDeadEvent, type DeadEvent } from './dead-events.js';

/** Whoever has the password of the consumer writes all of it. */
const hostile: DeadEvent = {
  id: 7,
  consumer: 'licensing',
  at: '2026-11-24T10:02:31.481Z',
  reason: 'broken\u001b]0;mine\u0007',
  deliveries: 1,
  subject: 'events.licensing.use.changed.\u009b31m',
  body: '{"note":"\u001b[2J"}\nmore',
};

describe('a dead event has no control characters, which a terminal would execute', () => {
  it('in the list', () =>
    expect(deadEventLines(hostile)).toBe(
      '7  licensing  2026-11-24 10:02:31  after 1 try: broken ]0;mine \n    events.licensing.use.changed. 31m: not an event',
    ));

  it('when it is read', () =>
    expect(wholeDeadEvent(hostile).split('\n')).toEqual([
      ...['{', '  "id": 7,', '  "consumer": "licensing",', '  "at": "2026-11-24T10:02:31.481Z",'],
      ...['  "reason": "broken\\u001b]0;mine\\u0007",', '  "deliveries": 1,'],
      ...['  "subject": "events.licensing.use.changed. 31m"', '}', '{"note":" [2J"} more'],
    ]));
});

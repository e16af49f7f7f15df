import { tooManyPending } from './pending-limit.js';

describe('the applications for new accounts that an organization has pending', () => {
  it('may be as many as the limit', () => expect(tooManyPending(199, 200)).toEqual([]));

  it.each([200, 201])('cannot exceed it, even if it was lowered: %i', (pending) =>
    expect(tooManyPending(pending, 200)).toEqual([
      {
        path: '',
        code: 'too_many_pending',
        message: `Your organization has ${pending} pending applications for new accounts; the limit is 200. You can send another once some are decided or withdrawn.`,
        figures: { pending, maximum: 200 },
      },
    ]),
  );

  it('may be limited to one', () =>
    expect(tooManyPending(1, 1)).toMatchObject([
      {
        message:
          'Your organization has 1 pending application for a new account; the limit is 1. You can send another once it is decided or withdrawn.',
      },
    ]));
});

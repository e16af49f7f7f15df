import { tooManyPending } from './pending-limit.js';

describe('the applications for new accounts that an organization has pending', () => {
  it('may be as many as the limit', () => expect(tooManyPending(199, 200)).toEqual([]));

  it.each([200, 201])('cannot exceed it, even if it was lowered: %i', (pending) =>
    expect(tooManyPending(pending, 200)).toEqual([
      {
        path: '',
        code: 'too_many_pending',
        message: `${pending} applications for new accounts of your organization are pending, of at most 200. Another can be sent once some are decided or withdrawn.`,
        figures: { pending, maximum: 200 },
      },
    ]),
  );

  it('may be limited to one', () =>
    expect(tooManyPending(1, 1)).toMatchObject([
      {
        message:
          '1 application for a new account of your organization is pending, of at most 1. Another can be sent once it is decided or withdrawn.',
      },
    ]));
});

import { eventually, startOwnProcess } from '@tenure/testing';

it.each(['SIGINT', 'SIGTERM'] as const)(
  'the e-mails are served until %s ends it, even with a page open',
  async (signal) => {
    const shown = startOwnProcess('deploy/trials/dist/emails.js', {});
    try {
      await eventually(() => expect(shown.output()).toContain('Ctrl-C ends it.'));
      const page = await fetch(/http:\S+/.exec(shown.output())![0]);
      expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<html')]);
      shown.kill(signal);
      expect(await shown.ended).toBe(0);
    } finally {
      shown.kill();
    }
  },
);

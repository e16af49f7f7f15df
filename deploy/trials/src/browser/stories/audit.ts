import { application, moveClock } from '@tenure/local/api/calls';
import { given } from '@tenure/local/api/person';
import { grace, marc, oliver, sofia } from '../people.js';
import type { BrowserStage } from '../stage.js';

/** The audit trail of an account. */
export function auditStories(stage: () => BrowserStage): void {
  it.each([
    [
      marc,
      'en',
      ['Notice: Application approved', 'License: Plus', 'Sector: Hotels', 'Type: New account', 'Decision: Approve'],
    ],
    [
      sofia,
      'es',
      [
        'Aviso: Solicitud aprobada',
        'Licencia: Plus',
        'Sector de actividad: Hoteles',
        'Tipo: Cuenta nueva',
        'Decisión: Aprobar',
      ],
    ],
  ])("the audit trail is in the reader's language, without ids and field names: %s, %s", async (signIn, _, said) => {
    const applicationId = await stage().applied(signIn, { accountName: `On record for ${signIn}` });
    const accountId = await stage().approved(applicationId);
    await stage().mailbox.arrived({ application: applicationId, kind: 'application_approved' }, 1);
    const { page } = await stage().visitor(signIn, `/account-management/accounts/${accountId}?show=audit`);
    const trail = page.getByRole('table');
    for (const change of said) await trail.getByText(change).first().waitFor();
    const shown = await trail.innerText();
    expect(shown).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
    expect(shown).not.toMatch(/\b[a-z]+[A-Z]\w*:|\b[a-z]+\.\w+\b:/);
  });

  it('a clock that was moved by less than a day is shown to have moved', async () => {
    const accountId = await stage().account(grace, { accountName: 'Last hours', months: 1 });
    const person = await stage().person(grace);
    // To the reminder of the last week, that of the last day, and the end of that day, 15 hours later.
    for (let moment = 0; moment < 3; moment += 1) given(await moveClock(person, accountId, { toNextMoment: true }));
    const { page } = await stage().visitor(grace, `/account-management/accounts/${accountId}?show=audit`);
    const moved = page.getByRole('row', { name: "Account's clock moved forward" }).first();
    await moved.waitFor();
    const [, before, after] = /Clock: (.+) → (.+)/.exec(await moved.innerText())!;
    expect(before).not.toBe(after);
  });

  it("all times on an account's page are in its zone, which the page names, also for a reader in another one", async () => {
    const applicationId = await stage().applied(grace, { accountName: 'On New York time' });
    const accountId = await stage().approved(applicationId);
    const { submittedAt } = given(await application(await stage().person(grace), applicationId));
    const there = new Intl.DateTimeFormat('en-US', {
      timeStyle: 'short',
      hourCycle: 'h23',
      timeZone: 'America/New_York',
    });
    const visitor = await stage().visitor(oliver, `/customer-success/accounts/${accountId}`);
    const { page } = visitor;
    await page.getByText('United States · America/New_York').waitFor();
    for (const [part, sent] of [
      ['applications', 'New account'],
      ['audit', 'Application sent'],
    ] as const) {
      await visitor.goOn(`/customer-success/accounts/${accountId}?show=${part}`);
      await page
        .getByRole('row', { name: sent })
        .getByText(`, ${there.format(new Date(submittedAt))}`)
        .first()
        .waitFor();
    }
  });
}

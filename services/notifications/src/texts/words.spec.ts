import { wordsFrom } from './words.js';
import { aPlan, toldOf } from '../testing/answers.js';

describe('the words of a letter', () => {
  it("have dates in the account's zone, not the organization's or UTC", () => {
    const told = toldOf({
      organization: { name: 'Helios Energy', language: 'es', timeZone: 'Europe/Madrid', logoUrl: null },
      application: { submittedAt: '2026-11-24T02:00:00.000Z' },
    });
    // In Honolulu it is still the day before, and the last working day ends at 10:00 UTC of the next day.
    const plan = aPlan({ timeZone: 'Pacific/Honolulu', validUntil: '2027-12-10T10:00:00.000Z', renewalPending: true });
    const words = wordsFrom(told, plan, null);
    expect(words.application?.submittedOn).toBe('2026-11-23');
    expect(words.subscription?.worksThrough).toBe('2027-12-09');
    expect(words.subscription?.stops).toEqual({ on: '2027-12-10', at: '00:00', timeZone: 'Pacific/Honolulu' });
  });

  it("have dates in the account's zone before there is a plan, and in the organization's before there is an account", () => {
    const told = toldOf({ application: { submittedAt: '2026-11-24T02:00:00.000Z' } });
    const account = { ...told.account!, timeZone: 'Pacific/Honolulu' };
    expect(wordsFrom({ ...told, account }, null, null).application?.submittedOn).toBe('2026-11-23');
    expect(wordsFrom({ ...told, account: null }, null, null).application?.submittedOn).toBe('2026-11-24');
  });

  it('say to the hour when an account stops, even if a clock change skips midnight', () => {
    const plan = aPlan({ timeZone: 'Africa/Cairo', validUntil: '2027-04-29T22:00:00.000Z' });
    expect(wordsFrom(toldOf(), plan, null).subscription?.stops).toEqual({
      on: '2027-04-30',
      at: '01:00',
      timeZone: 'Africa/Cairo',
    });
  });

  it('say until when a renewal kept an account working past its last day', () => {
    const plan = aPlan({ workedUntil: '2027-12-02T13:00:00.000Z', daysLeft: -8 });
    expect(wordsFrom(toldOf(), plan, null).subscription).toMatchObject({
      expiresOn: '2027-11-24',
      worksThrough: '2027-12-02',
    });
  });

  it('contain the latest renewal in a reminder', () => {
    const renewal = { status: 'rejected', applicantName: 'Ana Ruiz', decidedByName: 'Carla Soler', reason: 'Unpaid.' };
    const told = toldOf({ renewal: { ...renewal, submittedAt: '2027-11-01T23:30:00.000Z' } });
    expect(wordsFrom(told, aPlan(), null).renewal).toEqual({ ...renewal, submittedOn: '2027-11-02' });
    expect(wordsFrom(toldOf(), aPlan(), null).renewal).toBeNull();
  });

  it('contain no subscription before there is one', () =>
    expect(wordsFrom(toldOf(), null, null).subscription).toBeNull());

  it('take the name of an account that does not exist yet from the application', () => {
    const told = toldOf({ account: null, application: { request: { accountName: 'Wind Park' } } });
    expect(wordsFrom(told, null, null).accountName).toBe('Wind Park');
  });

  it("use the organization's name if there is no account", () => {
    expect(wordsFrom(toldOf(), null, null).accountName).toBe('Solar Park');
    expect(wordsFrom(toldOf({ account: null }), null, null).accountName).toBe('Helios Energy');
  });

  it('leave out an application with a type, or a renewal with a status, that only a later version knows', () => {
    const { submittedAt, applicantName, decidedByName, reason } = toldOf({ application: {} }).application!;
    const renewal = { status: 'put_off', submittedAt, applicantName, decidedByName, reason };
    const told = toldOf({ application: { type: 'merge_accounts' }, renewal });
    expect(wordsFrom(told, aPlan(), null)).toMatchObject({ application: null, renewal: null });
  });

  it('call licenses by their names, or by their codes if the names are unknown', () => {
    const told = toldOf({ application: { request: { license: 'small' } } });
    const names = { en: 'Small', es: 'Pequeña' };
    expect(wordsFrom(told, aPlan(), { code: 'small', names })).toMatchObject({
      application: { license: names },
      subscription: { license: { en: 'Professional', es: 'Profesional' } },
    });
    expect(wordsFrom(told, aPlan({ licenseNames: undefined }), null)).toMatchObject({
      application: { license: { en: 'small', es: 'small' } },
      subscription: { license: { en: 'professional', es: 'professional' } },
    });
  });

  it('do not use the name of the license in force for another one', () => {
    const told = toldOf({ application: { request: { license: 'small' } } });
    expect(wordsFrom(told, aPlan(), null).application?.license).toEqual({ en: 'small', es: 'small' });
  });

  it('contain the values before and after a change, each license by its own name', () => {
    const facts = { contracted: 200, rtcLines: 0, expiresOn: '2027-11-24', state: 'active' } as const;
    const told = toldOf({
      application: {
        type: 'change_license',
        request: { license: 'professional' },
        before: { license: 'basic', ...facts },
        after: { license: 'professional', ...facts },
      },
    });
    const basic = { en: 'Basic', es: 'Básica' };
    const professional = { en: 'Professional', es: 'Profesional' };
    expect(wordsFrom(told, aPlan(), { code: 'basic', names: basic }).application).toMatchObject({
      license: professional,
      before: { license: basic, contracted: 200 },
      after: { license: professional, contracted: 200 },
    });
  });
});

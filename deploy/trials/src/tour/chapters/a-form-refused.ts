import type { FieldError } from '@tenure/contracts';
import { accounts, applications, preview, submit } from '@tenure/local/api/calls';
import { given, Person } from '@tenure/local/api/person';
import type { Tour } from '../tour.js';

/** A mistake in one field, and the form's message next to it. */
type Mistake = [field: string, value: unknown, code: string, message: string];

const badlyWritten: Mistake[] = [
  ['accountName', '   ', 'too_small', "Enter the account's name."],
  ['customerName', 'x'.repeat(101), 'too_big', 'At most 100 characters.'],
  ['license', 'The Big One', 'invalid_format', 'Choose a license.'],
  ['datapoints', 19, 'too_small', 'Enter at least 20.'],
  ['months', 61, 'too_big', 'Enter 1 to 60 months.'],
  ['sector', 'Retail & more', 'invalid_format', 'Choose a sector.'],
  ['country', 'Spain', 'invalid_format', 'Two capital letters (ISO 3166-1).'],
  ['rtcLines', -1, 'too_small', 'Enter 0 or more.'],
  ['emailDomain', 'not a domain', 'invalid_format', 'A domain name in lower case.'],
  ['comment', 'x'.repeat(1001), 'too_big', 'At most 1,000 characters.'],
  ['color', 'blue', 'unknown_field', 'This field is not known.'],
];

const notOffered: Mistake[] = [
  ['timeZone', 'America/New_York', 'unknown_time_zone', "Choose one of the country's time zones."],
  ['sector', 'no-such-sector', 'unknown_sector', 'Choose one of the sectors.'],
  ['emailDomain', 'someone-else.example', 'not_verified', "Choose one of your organization's verified domains."],
];

export async function aFormRefused(tour: Tour): Promise<void> {
  const { story, people, stack } = tour;
  const { sofia, irene } = people;
  story.chapter('A form, refused field by field');

  story.step('The section requires a SuperAdmin. A request without a sign-in and Irene, who has no role, are refused.');
  const nobody = await accounts(new Person(stack.api, 'nobody', undefined), {});
  story.check('without a token', `${nobody.status} ${nobody.problem?.code}`, '401 unauthenticated');
  const unprivileged = await accounts(irene, {});
  story.check('Irene asks for the accounts', `${unprivileged.status} ${unprivileged.problem?.code}`, '403 forbidden');

  story.step('Sofía of Solar Partner fills in the form for a new account, and gets every field wrong.');
  const wrong = await submit(sofia, { ...tour.newAccount('Form'), ...valuesOf(badlyWritten) });
  story.check('the answer', `${wrong.status} ${wrong.problem?.code}`, '422 invalid');
  checkFields(tour, wrong.problem?.errors, badlyWritten);

  story.step('She corrects them, but chooses values that are not offered: in Spain, the time zone of New York.');
  const elsewhere = given(await preview(sofia, { ...tour.newAccount('Form'), country: 'ES', ...valuesOf(notOffered) }));
  checkFields(tour, elsewhere.refusals, notOffered);

  const { license } = tour.catalog;
  story.step('Then she asks for a remotely read meter in Portugal, and for more datapoints than the license allows.');
  const asked = { country: 'PT', timeZone: 'Europe/Lisbon', rtcLines: 1, datapoints: license.maxDatapoints + 1 };
  const portugal = given(await preview(sofia, tour.newAccount('Form', asked)));
  story.check('whether it could be approved', portugal.approvable, false);
  story.check('rtcLines', codeAt('rtcLines', portugal.refusals), 'only_in_spain');
  const tooMany = portugal.refusals.find(({ path }) => path === 'datapoints');
  story.check('datapoints', codeAt('datapoints', portugal.refusals), 'above_license');
  story.check('with the figures', tooMany?.figures, { maximum: license.maxDatapoints });

  const stored = given(await applications(sofia, { text: tour.name('Form') }));
  story.check('applications stored by all this', stored.count, 0);
}

function checkFields({ story }: Tour, errors: readonly FieldError[] = [], mistakes: readonly Mistake[]): void {
  for (const [field, , code, message] of mistakes) {
    const error = errors.find(({ path }) => path === field);
    story.check(field, error ? `${error.code}, “${error.message}”` : undefined, `${code}, “${message}”`);
  }
  const others = errors.map(({ path }) => path).filter((path) => !mistakes.some(([field]) => field === path));
  story.check('other fields named', others, []);
}

function codeAt(field: string, errors: readonly FieldError[]): string | undefined {
  return errors.find(({ path }) => path === field)?.code;
}

function valuesOf(mistakes: readonly Mistake[]): object {
  return Object.fromEntries(mistakes.map(([field, value]) => [field, value]));
}

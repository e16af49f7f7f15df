import { findOrganizations } from '@tenure/contracts';
import { accounts, applications } from '@tenure/local/api/calls';
import { given, type Person } from '@tenure/local/api/person';

interface OfAccount {
  zone?: 'active' | 'expired';
  /** A tab of its page. */
  show?: string;
  /** A form about it. */
  form?: 'datapoints' | 'license' | 'renewal';
  section?: 'account-management' | 'customer-success';
}

/** The path of a sample account. */
export function accountNamed(
  name: string,
  { zone = 'active', show, form, section = 'account-management' }: OfAccount = {},
) {
  return async (person: Person) => {
    const { items } = given(await accounts(person, { zone, text: name }));
    const id = items[0]?.accountId ?? 'missing';
    return `/${section}/accounts/${id}${form ? `/${form}` : ''}${show ? `?show=${show}` : ''}`;
  };
}

/** The path of a pending sample application. */
export function pendingOf(accountName: string, section = 'account-management') {
  return applicationOf({ status: 'pending', text: accountName }, section);
}

/** The path of a decided sample application, for reviewers. */
export function decidedOf(accountName: string) {
  const one = applicationOf({ status: 'decided', text: accountName }, 'customer-success');
  return async (person: Person) => `${await one(person)}?which=decided`;
}

function applicationOf(asked: { status: string; text: string }, section: string) {
  return async (person: Person) => {
    const { items } = given(await applications(person, asked));
    return `/${section}/applications/${items[0]?.applicationId ?? 'missing'}`;
  };
}

/** The path of a sample organization, for Customer Success. */
export function organizationNamed(name: string) {
  return async (person: Person) => {
    const query = new URLSearchParams({ text: name });
    const { items } = given(await person.get(`/organizations?${query}`, findOrganizations.answer));
    return `/customer-success/organizations/${items[0]?.organizationId ?? 'missing'}`;
  };
}

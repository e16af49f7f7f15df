import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  redirect,
} from '@tanstack/react-router';
import { readAccountPageSearch } from '../account/account-parts.js';
import { NoAnswer } from '../api/problem.js';
import { readApplicationSearch } from '../applications/application-search.js';
import { readDecidedSearch, readReviewSearch } from '../customer-success/decided-search.js';
import { readEmailsSearch, readOrganizationsSearch } from '../customer-success/organizations-search.js';
import { readQueueSearch } from '../customer-success/queue-search.js';
import { readChangeSearch, readNewAccountSearch } from '../forms/form-search.js';
import { alsoSpeak } from '../words/start-words.js';
import { readAccountSearch, readZoneSearch } from '../zones/account-search.js';
import { only, parseAddress, readId, writeAddress } from './address.js';
import { Failed, NotFound } from './refused-pages.js';
import { AccountManagement, CustomerSuccess } from './sections.js';
import { Shell } from './shell.js';

/**
 * The code of a page loads when the page is opened, or is about to be. If it fails to load, the page says so
 * (`Failed`): the router's default would reload the page, even without a network.
 */
const page: typeof lazyRouteComponent = (load, name) =>
  lazyRouteComponent(
    () =>
      load().catch((cause: unknown) => {
        throw new NoAnswer(cause);
      }),
    name,
  );

/** Every page, by its path. */
const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, beforeLoad: requireIds });

/** An id becomes part of the API's path, where another text, such as `..%2Flicenses`, would lead to another answer. */
function requireIds({ params }: { params: object }): void {
  if (Object.values(params).some((id) => readId(id) === undefined)) throw notFound();
}

const mainScreen = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: page(() => import('../main-screen/main-screen.js'), 'MainScreen'),
});

const section = createRoute({ getParentRoute: () => root, path: 'account-management', component: AccountManagement });
const sectionHome = createRoute({
  getParentRoute: () => section,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/account-management/active' });
  },
});
const active = createRoute({
  getParentRoute: () => section,
  path: 'active',
  validateSearch: only(readAccountSearch),
  component: page(() => import('../zones/zone-pages.js'), 'ActivePage'),
});
const expired = createRoute({
  getParentRoute: () => section,
  path: 'expired',
  validateSearch: only(readAccountSearch),
  component: page(() => import('../zones/zone-pages.js'), 'ExpiredPage'),
});
const applications = createRoute({
  getParentRoute: () => section,
  path: 'applications',
  validateSearch: only(readApplicationSearch),
  component: page(() => import('../applications/applications-page.js'), 'ApplicationsPage'),
});
const application = createRoute({
  getParentRoute: () => section,
  path: 'applications/$applicationId',
  // The filters of the list, to which the way back leads.
  validateSearch: only(readApplicationSearch),
  component: page(() => import('../applications/application-page.js'), 'ApplicationPage'),
});
const newAccount = createRoute({
  getParentRoute: () => section,
  path: 'new',
  validateSearch: only(readNewAccountSearch),
  component: page(() => import('../forms/new-account-page.js'), 'NewAccountPage'),
});
const account = createRoute({
  getParentRoute: () => section,
  path: 'accounts/$accountId',
  validateSearch: only(readAccountPageSearch),
  component: page(() => import('../account/account-page.js'), 'AccountPage'),
});
const datapoints = createRoute({
  getParentRoute: () => section,
  path: 'accounts/$accountId/datapoints',
  validateSearch: only(readChangeSearch),
  component: page(() => import('../forms/datapoints-page.js'), 'DatapointsPage'),
});
const license = createRoute({
  getParentRoute: () => section,
  path: 'accounts/$accountId/license',
  validateSearch: only(readChangeSearch),
  component: page(() => import('../forms/license-page.js'), 'LicensePage'),
});
const renewal = createRoute({
  getParentRoute: () => section,
  path: 'accounts/$accountId/renewal',
  validateSearch: only(readChangeSearch),
  component: page(() => import('../forms/renewal-page.js'), 'RenewalPage'),
});

const settings = createRoute({
  getParentRoute: () => section,
  path: 'settings',
  loader: () => alsoSpeak('settings'),
});
const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/account-management/settings/reminders' });
  },
});
const reminders = createRoute({
  getParentRoute: () => settings,
  path: 'reminders',
  component: page(() => import('../settings/reminders-page.js'), 'RemindersPage'),
});

const notices = createRoute({
  getParentRoute: () => settings,
  path: 'notices',
  component: page(() => import('../settings/notices-page.js'), 'NoticesPage'),
});
const emailDomains = createRoute({
  getParentRoute: () => settings,
  path: 'email-domains',
  component: page(() => import('../settings/email-domains-page.js'), 'EmailDomainsPage'),
});
const calendar = createRoute({
  getParentRoute: () => settings,
  path: 'calendar',
  component: page(() => import('../settings/calendar-page.js'), 'CalendarPage'),
});

const addresses = createRoute({
  getParentRoute: () => settings,
  path: 'addresses',
  component: page(() => import('../settings/addresses-page.js'), 'AddressesPage'),
});

const audit = createRoute({
  getParentRoute: () => settings,
  path: 'audit',
  component: page(() => import('../settings/audit-page.js'), 'AuditPage'),
});

const customerSuccess = createRoute({
  getParentRoute: () => root,
  path: 'customer-success',
  component: CustomerSuccess,
});
const queue = createRoute({
  getParentRoute: () => customerSuccess,
  path: '/',
  validateSearch: only(readQueueSearch),
  component: page(() => import('../customer-success/queue-page.js'), 'QueuePage'),
});
const decided = createRoute({
  getParentRoute: () => customerSuccess,
  path: 'decided',
  validateSearch: only(readDecidedSearch),
  component: page(() => import('../customer-success/decided-page.js'), 'DecidedPage'),
});
const decision = createRoute({
  getParentRoute: () => customerSuccess,
  path: 'applications/$applicationId',
  // The filters of the list: Next and the way back stay within it.
  validateSearch: only(readReviewSearch),
  component: page(() => import('../customer-success/decision-page.js'), 'DecisionPage'),
});
const everyAccount = createRoute({
  getParentRoute: () => customerSuccess,
  path: 'accounts',
  validateSearch: only(readZoneSearch),
  component: page(() => import('../customer-success/accounts-page.js'), 'AccountsPage'),
});
const organizations = createRoute({
  getParentRoute: () => customerSuccess,
  path: 'organizations',
  validateSearch: only(readOrganizationsSearch),
  component: page(() => import('../customer-success/organizations-page.js'), 'OrganizationsPage'),
});
const organization = createRoute({
  getParentRoute: () => customerSuccess,
  path: 'organizations/$organizationId',
  // The filters of the list, to which the way back leads.
  validateSearch: only(readOrganizationsSearch),
  loader: () => alsoSpeak('settings'),
  component: page(() => import('../customer-success/organization-page.js'), 'OrganizationPage'),
});
const emails = createRoute({
  getParentRoute: () => customerSuccess,
  path: 'emails',
  validateSearch: only(readEmailsSearch),
  component: page(() => import('../customer-success/emails-page.js'), 'EmailsPage'),
});
/** The former address of the unclear e-mails. */
const unknownEmails = createRoute({
  getParentRoute: () => customerSuccess,
  path: 'unknown-emails',
  beforeLoad: () => {
    throw redirect({ to: '/customer-success/emails' });
  },
});
const accountReviewed = createRoute({
  getParentRoute: () => customerSuccess,
  path: 'accounts/$accountId',
  validateSearch: only(readAccountPageSearch),
  component: page(() => import('../customer-success/account-page.js'), 'ReviewedAccountPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    mainScreen,
    section.addChildren([
      sectionHome,
      active,
      expired,
      applications,
      application,
      newAccount,
      account,
      datapoints,
      license,
      renewal,
      settings.addChildren([settingsHome, reminders, notices, emailDomains, calendar, addresses, audit]),
    ]),
    customerSuccess.addChildren([
      queue,
      decided,
      decision,
      everyAccount,
      accountReviewed,
      organizations,
      organization,
      emails,
      unknownEmails,
    ]),
  ]),
  defaultPreload: 'intent',
  defaultErrorComponent: Failed,
  defaultNotFoundComponent: NotFound,
  parseSearch: parseAddress,
  stringifySearch: writeAddress,
  scrollRestoration: true,
});

/** Fetches the code of the page at the current address, before the router is rendered. */
export function fetchCode(): void {
  const [matchedRoutes] = router.getMatchedRoutes(router.latestLocation.pathname);
  for (const route of matchedRoutes) void router.loadRouteChunk(route);
}

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

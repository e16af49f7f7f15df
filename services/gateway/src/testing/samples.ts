import type {
  AccountRecipients,
  AccountView,
  AnswerOf,
  ApplicationView,
  CalendarAddresses,
  DecisionView,
  DeliveryDetails,
  EmailDomainDetails,
  MemberView,
  NamedReference,
  NoticeView,
  OrganizationDetails,
  PolicyChangeView,
  PolicyView,
  Preview,
  Role,
  showTimeline,
} from '@tenure/contracts';

export const organizationId = '0198c2f4-0000-7000-8000-000000000001';
export const accountId = '0198c2f4-0000-7000-8000-000000000002';
export const applicationId = '0198c2f4-0000-7000-8000-000000000003';
export const decisionId = '0198c2f4-0000-7000-8000-000000000004';
export const deliveryId = '0198c2f4-0000-7000-8000-000000000007';
export const memberId = '0198c2f4-0000-7000-8000-000000000005';

export function aMember(roles: Role[], overrides: Partial<MemberView> = {}): MemberView {
  return {
    memberId,
    organizationId,
    name: 'Ana Ruiz',
    email: 'ana@partner.example',
    language: 'es',
    roles,
    organization: {
      organizationId,
      name: 'Partner',
      country: 'ES',
      timeZone: 'Europe/Madrid',
      language: 'es',
      isOperator: false,
      logoUrl: null,
    },
    ...overrides,
  };
}

export const anOrganization: OrganizationDetails = {
  ...aMember([]).organization,
  fallbackEmail: 'office@partner.example',
  datapoints: { contracted: 600, used: 240 },
};

export const newAccount = {
  type: 'new_account',
  accountName: 'Harbor',
  customerName: 'Port Authority',
  license: 'standard',
  datapoints: 100,
  sector: 'logistics',
} as const;

export const aChosenPolicy = { offsets: ['P1M', 'P14D'], localTime: '10:00' };

export const aCalendarToken = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ';

export const aFeed: CalendarAddresses = {
  feed: { createdAt: '2026-11-25T09:00:00.000Z', createdBy: memberId },
  inReminders: 0,
};

export const someRecipients: AccountRecipients = {
  superAdmins: [
    { memberId, name: 'Ana Ruiz', email: 'ana@partner.example', language: 'es', told: ['decisions', 'reminders'] },
  ],
  extraAddresses: [{ email: 'site@customer.example', language: 'en' }],
  version: 1,
};

export const aPolicyChange: PolicyChangeView = {
  version: 2,
  state: 'applying',
  total: 120,
  lookedAt: 50,
  moved: 49,
  kept: 0,
  requestedBy: memberId,
  requestedAt: '2026-11-25T09:00:00.000Z',
  endedAt: null,
};

export const anEmailDomain: EmailDomainDetails = {
  domain: 'mail.partner.example',
  organizationId,
  status: 'pending',
  sender: 'notices@mail.partner.example',
  records: [{ type: 'TXT', name: 'send.mail.partner.example', value: 'v=spf1', priority: null, status: 'pending' }],
  verifiedAt: null,
  checkedAt: '2026-11-24T10:00:00.000Z',
};

export const aPolicy: PolicyView = {
  organizationId,
  version: 2,
  ...aChosenPolicy,
  change: aPolicyChange,
  spreadMinutes: 0,
};

export function anApplication(overrides: Partial<ApplicationView> = {}): ApplicationView {
  return {
    applicationId,
    type: 'new_account',
    status: 'pending',
    organizationId,
    organizationName: 'Partner',
    accountId: null,
    accountName: 'Harbor',
    customerName: 'Port Authority',
    request: { ...newAccount, months: 12, rtcLines: 0, emailDomain: null, comment: '' },
    before: null,
    after: null,
    applicant: { memberId, name: 'Ana Ruiz' },
    submittedAt: '2026-11-24T09:00:00.000Z',
    lapsesAt: '2026-12-24T09:00:00.000Z',
    decision: null,
    withdrawnBy: null,
    endedAt: null,
    failure: null,
    version: 1,
    ...overrides,
  };
}

export function aDecision(overrides: Partial<DecisionView> = {}): DecisionView {
  return {
    decisionId,
    verdict: 'approve',
    reason: null,
    decidedBy: { memberId, name: 'Carla Soto' },
    decidedAt: '2026-11-25T09:00:00.000Z',
    seen: null,
    outcome: 'recorded',
    problem: null,
    ...overrides,
  };
}

export const anAccount: AccountView = {
  accountId,
  organizationId,
  organizationName: 'Partner',
  accountName: 'Harbor',
  customerName: 'Port Authority',
  sector: 'logistics',
  country: 'ES',
  timeZone: 'Europe/Madrid',
  emailDomain: null,
  comment: '',
  license: 'standard',
  rtcLines: 0,
  contracted: 100,
  used: 40,
  left: 60,
  firstDay: '2026-11-25',
  expiresOn: '2027-11-25',
  expiresAt: '2027-11-25T23:00:00.000Z',
  validUntil: '2027-11-25T23:00:00.000Z',
  daysLeft: 365,
  state: 'active',
  pending: [],
  clockAheadSeconds: 0,
  createdAt: '2026-11-25T09:00:00.000Z',
};

export const aNamedReference: NamedReference = {
  organizationName: 'Partner',
  accountName: 'Harbor',
  application: null,
};

export const aPreview: Preview = {
  asOf: '2026-11-24T09:00:00.000Z',
  approvable: true,
  refusals: [],
  before: null,
  after: null,
  use: null,
  timeZone: 'Europe/Madrid',
  term: null,
  timeline: [],
  dropped: [],
  worksUntilIfUndecided: null,
};

export function aTimeline(overrides: Partial<AnswerOf<typeof showTimeline>> = {}): AnswerOf<typeof showTimeline> {
  return {
    now: '2026-11-25T09:00:00.000Z',
    timeZone: 'Europe/Madrid',
    validUntil: '2027-11-25T23:00:00.000Z',
    terms: [
      {
        number: 1,
        anchor: '2026-11-25',
        months: 12,
        firstDay: '2026-11-25',
        expiresOn: '2027-11-25',
        expiresAt: '2027-11-25T23:00:00.000Z',
      },
    ],
    moments: [
      aMoment('P1M', '2027-10-25T07:00:00.000Z'),
      aMoment('P7D', '2027-11-18T08:00:00.000Z'),
      aMoment('P0D', '2027-11-25T08:00:00.000Z'),
      aMoment('expired', '2027-11-25T23:00:00.000Z'),
    ],
    clockAheadSeconds: 0,
    ...overrides,
  };
}

export function aMoment(kind: string, at: string, termNumber = 1) {
  return { key: `${accountId}/${termNumber}/${kind}`, termNumber, kind, at, status: 'planned' as const, reason: null };
}

export function aNotice(key: string, dueAt: string, overrides: Partial<NoticeView> = {}): NoticeView {
  return {
    noticeId: '0198c2f4-0000-7000-8000-000000000006',
    key,
    kind: 'reminder',
    offset: key.split('/').at(-1) ?? null,
    termNumber: 1,
    applicationId: null,
    dueAt,
    status: 'sent',
    reason: null,
    settled: true,
    deliveries: [aDelivery(dueAt)],
    ...overrides,
  };
}

export function aDelivery(sentAt: string | null): NoticeView['deliveries'][number] {
  return {
    deliveryId,
    email: 'ana@partner.example',
    name: 'Ana Ruiz',
    status: sentAt === null ? 'planned' : 'sent',
    reason: null,
    sentAt,
    providerId: null,
  };
}

export const aDeliveryInDetail: DeliveryDetails = {
  ...aDelivery('2027-11-18T08:00:01.000Z'),
  noticeId: '0198c2f4-0000-7000-8000-000000000006',
  key: `${accountId}/1/P7D`,
  kind: 'reminder',
  offset: 'P7D',
  termNumber: 1,
  applicationId: null,
  dueAt: '2027-11-18T08:00:00.000Z',
  organizationId,
  accountId,
  history: [],
  rendered: null,
};

import type { AskOf, ExtraAddress, submitApplication } from '@tenure/contracts';

type Request = AskOf<typeof submitApplication>['application'];
type NewAccount = Omit<Extract<Request, { type: 'new_account' }>, 'type'>;

/** How a sample account comes about, as the steps of people. */
export interface SampleAccount {
  account: NewAccount;
  /** Sign-in of the SuperAdmin who applies. */
  applicant: string;
  /** Whether Customer Success approves (by whom), rejects (and why), or has not decided. */
  outcome:
    | { approvedBy: string }
    | { rejectedBy: string; reason: string }
    | { withdrawnBy: string }
    | { pending: true };
  /** Datapoints that its devices use. */
  used?: Record<string, number>;
  /** Who is notified besides the SuperAdmins. */
  extraAddresses?: ExtraAddress[];
  /** How many of its moments have passed: 2 is a week before its end, 4 is expired. */
  moments?: number;
  /** A pending application for the account. */
  waiting?:
    | { type: 'change_datapoints'; datapoints: number }
    | { type: 'change_license'; license: string }
    | { type: 'renew_subscription'; months: number };
}

const sofia = 'sofia@solar-partner.example';
const marc = 'marc@solar-partner.example';
const grace = 'grace@grid-partner.example';
const tom = 'tom@grid-partner.example';
const clara = 'clara@platform.example';
const oliver = 'oliver@platform.example';

/** A few accounts in every state, in several time zones, in the order in which they are applied for. */
export const sampleAccounts: readonly SampleAccount[] = [
  {
    account: {
      accountName: 'Hotel Mirador',
      customerName: 'Hoteles Mirador S.L.',
      license: 'plus',
      datapoints: 250,
      sector: 'hotel',
      rtcLines: 4,
      emailDomain: 'mail.solar-partner.example',
    },
    applicant: sofia,
    outcome: { approvedBy: clara },
    used: { 'gateway-1': 120, 'gateway-2': 60 },
    extraAddresses: [
      { email: 'mantenimiento@hoteles-mirador.example', language: 'es' },
      { email: 'facilities@mirador-group.example', language: 'en' },
    ],
    waiting: { type: 'change_datapoints', datapoints: 400 },
  },
  {
    account: {
      accountName: 'Nave Guadalhorce',
      customerName: 'Logística Guadalhorce S.A.',
      license: 'professional',
      datapoints: 900,
      sector: 'industry',
      rtcLines: 12,
    },
    applicant: marc,
    outcome: { approvedBy: clara },
    used: { 'line-1': 410, 'line-2': 330 },
    moments: 2,
  },
  {
    account: {
      accountName: 'Apartamentos Teide',
      customerName: 'Teide Rental S.L.',
      license: 'essential',
      datapoints: 40,
      sector: 'residential',
      timeZone: 'Atlantic/Canary',
    },
    applicant: sofia,
    outcome: { approvedBy: oliver },
    used: { 'meter-1': 24 },
    moments: 4,
  },
  {
    account: {
      accountName: 'Mercado de Ceuta',
      customerName: 'Mercados Municipales',
      license: 'essential',
      datapoints: 120,
      sector: 'public',
      timeZone: 'Africa/Ceuta',
    },
    applicant: marc,
    outcome: { approvedBy: clara },
    waiting: { type: 'change_license', license: 'plus' },
  },
  {
    account: {
      accountName: 'Colegio Sol',
      customerName: 'Fundación Sol',
      license: 'essential',
      datapoints: 60,
      sector: 'public',
      comment: 'Empiezan en enero, a ser posible.',
    },
    applicant: sofia,
    outcome: { pending: true },
  },
  {
    account: {
      accountName: 'Bodega Alta',
      customerName: 'Bodegas Alta S.A.',
      license: 'plus',
      datapoints: 600,
      sector: 'industry',
    },
    applicant: sofia,
    outcome: {
      rejectedBy: clara,
      reason: 'Falta el contrato firmado con el cliente. Vuelve a solicitarlo cuando lo tengas.',
    },
  },
  {
    account: {
      accountName: 'Fábrica Norte',
      customerName: 'Industrias Norte S.A.',
      license: 'professional',
      datapoints: 2_000,
      sector: 'industry',
    },
    applicant: sofia,
    outcome: { withdrawnBy: marc },
  },
  {
    account: {
      accountName: 'Harbor Tower',
      customerName: 'Harbor Real Estate LLC',
      license: 'enterprise',
      datapoints: 4_000,
      sector: 'office',
    },
    applicant: grace,
    outcome: { approvedBy: oliver },
    used: { 'floors-1-20': 1_500, 'floors-21-40': 1_000 },
  },
  {
    account: {
      accountName: 'Lakeside Mall',
      customerName: 'Lakeside Holdings Inc.',
      license: 'professional',
      datapoints: 800,
      sector: 'retail',
      timeZone: 'America/Chicago',
    },
    applicant: tom,
    outcome: { approvedBy: oliver },
    used: { 'shops-east': 300 },
    moments: 1,
    waiting: { type: 'renew_subscription', months: 12 },
  },
  {
    account: {
      accountName: 'Maui Resort',
      customerName: 'Pacific Leisure Corp.',
      license: 'plus',
      datapoints: 300,
      sector: 'hotel',
      timeZone: 'Pacific/Honolulu',
    },
    applicant: grace,
    outcome: { approvedBy: clara },
    moments: 4,
  },
  {
    account: {
      accountName: 'Denver Labs',
      customerName: 'Denver Labs Inc.',
      license: 'plus',
      datapoints: 500,
      sector: 'industry',
      timeZone: 'America/Denver',
      months: 24,
    },
    applicant: tom,
    outcome: { pending: true },
  },
  {
    account: {
      accountName: 'Anchorage Depot',
      customerName: 'North Freight Inc.',
      license: 'essential',
      datapoints: 30,
      sector: 'industry',
      timeZone: 'America/Anchorage',
    },
    applicant: grace,
    outcome: { rejectedBy: oliver, reason: 'There is no gateway hardware for this site yet.' },
  },
  {
    account: {
      accountName: 'Headquarters',
      customerName: 'Platform Operations',
      license: 'professional',
      datapoints: 300,
      sector: 'office',
    },
    applicant: 'diego@platform.example',
    outcome: { approvedBy: oliver },
  },
];

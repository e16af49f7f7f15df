import type { Language, Role } from '@tenure/contracts';

export interface SampleMember {
  /** An e-mail address, to which their e-mails also go. */
  signIn: string;
  name: string;
  language: Language;
  roles: Role[];
}

export interface SampleOrganization {
  name: string;
  country: string;
  timeZone: string;
  language: Language;
  isOperator: boolean;
  fallbackEmail: string | null;
  members: SampleMember[];
}

/** The operator, a partner in Spain and one in the United States. All addresses end in `.example` and can reach nobody. */
export const sampleOrganizations: readonly SampleOrganization[] = [
  {
    name: 'Platform Operations',
    country: 'ES',
    timeZone: 'Europe/Madrid',
    language: 'en',
    isOperator: true,
    fallbackEmail: null,
    members: [
      {
        signIn: 'clara@platform.example',
        name: 'Clara Vidal',
        language: 'es',
        roles: ['customer_success'],
      },
      {
        signIn: 'oliver@platform.example',
        name: 'Oliver Grant',
        language: 'en',
        roles: ['customer_success'],
      },
      {
        signIn: 'lena@platform.example',
        name: 'Lena Hoffmann',
        language: 'en',
        roles: ['customer_success_lead'],
      },
      {
        signIn: 'diego@platform.example',
        name: 'Diego Serra',
        language: 'es',
        roles: ['customer_success', 'super_admin'],
      },
    ],
  },
  {
    name: 'Solar Partner',
    country: 'ES',
    timeZone: 'Europe/Madrid',
    language: 'es',
    isOperator: false,
    fallbackEmail: 'cuentas@solar-partner.example',
    members: [
      {
        signIn: 'sofia@solar-partner.example',
        name: 'Sofía Núñez',
        language: 'es',
        roles: ['super_admin'],
      },
      {
        signIn: 'marc@solar-partner.example',
        name: 'Marc Ribas',
        language: 'en',
        roles: ['super_admin'],
      },
      {
        signIn: 'irene@solar-partner.example',
        name: 'Irene Campos',
        language: 'es',
        roles: [],
      },
    ],
  },
  {
    name: 'Grid Partner',
    country: 'US',
    timeZone: 'America/New_York',
    language: 'en',
    isOperator: false,
    fallbackEmail: 'accounts@grid-partner.example',
    members: [
      {
        signIn: 'grace@grid-partner.example',
        name: 'Grace Miller',
        language: 'en',
        roles: ['super_admin'],
      },
      {
        signIn: 'tom@grid-partner.example',
        name: 'Tom Becker',
        language: 'en',
        roles: ['super_admin'],
      },
      {
        signIn: 'ruth@grid-partner.example',
        name: 'Ruth Allen',
        language: 'en',
        roles: [],
      },
    ],
  },
];

import type { AskOf, saveLicense, saveSector } from '@tenure/contracts';

/** Four licenses, each with everything that the one below it has. */
export const sampleLicenses: readonly AskOf<typeof saveLicense>[] = [
  {
    code: 'essential',
    names: { en: 'Essential', es: 'Esencial' },
    rank: 10,
    features: ['dashboards', 'alerts'],
    maxDatapoints: 200,
    maxRtcLines: 5,
  },
  {
    code: 'plus',
    names: { en: 'Plus', es: 'Plus' },
    rank: 20,
    features: ['dashboards', 'alerts', 'reports'],
    maxDatapoints: 1_000,
    maxRtcLines: 25,
  },
  {
    code: 'professional',
    names: { en: 'Professional', es: 'Profesional' },
    rank: 30,
    features: ['dashboards', 'alerts', 'reports', 'forecasts', 'api'],
    maxDatapoints: 5_000,
    maxRtcLines: 100,
  },
  {
    code: 'enterprise',
    names: { en: 'Enterprise', es: 'Empresa' },
    rank: 40,
    features: ['dashboards', 'alerts', 'reports', 'forecasts', 'api', 'single_sign_on'],
    maxDatapoints: 100_000,
    maxRtcLines: 1_000,
  },
];

export const sampleSectors: readonly AskOf<typeof saveSector>[] = [
  { code: 'hotel', names: { en: 'Hotels', es: 'Hoteles' } },
  { code: 'industry', names: { en: 'Industry', es: 'Industria' } },
  { code: 'office', names: { en: 'Offices', es: 'Oficinas' } },
  { code: 'public', names: { en: 'Public buildings', es: 'Edificios públicos' } },
  { code: 'residential', names: { en: 'Residential', es: 'Residencial' } },
  { code: 'retail', names: { en: 'Retail', es: 'Comercio' } },
];

export interface SampleEmailDomain {
  /** Sign-in of a SuperAdmin. */
  addedBy: string;
  domain: string;
  /** The part of its sender before the @, if somebody chose it. */
  sender?: string;
  /** Whether its DNS records exist, so that it is verified. */
  hasItsRecords: boolean;
}

/** Solar Partner may send from one domain; the records of another are still missing. */
export const sampleEmailDomains: readonly SampleEmailDomain[] = [
  {
    addedBy: 'sofia@solar-partner.example',
    domain: 'mail.solar-partner.example',
    sender: 'cuentas',
    hasItsRecords: true,
  },
  { addedBy: 'marc@solar-partner.example', domain: 'avisos.solar-partner.example', hasItsRecords: false },
];

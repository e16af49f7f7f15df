import type * as contracts from '@tenure/contracts';

/** As in the contracts. Only types are imported: importing the values would load the schemas of all messages. */
export const minimumDatapoints: typeof contracts.minimumDatapoints = 20;
export const maximumMonths: typeof contracts.maximumMonths = 60;
export const countryOfRtcLines: typeof contracts.countryOfRtcLines = 'ES';

import type * as contracts from '@tenure/contracts';

/** As the contracts have them. Types alone: with the values, a page would load all that messages are checked by. */
export const minimumDatapoints: typeof contracts.minimumDatapoints = 20;
export const maximumMonths: typeof contracts.maximumMonths = 60;
export const countryOfRtcLines: typeof contracts.countryOfRtcLines = 'ES';

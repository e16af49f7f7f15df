import type { Language } from '@tenure/contracts';
import type { ApplicationWords, Figure, SubscriptionWords } from './letter.js';
import { localeOf } from './locale.js';

export interface FigureLabels {
  license: string;
  datapoints: string;
  months: string;
  lastDay: string;
}

/** The figures at the end of a letter, in the order in which they are always shown. */
export function figuresIn(language: Language, labels: FigureLabels) {
  const { date, number } = localeOf(language);
  return {
    /** What holds for the account. */
    ofSubscription(subscription: SubscriptionWords | null): Figure[] {
      if (subscription === null) return [];
      return [
        { label: labels.license, value: subscription.license[language] },
        { label: labels.datapoints, value: number(subscription.contracted) },
        { label: labels.lastDay, value: date(subscription.expiresOn) },
      ];
    },
    /** What was applied for. */
    ofRequest(application: ApplicationWords | null): Figure[] {
      return [
        ...said(application?.license, (license) => ({ label: labels.license, value: license[language] })),
        ...said(application?.datapoints, (datapoints) => ({ label: labels.datapoints, value: number(datapoints) })),
        ...said(application?.months, (months) => ({ label: labels.months, value: number(months) })),
      ];
    },
  };
}

/** Says something only about what there is. */
export function said<T, R>(thing: T | null | undefined, say: (thing: T) => R): R[] {
  return thing === null || thing === undefined ? [] : [say(thing)];
}

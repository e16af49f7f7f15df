import type { Language, LicenseNames } from '@tenure/contracts';
import type { ApplicationWords, Figure, SubscriptionWords } from './letter.js';
import { localeOf } from './locale.js';

export interface FigureLabels {
  license: string;
  datapoints: string;
  months: string;
  lastDay: string;
}

/** The figures at the end of a letter, always in the same order. */
export function figuresIn(language: Language, labels: FigureLabels) {
  const { date, number } = localeOf(language);
  const named = (license: LicenseNames) => license[language];
  return {
    /** The account's current figures. */
    ofSubscription(subscription: SubscriptionWords | null): Figure[] {
      if (subscription === null) return [];
      return [
        { label: labels.license, value: subscription.license[language] },
        { label: labels.datapoints, value: number(subscription.contracted) },
        { label: labels.lastDay, value: date(subscription.expiresOn) },
      ];
    },
    /** The figures of an application. */
    ofRequest(application: ApplicationWords | null): Figure[] {
      return [
        ...said(application?.license, (license) => ({
          label: labels.license,
          value: fromTo(application?.before?.license, license, named),
        })),
        ...said(application?.datapoints, (datapoints) => ({
          label: labels.datapoints,
          value: fromTo(application?.before?.contracted, datapoints, number),
        })),
        ...said(application?.months, (months) => ({ label: labels.months, value: number(months) })),
      ];
    },
    /** The figures before and after an application was carried out. */
    ofChange(application: ApplicationWords | null, subscription: SubscriptionWords | null): Figure[] {
      const [before, after] = [application?.before, application?.after ?? subscription];
      if (!after) return [];
      return [
        { label: labels.license, value: fromTo(before?.license, after.license, named) },
        { label: labels.datapoints, value: fromTo(before?.contracted, after.contracted, number) },
        ...said(subscription, ({ expiresOn }) => ({ label: labels.lastDay, value: date(expiresOn) })),
      ];
    },
  };
}

/** `500 → 600`; only the current value if nothing changed or the previous value is unknown. */
function fromTo<T>(before: T | undefined, after: T, written: (value: T) => string): string {
  const now = written(after);
  const then = before === undefined ? now : written(before);
  return then === now ? now : `${then} → ${now}`;
}

/** Applies `say` if there is something to say, as an array of one or no element. */
export function said<T, R>(thing: T | null | undefined, say: (thing: T) => R): R[] {
  return thing === null || thing === undefined ? [] : [say(thing)];
}

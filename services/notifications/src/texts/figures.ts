import type { Language, LicenseNames } from '@tenure/contracts';
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
  const named = (license: LicenseNames) => license[language];
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
    /** What there was, and what there is since an application was carried out. */
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

/** `500 → 600`; what has not changed, or has nothing before it, stands alone. */
function fromTo<T>(before: T | undefined, after: T, written: (value: T) => string): string {
  const now = written(after);
  const then = before === undefined ? now : written(before);
  return then === now ? now : `${then} → ${now}`;
}

/** Says something only about what there is. */
export function said<T, R>(thing: T | null | undefined, say: (thing: T) => R): R[] {
  return thing === null || thing === undefined ? [] : [say(thing)];
}

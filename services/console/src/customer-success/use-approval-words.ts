import type { ApplicationView, Preview } from '@tenure/contracts';
import { useLicenseName } from '../account/license-name.js';
import { licenseOf } from '../applications/decision-words.js';
import { fieldMessage } from '../forms/field-messages.js';
import { useQuantity } from '../words/use-quantity.js';
import { useWords } from '../words/use-words.js';

interface Approval {
  /** What an approval does, or which check prevents it. */
  sentence: string;
  isPossible: boolean;
  /** The check that prevents it, in words. */
  why: string | null;
}

/** "Create Hotel Sol, 200 datapoints, until Nov 24, 2027": what approving now would do. */
export function useApprovalWords(): (application: ApplicationView, preview: Preview) => Approval {
  const { t, format } = useWords();
  const quantity = useQuantity();
  const licenseName = useLicenseName();
  return ({ request, accountName }, preview) => {
    const [refusal] = preview.refusals;
    if (refusal) {
      const license = licenseOf({ request, before: preview.before });
      const why = fieldMessage(refusal, { t, format, licenseName, license });
      return { sentence: t('review.stoppedBy', { why }), isPossible: false, why };
    }
    const until = preview.term ? format.day(preview.term.expiresOn) : '';
    return { sentence: sentence(), isPossible: true, why: null };

    function sentence(): string {
      switch (request.type) {
        case 'new_account':
          return t('review.creates', {
            name: accountName,
            datapoints: quantity(request.datapoints, 'datapoints'),
            until,
          });
        case 'change_datapoints':
          return t('review.sets', { name: accountName, datapoints: quantity(request.datapoints, 'datapoints') });
        case 'change_license':
          return t('review.moves', { name: accountName, license: licenseName(request.license) });
        case 'renew_subscription':
          return t('review.renews', { name: accountName, until });
      }
    }
  };
}

import { Alert, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { AccountTimeline, AccountView, Preview } from '@tenure/contracts';
import { TermTimeline } from '../account/term-timeline-view.js';
import { timelineQuery } from '../api/queries.js';
import { BeforeAndAfter } from '../applications/diff.js';
import { useWords } from '../words/use-words.js';
import { ChangeForm } from './change-form.js';
import { ChangePage, type AskedOf } from './change-page.js';
import { FigureInput } from './figure-input.js';
import { momentsOfBothTerms } from './both-terms.js';
import { renewedAlready } from './renewed-already.js';
import { useApplicationForm } from './use-application-form.js';
import { useDatesSentence } from './use-dates-sentence.js';
import { useUndecidedSentence } from './use-undecided-sentence.js';

/** More months from the same anchor, or a new start for an expired account. */
export function RenewalPage() {
  const { t } = useWords();
  return (
    <ChangePage title={t('action.renew')} type="renew_subscription">
      {(account, asked) => <RenewalForm account={account} asked={asked} />}
    </ChangePage>
  );
}

function RenewalForm({ account, asked }: AskedOf<'renew_subscription'>) {
  const { t, format } = useWords();
  const { accountId } = account;
  const { data: timeline } = useQuery(timelineQuery(accountId));
  const form = useApplicationForm({
    scope: `renew_subscription/${accountId}`,
    initial: { months: (asked?.months ?? 12) as number | string, comment: asked?.comment ?? '' },
    requestOf: (values) => ({ type: 'renew_subscription', accountId, ...values }),
    account,
  });
  const { answer, isOld } = form.preview;
  const renewed = renewedAlready(account, timeline);
  return (
    <ChangeForm
      title={t('action.renew')}
      account={account}
      form={form}
      comment={form.field('comment')}
      labels={{ months: t('form.months'), comment: t('form.comment') }}
      beside={answer && <BothTerms answer={answer} account={account} timeline={timeline} />}
    >
      {renewed && (
        <Alert color="brand">
          {t(renewed === 'begun' ? 'form.renewedAndBegun' : 'form.renewedAlready', {
            first: format.day(account.firstDay),
            last: format.day(account.expiresOn),
          })}
        </Alert>
      )}
      <FigureInput label={t('form.months')} required {...form.field('months')} />
      <Text size="sm" component="div">
        {t('change.expiresOn')}:{' '}
        <BeforeAndAfter
          before={format.day(account.expiresOn)}
          after={answer?.term && !isOld ? format.day(answer.term.expiresOn) : '–'}
        />
      </Text>
    </ChangeForm>
  );
}

interface BothTermsProps {
  answer: Preview;
  account: AccountView;
  timeline: AccountTimeline | undefined;
}

/** The current term and the following one on one timeline; what the renewal drops is crossed out. */
function BothTerms({ answer, account, timeline }: BothTermsProps) {
  const { t } = useWords();
  const dates = useDatesSentence();
  const undecided = useUndecidedSentence();
  const { timeZone, state } = account;
  return (
    <>
      <Text size="sm">
        {state === 'expired' ? t('form.backOnDecision') : t('form.noDayLost')} {undecided(answer)}
      </Text>
      <Text size="sm">
        {dates(answer)} {state === 'expired' && t('preview.later')}
      </Text>
      <TermTimeline
        label={t('form.bothTerms')}
        moments={momentsOfBothTerms(timeline?.moments ?? [], answer)}
        now={answer.asOf}
        timeZone={timeZone}
      />
    </>
  );
}

import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { readAccountPageSearch } from '../account/account-parts.js';
import { UsageBar } from '../account/usage-bar.js';
import { useLicenseName } from '../account/license-name.js';
import { licensesQuery } from '../api/queries.js';
import { LinkTo } from '../app/links.js';
import { BeforeAndAfter } from '../applications/diff.js';
import { minimumDatapoints } from '../applications/limits.js';
import { useWords } from '../words/use-words.js';
import { ChangeForm } from './change-form.js';
import { ChangePage, type AskedOf } from './change-page.js';
import { FigureInput } from './figure-input.js';
import { useApplicationForm } from './use-application-form.js';

/** More or fewer datapoints, never below what is in use. */
export function DatapointsPage() {
  const { t } = useWords();
  return (
    <ChangePage title={t('action.editDatapoints')} type="change_datapoints">
      {(account, asked) => <DatapointsForm account={account} asked={asked} />}
    </ChangePage>
  );
}

function DatapointsForm({ account, asked }: AskedOf<'change_datapoints'>) {
  const { t, format } = useWords();
  const licenseName = useLicenseName();
  const { accountId, contracted, used, license } = account;
  const offered = useQuery(licensesQuery);
  const max = offered.data?.items.find(({ code }) => code === license)?.maxDatapoints;
  const form = useApplicationForm({
    scope: `change_datapoints/${accountId}`,
    initial: { datapoints: (asked?.datapoints ?? contracted) as number | string, comment: asked?.comment ?? '' },
    requestOf: (values) => ({ type: 'change_datapoints', accountId, ...values }),
    account,
  });
  const { answer } = form.preview;
  const { datapoints } = form.values;
  return (
    <ChangeForm
      title={t('action.editDatapoints')}
      account={account}
      form={form}
      comment={form.field('comment')}
      labels={{ datapoints: t('form.datapoints'), comment: t('form.comment') }}
      license={license}
      beside={
        <>
          <div>
            <Text size="sm" fw={650}>
              {t('form.now')}
            </Text>
            <UsageBar used={used} contracted={contracted} />
          </div>
          {answer?.after && (
            <div>
              <Text size="sm" fw={650}>
                {t('form.asked')}
              </Text>
              <UsageBar used={answer.use?.used ?? used} contracted={answer.after.contracted} />
            </div>
          )}
          <Text size="sm">
            {t('form.holdsUntil', { current: format.number(contracted) })}{' '}
            {t('form.datesStay', { day: format.day(account.expiresOn) })}
          </Text>
        </>
      }
    >
      <FigureInput
        label={t('form.datapoints')}
        description={
          max === undefined
            ? // The line of the range, so that the field stays in its place.
              offered.isPending && '\u00a0'
            : t('form.range', {
                min: format.number(Math.max(used, minimumDatapoints)),
                max: format.number(max),
                license: licenseName(license),
              })
        }
        required
        {...form.field('datapoints')}
      />
      <Text size="sm" component="div">
        <BeforeAndAfter
          before={format.number(contracted)}
          after={typeof datapoints === 'number' ? format.number(datapoints) : '–'}
        />
      </Text>
      {typeof datapoints === 'number' && datapoints < used && (
        <LinkTo
          to="/account-management/accounts/$accountId"
          params={{ accountId }}
          search={(was) => ({ ...readAccountPageSearch(was), show: 'allocations' })}
          size="sm"
          w="fit-content"
        >
          {t('form.wayAllocations')}
        </LinkTo>
      )}
      {typeof datapoints === 'number' && max !== undefined && datapoints > max && (
        <LinkTo
          to="/account-management/accounts/$accountId/license"
          params={{ accountId }}
          search={readAccountPageSearch}
          size="sm"
          w="fit-content"
        >
          {t('form.wayLicense')}
        </LinkTo>
      )}
    </ChangeForm>
  );
}

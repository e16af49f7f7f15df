import { Group, Radio, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { LicenseView } from '@tenure/contracts';
import { licensesQuery } from '../api/queries.js';
import { readAccountPageSearch } from '../account/account-parts.js';
import { LinkTo } from '../app/links.js';
import { Waiting } from '../lists/waiting.js';
import { Diff } from '../applications/diff.js';
import { useQuantity } from '../words/use-quantity.js';
import { useWords } from '../words/use-words.js';
import { ChangeForm } from './change-form.js';
import { ChangePage, type AskedOf } from './change-page.js';
import { featureChanges } from './features.js';
import classes from './forms.module.css';
import { NotOffered } from './not-offered.js';
import { useApplicationForm } from './use-application-form.js';

/** A change of license; the contracted datapoints and RTC lines have to fit it. */
export function LicensePage() {
  const { t } = useWords();
  return (
    <ChangePage title={t('action.editLicense')} type="change_license">
      {(account, asked) => <LicenseForm account={account} asked={asked} />}
    </ChangePage>
  );
}

function LicenseForm({ account, asked: askedBefore }: AskedOf<'change_license'>) {
  const { t, format } = useWords();
  const { accountId } = account;
  const offered = useQuery(licensesQuery);
  const licenses = offered.data?.items ?? [];
  const current = licenses.find(({ code }) => code === account.license);
  const form = useApplicationForm({
    scope: `change_license/${accountId}`,
    initial: { license: askedBefore?.license ?? '', comment: askedBefore?.comment ?? '' },
    requestOf: (values) => ({ type: 'change_license', accountId, ...values }),
    account,
  });
  const { onBlur: _, id, error, ...chosen } = form.field('license');
  const { answer } = form.preview;
  const asked = licenses.find(({ code }) => code === form.values.license);
  return (
    <ChangeForm
      title={t('action.editLicense')}
      account={account}
      form={form}
      comment={form.field('comment')}
      labels={{ license: t('form.license'), comment: t('form.comment') }}
      license={form.values.license}
      beside={
        <>
          {answer?.after && (
            <Diff
              application={{
                request: { type: 'change_license', accountId, license: answer.after.license, comment: '' },
                before: answer.before,
                after: answer.after,
              }}
            />
          )}
          <Text size="sm">{t('form.datesStay', { day: format.day(account.expiresOn) })}</Text>
        </>
      }
    >
      <NotOffered of={{ [t('form.license')]: offered }} />
      <Radio.Group label={t('form.license')} error={error} {...chosen}>
        <Stack gap="sm" my="xs">
          {offered.isPending && <Waiting height={434} />}
          {licenses.map((license, index) => (
            <LicenseCard key={license.code} license={license} current={current} {...(index === 0 && { id })} />
          ))}
        </Stack>
      </Radio.Group>
      {asked && asked.maxDatapoints < account.contracted && (
        <LinkTo
          to="/account-management/accounts/$accountId/datapoints"
          params={{ accountId }}
          search={readAccountPageSearch}
          size="sm"
          w="fit-content"
        >
          {t('form.wayDatapoints')}
        </LinkTo>
      )}
    </ChangeForm>
  );
}

/** A license as a card: its limits, and the features gained and lost. */
function LicenseCard({
  license,
  current,
  id,
}: {
  license: LicenseView;
  current: LicenseView | undefined;
  id?: string;
}) {
  const { t, format, language } = useWords();
  const quantity = useQuantity();
  const isCurrent = license.code === current?.code;
  const { gained, lost } = current ? featureChanges(current, license) : { gained: license.features, lost: [] };
  const list = (features: readonly string[]) => format.list(features.map(named));
  return (
    <Radio.Card id={id} value={license.code} p="md" className={classes.card}>
      <Group wrap="nowrap" align="flex-start">
        <Radio.Indicator />
        <div>
          <Text fw={650}>
            {license.names[language] ?? license.code}
            {isCurrent && ` · ${t('form.current')}`}
          </Text>
          <Text size="sm">
            {t('form.upTo', {
              datapoints: quantity(license.maxDatapoints, 'datapoints'),
              lines: quantity(license.maxRtcLines, 'rtcLines'),
            })}
          </Text>
          {isCurrent ? (
            <Text size="sm">{t('form.features', { features: list(license.features) })}</Text>
          ) : (
            <>
              {gained.length > 0 && <Text size="sm">+ {t('form.gained', { features: list(gained) })}</Text>}
              {lost.length > 0 && <Text size="sm">− {t('form.lost', { features: list(lost) })}</Text>}
              {gained.length + lost.length === 0 && <Text size="sm">{t('form.sameFeatures')}</Text>}
            </>
          )}
        </div>
      </Group>
    </Radio.Card>
  );

  /** The catalog has codes; the console has the names of the known ones. */
  function named(feature: string): string {
    const known = ['dashboards', 'alerts', 'reports', 'forecasts', 'api', 'single_sign_on'] as const;
    const found = known.find((each) => each === feature);
    return found ? t(`feature.${found}`) : feature.replaceAll('_', ' ');
  }
}

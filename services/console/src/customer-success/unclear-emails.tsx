import { Box, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { unclearDeliveriesQuery } from '../api/queries.js';
import { LinkTo } from '../app/links.js';
import { EmailPages } from '../emails/email-pages.js';
import { foundEmails } from '../emails/emails.js';
import { CsvLink } from '../lists/csv-link.js';
import { NothingHere } from '../lists/list-states.js';
import { useTurnedPages } from '../lists/use-turned-pages.js';
import { useWords } from '../words/use-words.js';
import { About } from './about.js';
import { ChoiceContext, ChooseOne, useChoice } from './choice.js';
import { OrganizationLink } from './organization-link.js';
import { useSettling } from './settle.js';
import { useSettlingSeveral } from './settle-several.js';
import { useOrganizationName } from './use-organization-name.js';

/** E-mails of which it is unknown whether they were sent, oldest first: Customer Success finds out and records it. */
export function UnclearEmails({ organizationId }: { organizationId: string | undefined }) {
  const { t } = useWords();
  const id = useId();
  const [cursors, turn] = useTurnedPages('emails');
  const list = useQuery({ ...unclearDeliveriesQuery({ organizationId, cursor: cursors.at(-1) }), select: foundEmails });
  const isWhole = list.data?.next === null && cursors.length === 0;
  const choice = useChoice(organizationId, isWhole ? list.data?.items : undefined);
  const { buttons, dialog } = useSettling((deliveryId) => choice.choose([deliveryId], false));
  const count = list.data?.count ?? 0;
  const severally = useSettlingSeveral(choice, { organizationId, count });
  return (
    <Box component="section" aria-labelledby={id}>
      <Title order={2} size="h4" id={id}>
        {t('unknown.title')}
      </Title>
      {organizationId && <OfOne organizationId={organizationId} />}
      {list.data && list.data.items.length > 0 && (
        <Text c="dimmed" mb="sm">
          {t('unknown.lead')}
        </Text>
      )}
      <ChoiceContext value={choice}>
        <EmailPages
          label={t('unknown.title')}
          list={list}
          csv={<CsvLink path="/api/deliveries.csv" query={{ status: 'unknown', organizationId }} />}
          cursors={cursors}
          onTurn={turn}
          none={<NothingHere title={t('unknown.none')} text={t('unknown.noneNext')} />}
          about={(row) => <About {...row} />}
          choice={count > 1 ? { all: severally.bar, one: (row) => <ChooseOne {...row} /> } : undefined}
          actions={buttons}
        />
      </ChoiceContext>
      {dialog}
      {severally.dialog}
    </Box>
  );
}

/** The organization to which the list is narrowed, and the way to all. */
function OfOne({ organizationId }: { organizationId: string }) {
  const { t } = useWords();
  const name = useOrganizationName(organizationId) || t('column.organization');
  return (
    <Text size="sm" mb="sm">
      <OrganizationLink organizationId={organizationId}>{name}</OrganizationLink>
      {' · '}
      <LinkTo to="/customer-success/emails" inherit>
        {t('list.everyOrganization')}
      </LinkTo>
    </Text>
  );
}

import type { DeliveryDetails, TimelineMomentView } from '@tenure/contracts';
import type { Page } from 'playwright-core';
import { answers, isEmpty, isOutOfReach, isSlow, refuses, refusesWith } from '../api-answers.js';
import { markedFor, ofUnclear, withMarked, withUnclear } from '../lost-emails.js';
import { near } from '../names.js';
import { accountNamed } from '../paths.js';
import { people } from '../people.js';
import type { Scene } from '../scene.js';

const addresses = '/account-management/settings/addresses';
const emails = '/customer-success/emails';

/** It was delayed, sent again, delivered and opened. */
const withHistory = (delivery: DeliveryDetails): DeliveryDetails => {
  const event = { permanent: false, words: null, memberId: null };
  const at = (minute: string) => ({
    at: `2027-10-27T08:${minute}:04.000Z`,
    recordedAt: `2027-10-27T08:${minute}:05.000Z`,
  });
  return {
    ...delivery,
    status: 'delivered',
    history: [
      { ...event, ...at('00'), kind: 'sent' },
      { ...event, ...at('02'), kind: 'delayed', words: 'smtp; 452 4.2.2 The mailbox is full.' },
      { ...event, ...at('20'), kind: 'sent_again', words: 'Marc says on the phone that his mailbox has room again.' },
      { ...event, ...at('21'), kind: 'delivered' },
      { ...event, ...at('40'), kind: 'opened' },
    ],
  };
};
const details = (name: string) => async (page: Page) => {
  await page.getByRole('button', { name }).first().click();
  await page.getByRole('dialog').getByRole('heading', { level: 3 }).last().waitFor();
};
const ofDelivery = '/api/deliveries/*';

const removed = (deliveryId: string) => ({
  ...{ name: null, email: `removed-${deliveryId}@removed.invalid`, contentsRemovedAt: '2026-11-30T03:00:00.000Z' },
});
/** The contents of the account's e-mails were removed, because they are old. */
async function withoutContents(page: Page): Promise<void> {
  await answers(page, '/api/accounts/*/timeline', (timeline: { moments: TimelineMomentView[] }) => ({
    ...timeline,
    moments: timeline.moments.map((moment) => ({
      ...moment,
      deliveries: moment.deliveries.map((delivery) => ({ ...delivery, ...removed(delivery.deliveryId) })),
    })),
  }));
  await answers(page, ofDelivery, (delivery: DeliveryDetails) => ({
    ...delivery,
    ...removed(delivery.deliveryId),
    rendered: null,
    digests: { html: '3f'.repeat(32), text: 'a8'.repeat(32) },
  }));
}

const sought = (address: string) => async (page: Page) => {
  await page.getByRole('search').getByRole('textbox').fill(address);
  await page.keyboard.press('Enter');
  await page.getByText(address).first().waitFor();
};
const toSofia = { path: emails, given: markedFor, once: sought('sofia@solar-partner.example') };

export const emailScenes: readonly Scene[] = [
  { name: 'addresses', as: people.superAdmin, path: addresses, given: withMarked },
  { name: 'addresses-dark', as: people.superAdmin, path: addresses, given: withMarked, scheme: 'dark' },
  { name: 'addresses-spanish', as: people.superAdminInSpanish, path: addresses, given: withMarked },
  { name: 'addresses-spanish-320', as: people.superAdminInSpanish, path: addresses, given: withMarked, width: 320 },
  { name: 'addresses-empty', as: people.superAdmin, path: addresses },
  {
    name: 'addresses-no-answer',
    as: people.superAdmin,
    path: addresses,
    given: async (page) => {
      await withMarked(page);
      await isOutOfReach(page, '/api/marked-addresses/clear');
    },
    once: async (page) => {
      await page.getByRole('button', { name: 'Clear mark: sofia@solar-partner.example' }).click();
      await page.getByText('It may not have arrived').waitFor();
    },
    complains: /ERR_CONNECTION_RESET/,
  },
  { name: 'unclear', as: people.customerSuccess, path: emails, given: withUnclear },
  { name: 'unclear-dark', as: people.customerSuccess, path: emails, given: withUnclear, scheme: 'dark' },
  { name: 'unclear-spanish', as: people.customerSuccessInSpanish, path: emails, given: withUnclear },
  { name: 'unclear-spanish-320', as: people.customerSuccessInSpanish, path: emails, given: withUnclear, width: 320 },
  { name: 'unclear-empty', as: people.customerSuccess, path: emails, given: (page) => isEmpty(page, ofUnclear) },
  {
    name: 'unclear-refused',
    as: people.customerSuccess,
    path: emails,
    given: (page) => refuses(page, ofUnclear),
    once: (page) => page.getByRole('button', { name: 'Try again' }).waitFor(),
    complains: /503/,
  },
  {
    name: 'unclear-without-reason',
    as: people.customerSuccess,
    path: emails,
    given: withUnclear,
    once: async (page) => {
      await page
        .getByRole('button', { name: /^It arrived/ })
        .first()
        .click();
      await page.getByRole('dialog').getByRole('button', { name: 'It arrived' }).click();
      await page.getByText('Enter a reason.').waitFor();
    },
  },
  {
    name: 'unclear-no-answer',
    as: people.customerSuccess,
    path: emails,
    given: async (page) => {
      await withUnclear(page);
      await isOutOfReach(page, '/api/deliveries/*/resolution');
    },
    once: async (page) => {
      await page
        .getByRole('button', { name: /^Send again/ })
        .first()
        .click();
      await page.getByLabel('Why send it again?').fill('Marc says that nothing came.');
      await page.getByRole('dialog').getByRole('button', { name: 'Send again' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Try again' }).waitFor();
    },
    complains: /ERR_CONNECTION_RESET/,
  },
  {
    name: 'unclear-send-again-spanish-320',
    as: people.customerSuccessInSpanish,
    path: emails,
    given: withUnclear,
    width: 320,
    once: async (page) => {
      await page
        .getByRole('button', { name: /^Enviar otra vez/ })
        .first()
        .click();
      await page.getByRole('dialog').getByText('marc@solar-partner.example').waitFor();
    },
  },
  {
    name: 'unclear-chosen',
    as: people.customerSuccess,
    path: emails,
    given: withUnclear,
    once: (page) => page.getByRole('checkbox', { name: /Lena|lena@/ }).check(),
  },
  {
    name: 'unclear-chosen-spanish-320',
    as: people.customerSuccessInSpanish,
    path: emails,
    given: withUnclear,
    width: 320,
    once: (page) => page.getByRole('checkbox', { name: /marc@/ }).check(),
  },
  {
    name: 'unclear-several-under-way',
    as: people.customerSuccess,
    path: emails,
    given: async (page) => {
      await withUnclear(page);
      await page.route('**/api/deliveries/*11/resolution', (route) => route.fulfill({ json: {} }));
      await isSlow(page, '/api/deliveries/*12/resolution');
    },
    once: async (page) => {
      await page.getByRole('checkbox', { name: 'All (3)' }).click();
      await page.getByRole('button', { name: 'They arrived' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('How do you know?').fill('The provider lists them.');
      await dialog.getByRole('button', { name: 'They arrived' }).click();
      await dialog.getByText('1 of 3 done').waitFor();
    },
  },
  {
    name: 'unclear-several-refused-spanish-320',
    as: people.customerSuccessInSpanish,
    path: emails,
    width: 320,
    given: async (page) => {
      await withUnclear(page);
      await page.route('**/api/deliveries/*11/resolution', (route) => route.fulfill({ json: {} }));
      await refusesWith(page, '/api/deliveries/*12/resolution', { status: 403, code: 'forbidden' });
    },
    once: async (page) => {
      await page.getByRole('checkbox', { name: 'Todos (3)' }).click();
      await page.getByRole('button', { name: 'Enviarlos otra vez' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('¿Por qué enviarlos otra vez?').fill('El proveedor no los tiene.');
      await dialog.getByRole('button', { name: 'Enviarlos otra vez' }).click();
      await dialog.getByRole('alert').waitFor();
    },
    complains: /403/,
  },
  { name: 'emails-to', as: people.customerSuccess, ...toSofia },
  { name: 'emails-to-dark', as: people.customerSuccess, ...toSofia, scheme: 'dark' },
  { name: 'emails-to-spanish', as: people.customerSuccessInSpanish, ...toSofia },
  { name: 'emails-to-spanish-320', as: people.customerSuccessInSpanish, ...toSofia, width: 320 },
  { name: 'emails-to-nobody', as: people.customerSuccess, path: emails, once: sought('nobody@solar-partner.example') },
  {
    name: 'emails-to-no-address',
    as: people.customerSuccess,
    path: emails,
    once: async (page) => {
      await page.getByRole('search').getByRole('textbox').fill('sofia');
      await page.keyboard.press('Enter');
      await page.getByRole('main').getByText('Enter an e-mail address.').waitFor();
    },
    complains: /422/,
  },
  {
    name: 'account-email-details',
    as: people.superAdmin,
    path: accountNamed(near, { show: 'emails' }),
    once: details('marc@solar-partner.example'),
  },
  {
    name: 'account-email-details-dark',
    as: people.superAdmin,
    path: accountNamed(near, { show: 'emails' }),
    scheme: 'dark',
    given: (page) => answers(page, ofDelivery, withHistory),
    once: details('marc@solar-partner.example'),
  },
  {
    name: 'account-email-details-spanish',
    as: people.superAdminInSpanish,
    path: accountNamed(near, { show: 'emails' }),
    given: (page) => answers(page, ofDelivery, withHistory),
    once: details('sofia@solar-partner.example'),
  },
  {
    name: 'account-email-details-spanish-320',
    as: people.superAdminInSpanish,
    path: accountNamed(near, { show: 'emails' }),
    width: 320,
    given: (page) => answers(page, ofDelivery, withHistory),
    once: details('sofia@solar-partner.example'),
  },
  {
    name: 'account-email-removed',
    as: people.superAdmin,
    path: accountNamed(near, { show: 'emails' }),
    given: withoutContents,
    once: details('Recipient removed'),
  },
  {
    name: 'account-email-removed-spanish-320',
    as: people.superAdminInSpanish,
    path: accountNamed(near, { show: 'emails' }),
    width: 320,
    given: withoutContents,
    once: details('Destinatario eliminado'),
  },
];

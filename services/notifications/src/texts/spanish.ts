import { figuresIn, said } from './figures.js';
import type { ApplicationWords, Letter, Reader, RenewalWords, SubscriptionWords, Texts, Words } from './letter.js';
import { localeOf } from './locale.js';
import { beforeOf, type Before } from './offset.js';
import { spanishFailure } from './spanish-failure.js';
import { lastDayOfStopped } from './stopped.js';

const { date, number } = localeOf('es');
const figures = figuresIn('es', {
  license: 'Licencia',
  datapoints: 'Datapoints',
  months: 'Meses',
  lastDay: 'Último día',
});

const kinds: Record<ApplicationWords['type'], (accountName: string) => string> = {
  new_account: (name) => `cuenta nueva «${name}»`,
  change_datapoints: (name) => `cambio de datapoints de «${name}»`,
  change_license: (name) => `cambio de licencia de «${name}»`,
  renew_subscription: (name) => `renovación de «${name}»`,
};

const because: Record<Reader, (words: Words) => string> = {
  super_admins: ({ organizationName }) => `como SuperAdmin de ${organizationName}`,
  extra_address: ({ organizationName }) => `porque ${organizationName} ha indicado esta dirección en la cuenta`,
  fallback_address: ({ organizationName }) =>
    `porque esta es la dirección de ${organizationName} para los correos que no llegan a nadie más`,
  applicant: () => 'porque enviaste la solicitud',
  customer_success: () => 'porque formas parte de Customer Success',
  customer_success_leads: () => 'porque formas parte de Customer Success',
};

const units: Record<Before['unit'], (count: number) => string> = {
  month: (count) => (count === 1 ? 'mes' : 'meses'),
  week: (count) => (count === 1 ? 'semana' : 'semanas'),
  day: (count) => (count === 1 ? 'día' : 'días'),
};

function when(offset: string | null): string {
  const before = offset === null ? null : beforeOf(offset);
  if (before === null) return '';
  const { count, unit } = before;
  return count === 0
    ? ', el último día de una cuenta'
    : `, ${number(count)} ${units[unit](count)} antes del último día de una cuenta`;
}

export const spanish: Texts = {
  greeting: (name) => (name === null ? 'Hola:' : `Hola, ${name}:`),
  footer: (reader, words, offset) => `Recibes este correo de Tenure ${because[reader](words)}${when(offset)}.`,
  addToCalendar: 'Añadir a tu calendario',
  forOthersToDo: ({ organizationName }, canBeRenewed) =>
    `Los SuperAdmins de ${organizationName} pueden abrir la cuenta${canBeRenewed ? ' y renovarla' : ''}.`,

  letters: {
    application_submitted: (words) => ({
      subject: `Recibida: ${what(words)}`,
      paragraphs: [
        sentence(words, 'ha llegado a Customer Success'),
        'Recibirás un correo cuando se decida. Hasta entonces puedes retirarla.',
      ],
      figures: figures.ofRequest(words.application),
      action: 'Abrir la solicitud',
    }),

    application_approved: (words) => ({
      subject: `Aprobada: ${what(words)}`,
      paragraphs: [
        sentence(words, `ha sido aprobada por ${decidedBy(words)}`),
        ...said(words.subscription, (subscription) => approved(words, subscription)),
        ...said(words.application?.reason, (reason) => `Nota: ${reason}`),
      ],
      figures: figures.ofSubscription(words.subscription),
      action: 'Abrir la cuenta',
    }),

    application_rejected: (words) => ({
      subject: `Rechazada: ${what(words)}`,
      paragraphs: [
        sentence(words, `ha sido rechazada por ${decidedBy(words)}`),
        ...said(words.application?.reason, (reason) => `Motivo: ${reason}`),
        whatIsLeft(words, 'No se ha cambiado nada. Puedes volver a solicitarlo en cualquier momento.'),
      ],
      figures: [],
      action: 'Abrir la solicitud',
    }),

    application_failed: (words) => ({
      subject: `No se ha podido llevar a cabo: ${what(words)}`,
      paragraphs: [
        sentence(words, 'se ha aprobado, pero no se ha podido llevar a cabo'),
        ...said(spanishFailure(words.application), (failure) => `Qué ha fallado: ${failure}`),
        `${whatIsLeft(words, 'Todo sigue como estaba. Puedes volver a solicitarlo.')} Si vuelve a fallar, escribe a Customer Success.`,
      ],
      figures: [],
      action: 'Abrir la solicitud',
    }),

    application_withdrawn: (words) => ({
      subject: `Retirada: ${what(words)}`,
      paragraphs: [
        sentence(words, withdrawn(words)),
        whatIsLeft(words, 'Ya no se tomará ninguna decisión y no se ha cambiado nada.'),
      ],
      figures: [],
      action: 'Abrir la solicitud',
    }),

    application_lapsed: (words) => ({
      subject: `Cerrada sin decisión: ${what(words)}`,
      paragraphs: [
        sentence(words, 'se ha cerrado sin decisión: ha pasado el plazo'),
        whatIsLeft(words, 'No se ha cambiado nada. Puedes volver a solicitarlo en cualquier momento.'),
      ],
      figures: [],
      action: 'Abrir la solicitud',
    }),

    application_received: (words) => ({
      subject: `Solicitud nueva: ${what(words)} (${words.organizationName})`,
      paragraphs: [applied(words), 'Está pendiente de decisión.'],
      figures: figures.ofRequest(words.application),
      action: 'Decidir la solicitud',
    }),

    application_waiting: (words) => ({
      subject: `Pendiente de decisión: ${what(words)} (${words.organizationName})`,
      preview: `${applied(words)} Sigue pendiente de decisión.`,
      paragraphs: [applied(words), 'Sigue pendiente de decisión.'],
      figures: figures.ofRequest(words.application),
      action: 'Decidir la solicitud',
    }),

    application_escalated: (words) => ({
      subject: `Pendiente desde hace demasiado: ${what(words)} (${words.organizationName})`,
      preview: `${applied(words)} Nadie la ha decidido todavía.`,
      paragraphs: [applied(words), 'Nadie la ha decidido todavía, aunque se ha enviado un recordatorio al equipo.'],
      figures: figures.ofRequest(words.application),
      action: 'Decidir la solicitud',
    }),

    subscription_renewed: (words) => ({
      subject: `Renovada: «${words.accountName}»`,
      preview: `La suscripción de «${words.accountName}» se ha renovado.`,
      paragraphs: [
        `La suscripción de la cuenta «${words.accountName}» se ha renovado.`,
        ...said(
          words.subscription,
          ({ firstDay, expiresOn }) => `El nuevo periodo va del ${date(firstDay)} al ${date(expiresOn)}, inclusive.`,
        ),
        ...said(
          words.application,
          ({ applicantName }) => `${applicantName} solicitó la renovación y ${decidedBy(words)} la aprobó.`,
        ),
        ...said(words.application?.reason, (reason) => `Nota: ${reason}`),
      ],
      figures: figures.ofSubscription(words.subscription),
      action: 'Abrir la cuenta',
    }),

    datapoints_changed: (words) => changed('Datapoints cambiados', changedDatapoints(words), words),
    license_changed: (words) => changed('Licencia cambiada', changedLicense(words), words),

    reminder: (words) => ({
      subject: reminderSubject(words),
      paragraphs: [reminded(words), ...whatNext(words)],
      figures: figures.ofSubscription(words.subscription),
      action: words.subscription?.renewalPending ? 'Abrir la cuenta' : 'Renovar la cuenta',
    }),

    subscription_expired: (words) => ({
      subject: `Caducada: «${words.accountName}»`,
      paragraphs: [
        expired(words),
        ...said(words.renewal, failedRenewal).flat(),
        'Ya no se pueden asignar más datapoints a sus dispositivos; todo lo que contiene se conserva.',
        words.subscription?.renewalPending
          ? 'Hay una renovación pendiente de la decisión de Customer Success. En cuanto se apruebe, la cuenta volverá a funcionar.'
          : 'Todavía puedes renovarla: la cuenta volverá a funcionar el día en que se apruebe la renovación.',
      ],
      figures: figures.ofSubscription(words.subscription),
      action: words.subscription?.renewalPending ? 'Abrir la cuenta' : 'Renovar la cuenta',
    }),

    recipients_unreachable: (words) => ({
      subject: `No se puede contactar con nadie: ${words.emailDomain ?? `«${words.accountName}»`} (${words.organizationName})`,
      preview: `Ningún correo sobre ${words.emailDomain ?? `«${words.accountName}»`} llega a nadie de ${words.organizationName}.`,
      paragraphs: [
        `Un correo sobre ${words.emailDomain === null ? `la cuenta «${words.accountName}»` : `el dominio ${words.emailDomain}`} no ha llegado a nadie de ${words.organizationName}: no funciona ninguna de sus direcciones ni hay una alternativa que funcione.`,
        'Por favor, llámalos. Cuando una dirección vuelva a funcionar, un SuperAdmin puede quitarle la marca en los ajustes.',
      ],
      figures: figures.ofSubscription(words.subscription),
      action: toWhatWasSent(words),
    }),

    email_domain_failed: ({ emailDomain }) => ({
      subject: `Los correos ya no se envían desde ${emailDomain}`,
      preview: `Los registros DNS de ${emailDomain} ya no son correctos.`,
      paragraphs: [
        `Los registros DNS de tu dominio ${emailDomain} ya no son correctos. Hasta que lo sean, los correos sobre tus cuentas se envían desde el remitente de la plataforma; no se pierde ninguno.`,
        'Los ajustes de tus dominios muestran qué registro falta. Cuando todos vuelvan a estar configurados, los correos volverán a enviarse desde el dominio automáticamente.',
      ],
      figures: [],
      action: 'Abrir los dominios',
    }),

    email_domain_taken_over: ({ emailDomain }) => ({
      subject: `Otra organización ha añadido ${emailDomain}`,
      preview: `${emailDomain} no estaba verificado y ya no es uno de los dominios de tu organización.`,
      paragraphs: [
        `Otra organización ha añadido el dominio ${emailDomain}, que la tuya había añadido pero no verificado. Ya no es uno de sus dominios, y los registros DNS que se mostraron ya no sirven para verificarlo. No se ha enviado ningún correo desde él, así que no se pierde ninguno.`,
        'Si es de tu organización, añádelo de nuevo y configura los nuevos registros DNS: pertenece a quien lo verifique primero.',
      ],
      figures: [],
      action: 'Abrir los dominios',
    }),

    organization_domain_failed: ({ emailDomain, organizationName }) => ({
      subject: `Los correos de ${organizationName} ya no se envían desde ${emailDomain}`,
      preview: `Los registros DNS de ${emailDomain} ya no son correctos.`,
      paragraphs: [
        `Los registros DNS del dominio ${emailDomain} de ${organizationName} ya no son correctos. Hasta que lo sean, los correos sobre sus cuentas se envían desde el remitente de la plataforma; no se pierde ninguno.`,
        `También se ha avisado a los SuperAdmins de ${organizationName}. La página de la organización muestra qué registro falta.`,
      ],
      figures: [],
      action: 'Abrir la organización',
    }),
  },
};

/** The account page lists the e-mails, if there is an account. */
function toWhatWasSent({ emailDomain, subscription }: Words): string {
  if (emailDomain !== null) return 'Abrir la organización';
  return subscription === null ? 'Abrir la solicitud' : 'Ver qué se envió';
}

/** The notice of an approved change: the figures change, the dates stay. */
function changed(subject: string, sentence: string, words: Words): Letter {
  const { accountName, application, subscription } = words;
  return {
    subject: `${subject}: «${accountName}»`,
    paragraphs: [
      sentence,
      ...said(application, ({ applicantName }) => `Lo solicitó ${applicantName} y lo aprobó ${decidedBy(words)}.`),
      ...said(application?.reason, (reason) => `Nota: ${reason}`),
      ...said(subscription, ({ expiresOn }) => `El último día de la cuenta sigue siendo el ${date(expiresOn)}.`),
    ],
    figures: figures.ofChange(application, subscription),
    action: 'Abrir la cuenta',
  };
}

/** `1200 datapoints`, but `1.000.000 de datapoints`. */
function datapoints(figure: number): string {
  return `${number(figure)}${plurals.select(figure) === 'many' ? ' de' : ''} datapoints`;
}
const plurals = new Intl.PluralRules('es');

function changedDatapoints({ accountName, application, subscription }: Words): string {
  const [now] = said(application?.after ?? subscription, ({ contracted }) => datapoints(contracted));
  const [then] = said(application?.before, ({ contracted }) => ` en lugar de ${number(contracted)}`);
  return `La cuenta «${accountName}» tiene ahora ${now ?? 'otros datapoints'}${then ?? ''}.`;
}

function changedLicense({ accountName, application, subscription }: Words): string {
  const [now] = said(application?.after ?? subscription, ({ license }) => `la licencia ${license.es}`);
  const [then] = said(application?.before, ({ license }) => ` en lugar de ${license.es}`);
  return `La cuenta «${accountName}» tiene ahora ${now ?? 'otra licencia'}${then ?? ''}.`;
}

function what({ application, accountName }: Words): string {
  return application === null ? `«${accountName}»` : kinds[application.type](accountName);
}

function sentence(words: Words, happened: string): string {
  const { application } = words;
  const sent = application === null ? '' : `, enviada el ${date(application.submittedOn)},`;
  return application?.applicantLeft
    ? `La solicitud de ${what(words)} de ${application.applicantName}${sent} ${happened}.`
    : `Tu solicitud de ${what(words)}${sent} ${happened}.`;
}

function applied(words: Words): string {
  const { application, organizationName } = words;
  return application === null
    ? `${organizationName} ha enviado una solicitud de ${what(words)}.`
    : `${application.applicantName}, de ${organizationName}, envió el ${date(application.submittedOn)} una solicitud de ${what(words)}.`;
}

function withdrawn({ application }: Words): string {
  const name = application?.withdrawnByName ?? null;
  return name === null ? 'ha sido retirada' : `ha sido retirada por ${name}`;
}

/**
 * What remains after an application that came to nothing; a pending renewal may have been the only thing that kept the
 * account working.
 */
function whatIsLeft(words: Words, unchanged: string): string {
  const lastDay = lastDayOfStopped(words);
  return lastDay === null
    ? unchanged
    : `La cuenta ya no funciona: su último día fue el ${date(lastDay)}. Puedes volver a solicitar la renovación en cualquier momento: la cuenta volverá a funcionar el día en que se apruebe.`;
}

function decidedBy({ application }: Words): string {
  return application?.decidedByName ?? 'Customer Success';
}

function approved(
  { application }: Words,
  { firstDay, expiresOn, hasReminders, contracted, license }: SubscriptionWords,
): string {
  switch (application?.type) {
    case 'change_datapoints':
      return `La cuenta tiene ahora ${datapoints(contracted)}.`;
    case 'change_license':
      return `La cuenta tiene ahora la licencia ${license.es}.`;
    case 'renew_subscription':
      return `El nuevo periodo va del ${date(firstDay)} al ${date(expiresOn)}, inclusive.`;
    default:
      return `La cuenta funciona del ${date(firstDay)} al ${date(expiresOn)}, inclusive.${hasReminders ? ' Antes de que caduque se envían recordatorios.' : ''}`;
  }
}

function reminderSubject({ accountName, subscription }: Words): string {
  if (subscription === null) return `«${accountName}» caduca pronto`;
  const { daysLeft, renewalPending } = subscription;
  const pending = renewalPending ? ': su renovación está pendiente' : '';
  if (daysLeft <= 0) return `Hoy es el último día de «${accountName}»${pending}`;
  return `«${accountName}» caduca ${inDays(daysLeft)}${pending}`;
}

function reminded({ accountName, subscription }: Words): string {
  if (subscription === null) return `La cuenta «${accountName}» caduca pronto.`;
  const { daysLeft, expiresOn } = subscription;
  if (daysLeft <= 0) return `Hoy es el último día de la cuenta «${accountName}»: ${date(expiresOn)}.`;
  return `La cuenta «${accountName}» caduca ${inDays(daysLeft)}. Su último día es el ${date(expiresOn)}.`;
}

/** `a las 09:00`, but `a la 1:00`: the article agrees with the hour. */
function atHour(time: string): string {
  return time.startsWith('01:') ? `a la ${time.slice(1)}` : `a las ${time}`;
}

function inDays(days: number): string {
  return days === 1 ? 'mañana' : `dentro de ${number(days)} días`;
}

/** With a pending renewal, asks for nothing; after a renewal that came to nothing, says why. */
function whatNext({ subscription, renewal }: Words): string[] {
  if (subscription === null) return [];
  const { renewalPending, isLastReminder, expiresOn, worksThrough, stops } = subscription;
  const stopsThen = `el ${date(stops.on)} ${atHour(stops.at)} (${stops.timeZone})`;
  const ends =
    'A partir de entonces no se pueden asignar más datapoints a sus dispositivos y la cuenta solo se puede cambiar con una renovación; todo lo que contiene se conserva.';
  if (renewalPending)
    return [
      `${sentRenewal(renewal)} No tienes que hacer nada. Hasta que se decida, la cuenta sigue funcionando, como máximo hasta el ${date(worksThrough)} inclusive.`,
      ...(isLastReminder ? [`Si para entonces no hay decisión, dejará de funcionar ${stopsThen}. ${ends}`] : []),
    ];
  const failed = said(renewal, failedRenewal).flat();
  const again = failed.length > 0 ? 'Vuelve a solicitarla' : 'Renuévala';
  return [
    ...failed,
    ...(isLastReminder ? [`La cuenta dejará de funcionar ${stopsThen}. ${ends}`] : []),
    `${again} a más tardar el ${date(expiresOn)} y la cuenta seguirá funcionando sin perder ningún día.`,
  ];
}

function sentRenewal(renewal: RenewalWords | null): string {
  return renewal?.status === 'pending'
    ? `${renewal.applicantName} solicitó su renovación el ${date(renewal.submittedOn)} y Customer Success todavía no la ha decidido.`
    : 'Hay una renovación pendiente de la decisión de Customer Success.';
}

function failedRenewal({ status, submittedOn, applicantName, decidedByName, reason }: RenewalWords): string[] {
  const sent = `La renovación que ${applicantName} solicitó el ${date(submittedOn)}`;
  if (status === 'rejected')
    return [
      `${sent} ha sido rechazada por ${decidedByName ?? 'Customer Success'}.`,
      ...said(reason, (words) => `Motivo: ${words}`),
    ];
  if (status === 'lapsed') return [`${sent} se ha cerrado sin decisión: ha pasado el plazo.`];
  if (status === 'failed') return [`${sent} se ha aprobado, pero no se ha podido llevar a cabo.`];
  return [];
}

function expired({ accountName, subscription }: Words): string {
  if (subscription === null) return `La cuenta «${accountName}» ha caducado.`;
  const { expiresOn, worksThrough } = subscription;
  const wentOn =
    worksThrough > expiresOn
      ? `, pero siguió funcionando hasta el ${date(worksThrough)}, inclusive, mientras la renovación estaba pendiente`
      : '';
  return `La cuenta «${accountName}» ha caducado. Su último día fue el ${date(expiresOn)}${wentOn}.`;
}

/** Where Resend sends its webhooks. */
export const webhookPath = '/api/webhooks/resend';

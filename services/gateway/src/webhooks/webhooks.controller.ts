import { Controller, HttpCode, Logger, Post, Req, Res } from '@nestjs/common';
import { recordManyDeliveryReports, refuse, type AnswerOf, type recordDeliveryReport } from '@tenure/contracts';
import { BatchedRequests, Nats, Services } from '@tenure/platform/messaging';
import type { Request, Response } from 'express';
import { RequestLimits } from '../http/request-limits.js';
import { readBytes } from '../routes/body.js';
import { OpenToAll } from '../routes/serves.js';
import { reportOf, type Report } from './resend-report.js';
import { WebhookSignatures } from './webhook-signatures.js';

export const webhookPath = '/api/webhooks/resend';

/**
 * Receives Resend's reports about e-mails. Resend retries each for about a day until it is answered 200, which happens
 * only once the report is stored.
 */
@Controller()
export class WebhooksController {
  readonly #log = new Logger('Webhooks');
  /** Stores reports in notifications. Those about a batch of e-mails arrive together. */
  readonly #reports = new BatchedRequests<Report, AnswerOf<typeof recordDeliveryReport>>({
    askMany: (asks) => this.services.ask(recordManyDeliveryReports, { asks }),
    atOnce: 1,
  });

  constructor(
    private readonly signatures: WebhookSignatures,
    private readonly limits: RequestLimits,
    private readonly services: Services,
    private readonly nats: Nats,
  ) {}

  /** @throws not_found, too_many_requests, payload_too_large, forbidden, invalid, unavailable */
  @Post(webhookPath)
  @OpenToAll()
  @HttpCode(200)
  async receive(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<object> {
    this.signatures.needSecret();
    const address = request.ip ?? 'unknown';
    await this.limits.refuseForger(address, response);
    const body = await this.#signedBody(request, response, address);
    const report = this.#read(request.header('svix-id')!, body);
    if (report === null) return {};
    if (!this.nats.connected) throw refuse('unavailable', 'The services are not available. Try again.');
    await this.#reports.ask(report);
    return {};
  }

  /** Checks signature and age before anything is parsed. */
  async #signedBody(request: Request, response: Response, address: string): Promise<Buffer> {
    const body = await readBytes(request, response).catch(async (refusal: unknown) => {
      await this.limits.countForged(address, response);
      throw refusal;
    });
    const headers = Object.fromEntries(
      ['svix-id', 'svix-timestamp', 'svix-signature'].map((name) => [name, request.header(name) ?? '']),
    );
    if (this.signatures.isTrue(body, headers)) {
      await this.limits.trustSender(address);
      return body;
    }
    await this.limits.countForged(address, response);
    throw refuse('forbidden', 'The signature is not valid, or the webhook is too old.');
  }

  /** Resend retries a webhook that cannot be parsed: it is lost only if nobody acts on the alert for about a day. */
  #read(reportId: string, body: Buffer): Report | null {
    try {
      const report = reportOf(reportId, body.toString());
      if (report === null) this.#log.log(`The webhook ${reportId} is about nothing that we store.`);
      return report;
    } catch (error) {
      this.#log.error({ message: `The webhook ${reportId} cannot be parsed`, alert: true, error: String(error) });
      throw refuse('invalid', 'The webhook cannot be parsed.');
    }
  }
}

import type { INestApplication } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import { serveConsole } from '../pages/console.js';
import { AllowedMethods } from '../routes/allowed-methods.js';
import { Settings } from '../settings.js';
import { webhookPath } from '../webhooks/webhooks.controller.js';
import { compressAnswers } from './compress-answers.js';
import { HttpAnswers } from './http-answers.js';
import { ProblemFilter } from './problem.filter.js';
import { logRequests } from './request-log.js';
import { RequestLimits } from './request-limits.js';

/**
 * What each request passes before its route: request id and log line, security headers, the rate limit of its address.
 * The console's files need no route.
 */
export function configureHttp(app: INestApplication): void {
  const express = app as NestExpressApplication;
  express.set('trust proxy', app.get(Settings).trustedProxies);
  express.set('query parser', 'simple');
  express.set('etag', false);
  express.use(
    app.get(HttpAnswers).count,
    logRequests(),
    securityHeaders,
    limitAddresses(app.get(RequestLimits)),
    doNotStore,
  );
  express.use('/api', compressAnswers);
  express.use(serveConsole(app.get(Settings).consoleFolder));
  express.useGlobalFilters(new ProblemFilter(app.get(AllowedMethods)));
}

/** An answer of the API may load, frame and submit nothing. Pages set a policy of their own. */
const securityHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  crossOriginResourcePolicy: { policy: 'same-origin' },
  referrerPolicy: { policy: 'no-referrer' },
  xFrameOptions: { action: 'deny' },
});

function limitAddresses(limits: RequestLimits) {
  // Express 5 passes a rejection to the error filter.
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    // Signed webhooks are not limited: thousands of e-mails a minute are reported from a few addresses.
    if (request.path === webhookPath) return next();
    await limits.countAddress(request.ip ?? 'unknown', response);
    next();
  };
}

function doNotStore(_: Request, response: Response, next: NextFunction): void {
  response.setHeader('Cache-Control', 'no-store');
  next();
}

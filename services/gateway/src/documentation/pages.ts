/** The documentation page. It loads everything from this host. */
export const documentationPage = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Tenure API</title>
  </head>
  <body>
    <div id="reference"></div>
    <script src="/api/docs/page.js"></script>
    <script src="/api/docs/standalone.js"></script>
  </body>
</html>
`;

/**
 * The reference bundles Zod, which would probe whether `eval` is allowed and so violate the policy: `jitless` prevents
 * that.
 */
export const documentationScript = `globalThis.__zod_globalConfig = { jitless: true };
document.addEventListener('DOMContentLoaded', () =>
  Scalar.createApiReference('#reference', {
    url: '/api/openapi.json',
    withDefaultFonts: false,
    telemetry: false,
    hideClientButton: true,
    showDeveloperTools: 'never',
    mcp: { disabled: true },
    agent: { disabled: true },
  }),
);
`;

/** The reference injects styles at run time; it may send requests only to this host. */
export const documentationPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

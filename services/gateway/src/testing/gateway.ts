import { GatewayModule } from '../gateway.module.js';
import { configureHttp } from '../http/configure-http.js';
import { audience } from './issuer.js';

/** The gateway as `main.ts` starts it, for a spec to start on servers of its own. */
export function gatewayFor({
  issuer,
  temporal = { address: '127.0.0.1:1', namespace: 'nowhere', taskQueue: 'nothing' },
  environment = {},
}: {
  issuer: string;
  /** Unreachable if left out. */
  temporal?: { address: string; namespace: string; taskQueue: string };
  environment?: Record<string, string>;
}) {
  return {
    service: 'gateway',
    module: GatewayModule,
    http: { configure: configureHttp },
    environment: {
      OIDC_ISSUER: issuer,
      OIDC_AUDIENCE: audience,
      OIDC_CLIENT_ID: 'tenure-console',
      OIDC_CLIENT_SECRET: 'a secret of this test',
      PUBLIC_URL: 'http://localhost:7300',
      TEMPORAL_ADDRESS: temporal.address,
      TEMPORAL_NAMESPACE: temporal.namespace,
      TEMPORAL_TASK_QUEUE: temporal.taskQueue,
      ...environment,
    },
  };
}

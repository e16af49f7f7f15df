import { startService } from '@tenure/platform/messaging';
import { GatewayModule } from './gateway.module.js';
import { configureHttp } from './http/configure-http.js';
import { Settings } from './settings.js';

await startService({
  name: 'gateway',
  module: GatewayModule,
  http: {
    // Read when the process starts to listen, so that a configuration error is reported like every other.
    get port() {
      return new Settings().port;
    },
    configure: configureHttp,
  },
});

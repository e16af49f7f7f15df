import { startService } from '@tenure/platform/messaging';
import { GatewayModule } from './gateway.module.js';
import { configureHttp } from './http/configure-http.js';
import { Settings, settings } from './settings.js';

await startService({
  name: 'gateway',
  module: GatewayModule,
  settings,
  http: {
    // Read once it is checked.
    get port() {
      return new Settings().port;
    },
    configure: configureHttp,
  },
});

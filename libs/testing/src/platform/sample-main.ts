import { serviceSettings, startService } from '@tenure/platform';
import { SampleModule } from './sample.js';

await startService({ name: 'licensing', module: SampleModule, settings: serviceSettings });

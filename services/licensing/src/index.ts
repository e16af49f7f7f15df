export { entities, migrations } from './database/index.js';
export { LicensingModule } from './licensing.module.js';

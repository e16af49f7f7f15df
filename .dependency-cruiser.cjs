/** This file alone says who may import whom. Here: specs, and what only specs use. */
const specs = '[.]spec[.]tsx?$|/src/(specs?|testing)/';
/** The content of the production image, which has the console as built by Vite. */
const production = '^(services/(?!console/)[^/]+|workflows|libs/(contracts|lifecycle|platform)|deploy/operate)/src/';

module.exports = {
  forbidden: [
    {
      name: 'a service never imports another',
      severity: 'error',
      from: { path: '^services/([^/]+)/' },
      to: { path: '^services/(?!$1/)' },
    },
    {
      name: 'services and workflows do not import each other',
      severity: 'error',
      from: { path: '^services/' },
      to: { path: '^workflows/' },
    },
    {
      name: 'workflows do not import services',
      severity: 'error',
      from: { path: '^workflows/' },
      to: { path: '^services/' },
    },
    {
      name: 'a domain is pure: its own files, lifecycle, and types of the contracts',
      severity: 'error',
      from: { path: '^services/[^/]+/src/domain/', pathNot: specs },
      // The public suffix list is data, and its library is pure; so is Node's conversion of domain names.
      to: { pathNot: '^services/[^/]+/src/domain/|^libs/lifecycle/|^libs/contracts/|^node_modules/tldts/|^url$' },
    },
    {
      name: 'a domain takes only types from the contracts',
      severity: 'error',
      from: { path: '^services/[^/]+/src/domain/', pathNot: specs },
      to: { path: '^libs/contracts/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'lifecycle is pure: no clock, no I/O, no other package of ours',
      severity: 'error',
      from: { path: '^libs/lifecycle/src/', pathNot: specs },
      to: { pathNot: '^libs/lifecycle/src/|^node_modules/(temporal-polyfill|countries-and-timezones)/' },
    },
    {
      name: 'workflow code takes types only, and the constants of contracts/workflows',
      severity: 'error',
      from: { path: '^workflows/src/(application|subscription|policy-change|workflow)', pathNot: specs },
      to: {
        pathNot:
          '^workflows/src/(application|subscription|policy-change|workflow)|^node_modules/@temporalio/(workflow|common)/|^libs/contracts/src/workflows[.]ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'the console takes types from the contracts, their schemas for the browser, and the lifecycle',
      severity: 'error',
      from: { path: '^services/console/src/' },
      to: {
        path: '^(libs|deploy)/',
        pathNot: '^libs/(lifecycle/|contracts/src/schemas[.]ts$)',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'contracts import nobody',
      severity: 'error',
      from: { path: '^libs/contracts/' },
      to: { path: '^(services|workflows|deploy|libs/(?!contracts))' },
    },
    {
      name: 'platform knows no service',
      severity: 'error',
      from: { path: '^libs/platform/' },
      to: { path: '^(services|workflows|deploy|libs/lifecycle)' },
    },
    {
      name: 'a process without a database takes the platform without one',
      severity: 'error',
      from: { path: '^(services/gateway|workflows)/', pathNot: specs },
      to: { path: '^libs/platform/src/(index[.]ts|database/|outbox/|process/storage[.]ts)' },
    },
    {
      name: 'only specs import testing',
      severity: 'error',
      from: { path: '^(services|workflows|libs/(?!testing)|deploy)', pathNot: specs },
      to: { path: '^libs/testing/' },
    },
    {
      name: 'the stack on one machine knows neither who operates it nor what tries it',
      severity: 'error',
      from: { path: '^deploy/local/' },
      to: { path: '^deploy/(operate|trials)/' },
    },
    {
      name: 'what operates Tenure does not know what tries it',
      severity: 'error',
      from: { path: '^deploy/operate/' },
      to: { path: '^deploy/trials/' },
    },
    {
      name: 'what operates Tenure knows the stack on one machine by one file',
      severity: 'error',
      from: { path: '^deploy/operate/', pathNot: `${specs}|^deploy/operate/src/this-machine/stack[.]ts$` },
      to: { path: '^deploy/local/' },
    },
    {
      name: 'which loads it only once it is asked: the image for production does not have it',
      severity: 'error',
      from: { path: '^deploy/operate/src/this-machine/stack[.]ts$' },
      to: { path: '^deploy/local/', dynamic: false, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only specs, and what tests stand on, import deploy',
      severity: 'error',
      from: { path: '^(services|workflows|libs/(?!testing))', pathNot: specs },
      to: { path: '^deploy/' },
    },
    {
      name: 'deploy knows no service from the inside',
      severity: 'error',
      from: { path: '^deploy/' },
      to: { path: '^(services|workflows)/' },
    },
    { name: 'everything resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
    { name: 'no circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'production code has its packages as dependencies',
      severity: 'error',
      from: { path: production, pathNot: specs },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'] },
    },
    {
      name: 'production code needs nothing that only specs use: the image does not have it',
      severity: 'error',
      from: { path: production, pathNot: specs },
      to: { path: specs },
    },
  ],
  options: {
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@tenure/source', 'import', 'node', 'default'],
    },
    extraExtensionsToScan: [],
    // It cannot use TypeScript 7 yet, and warns of that. Swc finds the same imports.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^workflows/dist/|^(libs|services|deploy)/[^/]+/dist/' },
  },
};

import { complaintsOf, type KubernetesObject } from './rules.js';

const probe = (path: string) => ({ httpGet: { path, port: 'health' } });
const labels = { app: 'accounts' };

/** What the chart may make; `change` breaks it. */
function deployment(change: (pod: ReturnType<typeof podSpec>) => void = () => {}): KubernetesObject {
  const spec = podSpec();
  change(spec);
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'accounts' },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  };
}

function podSpec() {
  const container = {
    image: 'registry.example/tenure:1.0.0',
    env: [{ name: 'NATS_PASSWORD_FILE', value: '/run/secrets/tenure/nats-password' }],
    ports: [{ name: 'health' }],
    volumeMounts: [{ mountPath: '/run/secrets/tenure', readOnly: true }],
    securityContext: {
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
    },
    resources: { requests: { memory: '160Mi' }, limits: { memory: '512Mi' } },
    startupProbe: probe('/live'),
    livenessProbe: probe('/live'),
    readinessProbe: probe('/ready'),
  };
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [container] as [typeof container],
  };
}

const service = (selector: object): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'accounts' },
  spec: { selector },
});

it('what is as it should be is not complained of', () =>
  expect(complaintsOf([deployment(), service(labels)])).toEqual([]));

it.each<[string, (pod: ReturnType<typeof podSpec>) => void]>([
  ['is given a token of the cluster', (pod) => (pod.automountServiceAccountToken = true)],
  ['is given variables of other Services', (pod) => (pod.enableServiceLinks = true)],
  ['may run as root', (pod) => (pod.securityContext.runAsNonRoot = false)],
  ['names no user by its number', (pod) => (pod.securityContext.runAsUser = 0)],
  ['may make any system call', (pod) => (pod.securityContext.seccompProfile.type = 'Unconfined')],
  ['has an image without a version', (pod) => (pod.containers[0].image = 'registry.example:5000/tenure')],
  ['may write to its image', (pod) => (pod.containers[0].securityContext.readOnlyRootFilesystem = false)],
  ['may gain rights', (pod) => (pod.containers[0].securityContext.allowPrivilegeEscalation = true)],
  ['keeps capabilities', (pod) => (pod.containers[0].securityContext.capabilities.drop = [])],
  ['says nothing of its memory', (pod) => (pod.containers[0].resources.limits.memory = '')],
  ['may write to /run/secrets/tenure', (pod) => (pod.containers[0].volumeMounts[0]!.readOnly = false)],
  [
    'reads NATS_PASSWORD_FILE from /run/other/nats-password, where nothing is',
    (pod) => (pod.containers[0].env[0]!.value = '/run/other/nats-password'),
  ],
  [
    'writes EVENTS_MAX_BYTES as 1.073741824e+09',
    (pod) => pod.containers[0].env.push({ name: 'EVENTS_MAX_BYTES', value: '1.073741824e+09' }),
  ],
  [
    'asks /ready in its livenessProbe: it has to be /live',
    (pod) => (pod.containers[0].livenessProbe.httpGet.path = '/ready'),
  ],
  [
    'asks a port in its readinessProbe that it does not have',
    (pod) => (pod.containers[0].readinessProbe.httpGet.port = 'http'),
  ],
])('a process that %s is complained of', (words, change) =>
  expect(complaintsOf([deployment(change)])).toEqual([`Deployment accounts ${words}`]),
);

it('a Service that finds no pod is complained of', () =>
  expect(complaintsOf([deployment(), service({ app: 'other' })])).toEqual(['Service accounts finds no pod']));

it('two objects of one name, and a Secret, are complained of', () =>
  expect(
    complaintsOf([
      deployment(),
      service(labels),
      service(labels),
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'accounts' } },
    ]),
  ).toEqual(['Service accounts is there twice', 'accounts is a Secret with values']));

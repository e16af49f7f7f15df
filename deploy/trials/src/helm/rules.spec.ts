import { complaintsOf, type KubernetesObject } from './rules.js';

const probe = (path: string) => ({ httpGet: { path, port: 'health' } });
const labels = { app: 'accounts' };

/** A valid Deployment; `change` breaks it. */
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

it('reports nothing for valid objects', () => expect(complaintsOf([deployment(), service(labels)])).toEqual([]));

it('checks the pods of a schedule as well', () => {
  const { spec, ...others } = deployment((pod) => (pod.enableServiceLinks = true));
  const schedule = { ...others, kind: 'CronJob', spec: { jobTemplate: { spec: { template: spec.template } } } };
  expect(complaintsOf([schedule, service(labels)])).toEqual([
    'CronJob accounts gets environment variables of other Services',
  ]);
});

it.each<[string, (pod: ReturnType<typeof podSpec>) => void]>([
  ['mounts a service account token', (pod) => (pod.automountServiceAccountToken = true)],
  ['gets environment variables of other Services', (pod) => (pod.enableServiceLinks = true)],
  ['may run as root', (pod) => (pod.securityContext.runAsNonRoot = false)],
  ['sets no user ID other than 0', (pod) => (pod.securityContext.runAsUser = 0)],
  [
    'does not use the seccomp profile RuntimeDefault',
    (pod) => (pod.securityContext.seccompProfile.type = 'Unconfined'),
  ],
  ['has an image without a version', (pod) => (pod.containers[0].image = 'registry.example:5000/tenure')],
  ['has a writable root filesystem', (pod) => (pod.containers[0].securityContext.readOnlyRootFilesystem = false)],
  ['allows privilege escalation', (pod) => (pod.containers[0].securityContext.allowPrivilegeEscalation = true)],
  ['does not drop all capabilities', (pod) => (pod.containers[0].securityContext.capabilities.drop = [])],
  ['lacks a memory request or limit', (pod) => (pod.containers[0].resources.limits.memory = '')],
  ['may write to /run/secrets/tenure', (pod) => (pod.containers[0].volumeMounts[0]!.readOnly = false)],
  [
    'reads NATS_PASSWORD_FILE from /run/other/nats-password, where nothing is mounted',
    (pod) => (pod.containers[0].env[0]!.value = '/run/other/nats-password'),
  ],
  [
    'sets EVENTS_MAX_BYTES to 1.073741824e+09',
    (pod) => pod.containers[0].env.push({ name: 'EVENTS_MAX_BYTES', value: '1.073741824e+09' }),
  ],
  [
    'uses /ready in its livenessProbe instead of /live',
    (pod) => (pod.containers[0].livenessProbe.httpGet.path = '/ready'),
  ],
  [
    'uses a port in its readinessProbe that it does not have',
    (pod) => (pod.containers[0].readinessProbe.httpGet.port = 'http'),
  ],
])('reports a process that %s', (words, change) =>
  expect(complaintsOf([deployment(change)])).toEqual([`Deployment accounts ${words}`]),
);

it('reports a Service that selects no pod', () =>
  expect(complaintsOf([deployment(), service({ app: 'other' })])).toEqual(['Service accounts selects no pod']));

it('reports two objects with one name, and a Secret', () =>
  expect(
    complaintsOf([
      deployment(),
      service(labels),
      service(labels),
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'accounts' } },
    ]),
  ).toEqual(['Service accounts exists twice', 'accounts is a Secret with values']));

/** What `npm run check` requires of the chart's objects beyond Kubernetes' schemas. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; annotations?: Record<string, string> };
  // oxlint-disable-next-line typescript/no-explicit-any
  spec?: any;
}

interface Container {
  image?: string;
  env?: { name: string; value?: string }[];
  ports?: { name: string }[];
  volumeMounts?: { mountPath: string; readOnly?: boolean }[];
  securityContext?: { readOnlyRootFilesystem?: boolean; allowPrivilegeEscalation?: boolean; capabilities?: object };
  resources?: { requests?: { memory?: string }; limits?: { memory?: string } };
  [probe: `${string}Probe`]: { httpGet: { path: string; port: string } } | undefined;
}

/** One sentence for each problem. */
export function complaintsOf(objects: readonly KubernetesObject[]): string[] {
  const names = objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  const pods = objects.filter((object) => templateOf(object)?.spec);
  return [
    ...names.filter((name, at) => names.indexOf(name) !== at).map((name) => `${name} exists twice`),
    ...objects
      .filter(({ kind }) => kind === 'Secret')
      .map(({ metadata }) => `${metadata.name} is a Secret with values`),
    ...pods.flatMap((object) => inPod(object).map((words) => `${object.kind} ${object.metadata.name} ${words}`)),
    ...objects.flatMap((object) => selectsNobody(object, pods)),
  ];
}

/** The template of its pods, if it has pods. */
function templateOf({ spec }: KubernetesObject) {
  return spec?.template ?? spec?.jobTemplate?.spec.template;
}

function inPod(object: KubernetesObject): string[] {
  const pod = templateOf(object).spec;
  const refuse = (isWrong: boolean, words: string) => (isWrong ? [words] : []);
  return [
    ...refuse(pod.automountServiceAccountToken !== false, 'mounts a service account token'),
    ...refuse(pod.enableServiceLinks !== false, 'gets environment variables of other Services'),
    ...refuse(pod.securityContext?.runAsNonRoot !== true, 'may run as root'),
    ...refuse(!(pod.securityContext?.runAsUser > 0), 'sets no user ID other than 0'),
    ...refuse(
      pod.securityContext?.seccompProfile?.type !== 'RuntimeDefault',
      'does not use the seccomp profile RuntimeDefault',
    ),
    ...(pod.containers as Container[]).flatMap((container) => [
      ...inContainer(container),
      ...(object.kind === 'Deployment' ? probed(container) : []),
    ]),
  ];
}

function inContainer({
  image = '',
  env = [],
  volumeMounts = [],
  securityContext = {},
  resources,
}: Container): string[] {
  const refuse = (isWrong: boolean, words: string) => (isWrong ? [words] : []);
  const folders = volumeMounts.map(({ mountPath }) => mountPath);
  const files = env.filter(({ name, value }) => name.endsWith('_FILE') || value?.startsWith('/'));
  return [
    ...refuse(!/:[\w.-]+(@sha256:[0-9a-f]{64})?$/.test(image), 'has an image without a version'),
    ...refuse(securityContext.readOnlyRootFilesystem !== true, 'has a writable root filesystem'),
    ...refuse(securityContext.allowPrivilegeEscalation !== false, 'allows privilege escalation'),
    ...refuse(JSON.stringify(securityContext.capabilities) !== '{"drop":["ALL"]}', 'does not drop all capabilities'),
    ...refuse(!resources?.requests?.memory || !resources.limits?.memory, 'lacks a memory request or limit'),
    ...volumeMounts.filter(({ readOnly }) => readOnly !== true).map(({ mountPath }) => `may write to ${mountPath}`),
    ...files
      .filter(({ value = '' }) => !folders.some((folder) => value.startsWith(`${folder}/`)))
      .map(({ name, value }) => `reads ${name} from ${value}, where nothing is mounted`),
    ...env.filter(({ value }) => /e\+\d/.test(value ?? '')).map(({ name, value }) => `sets ${name} to ${value}`),
  ];
}

function probed(container: Container): string[] {
  const ports = container.ports?.map(({ name }) => name) ?? [];
  const wanted = { startupProbe: '/live', livenessProbe: '/live', readinessProbe: '/ready' } as const;
  return Object.entries(wanted).flatMap(([probe, path]) => {
    const asked = container[probe as keyof typeof wanted]?.httpGet;
    if (!asked) return [`has no ${probe}`];
    if (asked.path !== path) return [`uses ${asked.path} in its ${probe} instead of ${path}`];
    return ports.includes(asked.port) ? [] : [`uses a port in its ${probe} that it does not have`];
  });
}

/** Whatever selects pods by labels has to match some. */
function selectsNobody({ kind, metadata, spec }: KubernetesObject, pods: readonly KubernetesObject[]): string[] {
  const wanted: Record<string, string> | undefined = {
    Service: spec?.selector,
    Deployment: spec?.selector?.matchLabels,
    PodDisruptionBudget: spec?.selector?.matchLabels,
    NetworkPolicy: spec?.podSelector?.matchLabels,
  }[kind];
  if (!wanted) return [];
  const finds = (object: KubernetesObject) =>
    Object.entries(wanted).every(([label, value]) => templateOf(object).metadata.labels[label] === value);
  return pods.some(finds) ? [] : [`${kind} ${metadata.name} selects no pod`];
}

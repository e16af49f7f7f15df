import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findBinary, helmBinary } from '@tenure/local/servers/binaries';
import { pythonWith } from '@tenure/local/servers/python';

/** The oldest and the newest Kubernetes that the chart supports. */
const versions = ['1.30.0', '1.37.0'];

/** @throws in one sentence if there is none for this machine */
export const findHelm = (): Promise<string> => findBinary(helmBinary);

/** The JSON Schemas of Kubernetes' own objects, which refuse unknown fields. They come in a Python package. */
export async function kubernetesSchemas(): Promise<{ version: string; read(file: string): object | undefined }[]> {
  const { packages } = await pythonWith('kubernetes-validate');
  const all = path.join(packages, 'kubernetes_validate/kubernetes-json-schema');
  return versions.map((version) => ({
    version,
    read(file) {
      try {
        return JSON.parse(readFileSync(path.join(all, `v${version}-local-strict`, file), 'utf8')) as object;
      } catch {
        return undefined;
      }
    },
  }));
}

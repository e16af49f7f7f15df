import {
  accountView,
  applicationRequest,
  applicationView,
  contractFacts,
  decisionView,
  memberView,
  previewSchema,
  problemSchema,
  timelineMoment,
} from '@tenure/contracts';
import { z } from 'zod';

/** JSON Schema 2020-12, the dialect of OpenAPI 3.1. */
export type JsonSchema = Record<string, unknown>;

/** Whether a schema is documented as it is sent (fields with defaults are optional) or as it is answered. */
type Direction = 'input' | 'output';

const named: Record<Direction, Record<string, z.ZodType>> = {
  input: { ApplicationRequest: applicationRequest },
  output: {
    Problem: problemSchema,
    Application: applicationView,
    Decision: decisionView,
    Account: accountView,
    Member: memberView,
    Preview: previewSchema,
    ContractFacts: contractFacts,
    TimelineMoment: timelineMoment,
  },
};

const registries = { input: registryOf('input'), output: registryOf('output') };
const uri = (id: string) => `#/components/schemas/${id}`;

/** The named schemas, for `components`; all others are inlined. */
export function namedSchemas(): Record<string, JsonSchema> {
  const both = (['input', 'output'] as const).map(
    (io) => z.toJSONSchema(registries[io], { io, uri, unrepresentable: 'any' }).schemas,
  );
  return Object.fromEntries(
    both.flatMap((schemas) => Object.entries(schemas).map(([id, schema]) => [id, plain(schema)])),
  );
}

/** One schema, with references to named schemas; only the named schemas that it reaches are converted. */
export function schemaOf(schema: z.ZodType, io: Direction): JsonSchema {
  const name = Object.entries(named[io]).find(([, other]) => other === schema)?.[0];
  if (name !== undefined) return { $ref: uri(name) };
  const { $defs: _named, ...own } = z.toJSONSchema(schema, {
    io,
    // The registry of names replaces the one with the descriptions, which are therefore added below.
    metadata: registries[io],
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => void Object.assign(jsonSchema, z.globalRegistry.get(zodSchema)),
  });
  return JSON.parse(JSON.stringify(plain(own)).replaceAll('"#/$defs/', `"${uri('')}`)) as JsonSchema;
}

function registryOf(io: Direction) {
  const registry = z.registry<{ id?: string | undefined }>();
  for (const [id, schema] of Object.entries(named[io])) registry.add(schema, { id });
  return registry;
}

/** Without `$schema` and `$id`, which OpenAPI defines itself. */
function plain({ $schema: _dialect, $id: _id, ...schema }: JsonSchema): JsonSchema {
  return schema;
}

import {
  accountView,
  applicationRequest,
  applicationView,
  contractFacts,
  decisionView,
  forReaders,
  memberView,
  previewSchema,
  problemSchema,
  submittedRequest,
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
    // Generators would name it after the type and the field that it is in: ApplicationRequest, which is taken.
    SubmittedRequest: submittedRequest,
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
  return Object.fromEntries(
    (['input', 'output'] as const).flatMap((io) => {
      const { schemas } = z.toJSONSchema(registries[io], { io, uri, unrepresentable: 'any' });
      return Object.entries(schemas).map(([id, schema]) => [id, plain(schema, io)]);
    }),
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
  return JSON.parse(JSON.stringify(plain(own, io)).replaceAll('"#/$defs/', `"${uri('')}`)) as JsonSchema;
}

function registryOf(io: Direction) {
  const registry = z.registry<{ id?: string | undefined }>();
  for (const [id, schema] of Object.entries(named[io])) registry.add(schema, { id });
  return registry;
}

/** Without `$schema` and `$id`, which OpenAPI defines itself. */
function plain({ $schema: _dialect, $id: _id, ...schema }: JsonSchema, io: Direction): JsonSchema {
  return io === 'output' ? forReaders(schema) : schema;
}

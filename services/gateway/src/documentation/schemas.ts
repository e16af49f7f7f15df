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

/** JSON Schema 2020-12, as OpenAPI 3.1 has it. */
export type JsonSchema = Record<string, unknown>;

/** Whether a schema is documented as people write it (defaults may be left out) or as it is answered. */
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

/** The schemas that have a name, for `components`; all others stand where they are used. */
export function namedSchemas(): Record<string, JsonSchema> {
  const both = (['input', 'output'] as const).map(
    (io) => z.toJSONSchema(registries[io], { io, uri, unrepresentable: 'any' }).schemas,
  );
  return Object.fromEntries(
    both.flatMap((schemas) => Object.entries(schemas).map(([id, schema]) => [id, plain(schema)])),
  );
}

/** One schema, with references to those that have a name: of these, only those that it leads to are looked at. */
export function schemaOf(schema: z.ZodType, io: Direction): JsonSchema {
  const name = Object.entries(named[io]).find(([, other]) => other === schema)?.[0];
  if (name !== undefined) return { $ref: uri(name) };
  const { $defs: _named, ...own } = z.toJSONSchema(schema, {
    io,
    // The names are where zod reads what schemas say of themselves, which is therefore added below.
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

/** OpenAPI names dialect and place itself. */
function plain({ $schema: _dialect, $id: _id, ...schema }: JsonSchema): JsonSchema {
  return schema;
}

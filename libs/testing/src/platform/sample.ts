import { Migration } from '@mikro-orm/migrations';
import { defineEntity, p, type EntityManager } from '@mikro-orm/postgresql';
import { Controller, Injectable, Module } from '@nestjs/common';
import {
  actorSchema,
  event,
  eventFilter,
  refuse,
  request,
  subjectFor,
  uuid,
  type RequestOf,
  type NatsUser,
} from '@tenure/contracts';
import {
  Answers,
  CalledBy,
  currentRequestId,
  Database,
  platformModule,
  recordEvent,
  storageOf,
} from '@tenure/platform';
import { organizationPolicies, outboxMigration, type ServiceDatabase } from '@tenure/platform/database';
import { z } from 'zod';

/** A minimal service: notes that belong to organizations, published as events. */
export const keepNote = request(
  'licensing.note.keep',
  ['gateway', 'workflows'],
  z.strictObject({
    actor: actorSchema.optional(),
    id: uuid,
    organizationId: uuid,
    text: z.string().min(1).max(20),
    place: z.strictObject({ shelf: z.int() }).default({ shelf: 1 }),
  }),
  z.object({ by: z.string(), shelf: z.int() }),
);
export const readNotes = request(
  'licensing.note.read',
  ['gateway'],
  z.strictObject({ actor: actorSchema }),
  z.object({ texts: z.array(z.string()) }),
);
export const fail = request(
  'licensing.note.fail',
  ['gateway'],
  z.strictObject({ how: z.string() }),
  z.object({ text: z.string() }),
);
export const waitFor = request('licensing.note.wait', ['gateway'], z.strictObject({}), z.object({ done: z.boolean() }));
export const noteKept = event('licensing.note.kept', z.object({ text: z.string() }));

export const Note = defineEntity({
  name: 'Note',
  tableName: 'notes',
  properties: { id: p.uuid().primary(), organizationId: p.uuid(), text: p.text() },
  policies: organizationPolicies('licensing'),
  rowLevelSecurity: 'force',
});

class CreateNotes extends Migration {
  override up() {
    this
      .addSql(`create table licensing.notes (id uuid not null primary key, organization_id uuid not null, text text not null);
      alter table licensing.notes enable row level security;
      alter table licensing.notes force row level security;
      create policy service on licensing.notes to licensing using (true) with check (true);
      create policy own_organization on licensing.notes to licensing_member
        using (organization_id = nullif(current_setting('app.organization', true), '')::uuid)
        with check (organization_id = nullif(current_setting('app.organization', true), '')::uuid)`);
    this.addSql(outboxMigration('licensing'));
    this.addSql('grant select, insert, update on licensing.notes to licensing, licensing_member');
  }
}

export const database = {
  service: 'licensing',
  entities: [Note],
  migrations: [CreateNotes],
} satisfies ServiceDatabase;

/** Holds the handler of `waitFor` until a spec releases it. */
export const gate = { entered: 0, open: Promise.resolve() };

@Injectable()
class Notes {
  constructor(private readonly database: Database) {}

  keep({ id, organizationId, text, actor }: RequestOf<typeof keepNote>): Promise<void> {
    const work = async (em: EntityManager) => {
      em.create(Note, { id, organizationId, text });
      await em.flush();
      await recordEvent(em, noteKept, { organizationId, version: 1, data: { text } });
    };
    return actor ? this.database.asMember(actor, work) : this.database.asService(work);
  }
}

@Controller()
class NotesController {
  constructor(
    private readonly notes: Notes,
    private readonly database: Database,
  ) {}

  @Answers(keepNote)
  async keep(ask: RequestOf<typeof keepNote>, @CalledBy() by: string) {
    await this.notes.keep(ask);
    return { by, shelf: ask.place.shelf };
  }

  @Answers(readNotes)
  read({ actor }: RequestOf<typeof readNotes>) {
    return this.database.asMember(actor, async (em) => {
      const notes = await em.find(Note, {}, { orderBy: { text: 'asc' } });
      return { texts: notes.map(({ text }) => text) };
    });
  }

  @Answers(fail)
  fail({ how }: RequestOf<typeof fail>) {
    if (how === 'refused') throw refuse('name_taken', 'This name is taken.', { figures: { tries: 2 } });
    if (how === 'not') return Promise.resolve({ text: `on behalf of ${currentRequestId()}` });
    if (how === 'too large') return Promise.resolve({ text: 'x'.repeat(2_000_000) });
    throw new Error('postgres://somebody:secret@host is broken');
  }

  @Answers(waitFor)
  async wait() {
    gate.entered += 1;
    await gate.open;
    return { done: true };
  }
}

@Module({ imports: [platformModule(storageOf(database))], controllers: [NotesController], providers: [Notes] })
export class SampleModule {}

/** The permissions that the messages above would have if they were in the contracts. */
export function sampleUsers(licensing: NatsUser): NatsUser[] {
  const asks = [keepNote, readNotes, fail, waitFor];
  return [
    { ...licensing, subscribe: [...licensing.subscribe, 'licensing.note.*.*'] },
    {
      user: 'gateway',
      publish: asks.map((message) => subjectFor(message, 'gateway')),
      subscribe: [eventFilter(noteKept)],
    },
    { user: 'workflows', publish: asks.map((message) => subjectFor(message, 'workflows')), subscribe: [] },
    { user: 'operator', publish: ['licensing.note.*.operator'], subscribe: [] },
  ];
}

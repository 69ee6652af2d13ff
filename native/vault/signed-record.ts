import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { fail } from '../../core/errors.ts';
import { Base64 } from '../../core/vault/base64.ts';
import { Id, type PersonFile } from '../../core/vault/person.ts';
import { valid } from '../../core/valid.ts';
import { SealedLines } from './sealed-lines.ts';
import { canonical, signText, verifyText } from './signing.ts';
import type { PersonKeys } from './people.ts';

const Line = z.strictObject({ event: z.unknown(), by: Id, signature: Base64 });

/** What a record is sealed as, and what may stand in it. */
export interface RecordKind<Event> {
  readonly purpose: string;
  readonly schema: z.ZodType<Event>;
}

/** Something that happened, and who wrote it down. */
export interface Signed<Event> {
  readonly event: Event;
  readonly by: string;
}

/**
 * A record that grows by events: sealed under a key of its own, each line signed by who wrote it and bound
 * to its place in this very record. Who can write to the folder, or reads along, can make none.
 */
export class SignedRecord<Event> {
  private constructor(
    readonly id: string,
    private readonly kind: RecordKind<Event>,
    private readonly known: Signed<Event>[],
    private readonly key: Uint8Array,
    private readonly list: SealedLines,
  ) {}

  /** Not yet anybody's: it counts once its key is kept. */
  static begin<Event>(path: string, id: string, key: Uint8Array, kind: RecordKind<Event>): SignedRecord<Event> {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return new SignedRecord(id, kind, [], key, SealedLines.open(path, key, kind.purpose).list);
  }

  /** @returns undefined when there is no such file @throws AppFailure `vault-item-damaged` */
  static open<Event>(
    path: string,
    id: string,
    key: Uint8Array,
    kind: RecordKind<Event>,
    people: ReadonlyMap<string, PersonFile>,
  ): SignedRecord<Event> | undefined {
    if (!existsSync(path)) return undefined;
    const { lines, list } = SealedLines.open(path, key, kind.purpose);
    try {
      const read = lines.map((text, index) => {
        const line = Line.safeParse(JSON.parse(text)).data;
        const event = kind.schema.safeParse(line?.event).data;
        const signer = people.get(line?.by ?? '')?.person.verifyKey ?? '';
        if (!line || event === undefined || !verifyText(signer, textOf(kind, id, index, line.event), line.signature))
          return fail({ code: 'vault-item-damaged', item: kind.purpose, block: index });
        return { event, by: line.by };
      });
      return new SignedRecord(id, kind, read, key, list);
    } catch (error) {
      list.close();
      throw error;
    }
  }

  get entries(): readonly Signed<Event>[] {
    return this.known;
  }

  get events(): readonly Event[] {
    return this.known.map(({ event }) => event);
  }

  /** On the disk when it returns. @throws AppFailure `value-invalid` */
  append(value: Event, { person, signingKey }: PersonKeys): void {
    const event = valid(this.kind.schema, value);
    const signature = signText(signingKey, textOf(this.kind, this.id, this.known.length, event));
    this.list.append(JSON.stringify({ event, by: person.id, signature }), true);
    this.known.push({ event, by: person.id });
  }

  /** A key to wrap for more people; the caller forgets it. */
  copyOfKey(): Uint8Array {
    return Uint8Array.from(this.key);
  }

  /** Forgets the key. */
  close(): void {
    this.key.fill(0);
    this.list.close();
  }
}

function textOf<Event>({ purpose }: RecordKind<Event>, record: string, line: number, event: unknown): string {
  return canonical({ purpose, record, line, event });
}

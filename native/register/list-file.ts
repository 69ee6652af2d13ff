import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { fail } from '../../core/errors.ts';
import { ListHead, ListLine } from '../../core/register/stored.ts';
import { valid } from '../../core/valid.ts';
import { SealedLines } from '../vault/sealed-lines.ts';

const ENTRIES = 'entries';
/** What its lines are sealed as; the key is the list's own (S10). */
const PURPOSE = 'register';

/** The sealed list of one class in one school year. */
export class ListFile {
  private constructor(
    readonly id: string,
    readonly head: ListHead,
    private readonly known: ListLine[],
    private readonly key: Uint8Array,
    private readonly list: SealedLines,
  ) {}

  /** Not yet anybody's: it counts once its key is in the keyring. */
  static begin(folder: string, id: string, head: ListHead, key: Uint8Array): ListFile {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { list } = SealedLines.open(join(folder, ENTRIES), key, PURPOSE);
    list.append(JSON.stringify(valid(ListHead, head)), true);
    return new ListFile(id, head, [], key, list);
  }

  /** @throws AppFailure `register-shortened`, `vault-item-damaged` */
  static open(folder: string, id: string, key: Uint8Array): ListFile {
    const path = join(folder, ENTRIES);
    if (!existsSync(path)) fail({ code: 'register-shortened' });
    const { lines, list } = SealedLines.open(path, key, PURPOSE);
    try {
      const [head, ...rest] = lines;
      if (head === undefined) return fail({ code: 'register-shortened' });
      const read = rest.map((line, index) => parse(ListLine, line, index + 1));
      return new ListFile(id, parse(ListHead, head, 0), read, key, list);
    } catch (error) {
      list.close();
      throw error;
    }
  }

  get lines(): readonly ListLine[] {
    return this.known;
  }

  /** On the disk when it returns. @throws AppFailure `value-invalid` */
  append(line: ListLine): void {
    this.list.append(JSON.stringify(valid(ListLine, line)), true);
    this.known.push(line);
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

function parse<T>(schema: z.ZodType<T>, line: string, block: number): T {
  return schema.safeParse(JSON.parse(line)).data ?? fail({ code: 'vault-item-damaged', item: PURPOSE, block });
}

import { hkdfSync } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppFailure, fail } from '../../core/errors.ts';
import type { Draft } from '../../core/dossier/draft.ts';
import { EMPTY_INTAKE, Intake } from '../../core/dossier/intake.ts';
import { valid } from '../../core/valid.ts';
import { Id } from '../../core/vault/person.ts';
import { writeWhole } from '../store/atomic.ts';
import { newId, seal, unseal } from '../vault/seal.ts';
import type { Session } from '../vault/vault.ts';

/** Answers of gate G0 before there is a recording; only who gave them can read them. */
export class Drafts {
  private readonly folder: string;
  private readonly key: Buffer;

  constructor(session: Session) {
    const { person, identity } = session.keys;
    this.folder = join(session.vault.root, 'drafts', person.id);
    this.key = Buffer.from(hkdfSync('sha256', identity, '', 'onherkenbaar/drafts/1', 32));
  }

  private at(id: string): string {
    return join(this.folder, `${valid(Id, id)}.sealed`);
  }

  /** One that can't be opened hides none of the others. */
  list(): Draft[] {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const ids = readdirSync(this.folder).flatMap((name) => /^([0-9a-f]{16})\.sealed$/.exec(name)?.[1] ?? []);
    return ids.flatMap((id) => {
      try {
        return [{ id, intake: this.read(id) }];
      } catch (error) {
        if (!(error instanceof AppFailure)) throw error;
        return [];
      }
    });
  }

  /** @throws AppFailure `desk-draft-unknown`, `vault-item-damaged` */
  read(id: string): Intake {
    let sealed: Buffer;
    try {
      sealed = readFileSync(this.at(id));
    } catch {
      return fail({ code: 'desk-draft-unknown' });
    }
    const plain = unseal(this.key, sealed, id);
    const parsed = Intake.safeParse(plain && JSON.parse(plain.toString('utf8')));
    return parsed.data ?? fail({ code: 'vault-item-damaged', item: 'draft', block: 0 });
  }

  begin(): Draft {
    return { id: this.save(newId(), EMPTY_INTAKE), intake: EMPTY_INTAKE };
  }

  save(id: string, intake: Intake): string {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const plain = Buffer.from(JSON.stringify(valid(Intake, intake)));
    writeWhole(this.at(id), seal(this.key, plain, id));
    return id;
  }

  remove(id: string): void {
    rmSync(this.at(id), { force: true });
  }

  /** Forgets the key. */
  close(): void {
    this.key.fill(0);
  }
}

import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync } from 'node:fs';
import { hashOf, START, verifyChain } from '../../core/audit/chain.ts';
import { AuditEvent, type AuditEntry } from '../../core/audit/entry.ts';
import { fail } from '../../core/errors.ts';
import { valid } from '../../core/valid.ts';
import { writeAll } from '../store/files.ts';
import type { PersonKeys } from './people.ts';
import { canonical, CHAIN_TOOLS, signText } from './signing.ts';

/** Lines of a log; a last one without its end was cut short by a crash and never counted. */
export function logLines(path: string): { lines: string[]; torn: boolean } {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const lines = text.split('\n');
  const rest = lines.pop() ?? '';
  return { lines, torn: rest !== '' };
}

/** The vault's log, one chain for all who work in it. Append under the vault's lease. */
export class AuditLog {
  constructor(private readonly path: string) {}

  /** Everything in it, held against itself. @throws AppFailure `log-damaged` */
  entries(): readonly AuditEntry[] {
    const verdict = verifyChain(logLines(this.path).lines, [], CHAIN_TOOLS);
    return verdict.ok ? verdict.entries : fail({ code: 'log-damaged', line: verdict.line });
  }

  /**
   * Lines about a dossier as they stand there. They are not held against anything, which would take longer the
   * older the log is: this is asked before each line, and whoever relies on the log asks for `entries`.
   * @throws AppFailure `log-damaged`
   */
  about(dossier: string): Pick<AuditEntry, 'by' | 'what'>[] {
    return logLines(this.path).lines.flatMap((line, index): AuditEntry[] => {
      if (!line.includes(dossier)) return [];
      try {
        return [JSON.parse(line)];
      } catch {
        return fail({ code: 'log-damaged', line: index + 1 });
      }
    });
  }

  /**
   * On the disk when it returns.
   * @returns the entry, whose hash may serve as a checkpoint elsewhere
   * @throws AppFailure `value-invalid` before anything is written
   */
  append(event: AuditEvent, by: PersonKeys, now: Date): AuditEntry {
    const what = valid(AuditEvent, event);
    const { lines } = logLines(this.path);
    const before: AuditEntry | undefined = lines.length > 0 ? JSON.parse(lines.at(-1) ?? '') : undefined;
    const at = now.toISOString();
    const bare = {
      seq: (before?.seq ?? 0) + 1,
      at,
      ...(before && at < before.at ? { clockBack: true as const } : {}),
      by: by.person.id,
      what,
      prev: before?.hash ?? START,
    };
    const hash = hashOf(bare, CHAIN_TOOLS);
    const entry: AuditEntry = { ...bare, hash, signature: signText(by.signingKey, Buffer.from(hash, 'hex')) };
    this.write(`${canonical(entry)}\n`, lines);
    return entry;
  }

  /** Behind the lines that count; what a crash left of one more is cut off. */
  private write(line: string, lines: readonly string[]): void {
    const file = openSync(this.path, existsSync(this.path) ? 'r+' : 'w', 0o600);
    try {
      const end = lines.reduce((sum, each) => sum + Buffer.byteLength(each) + 1, 0);
      ftruncateSync(file, end);
      writeAll(file, line, end);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }
}

import type { Role } from '../vault/person.ts';
import { closedOutBy } from './closed.ts';
import { AuditEntry, mayWrite, type Checkpoint } from './entry.ts';

/** What the chain needs from the machine; core itself has no cryptography. */
export interface ChainTools {
  /** RFC 8785. */
  canonical(value: unknown): string;
  /** SHA-256, hex. */
  sha256(text: string): string;
  /** Ed25519. @param key raw, base64 @param hash hex @param signature base64 */
  verify(key: string, hash: string, signature: string): boolean;
}

export const START = '0'.repeat(64);

/** `H(prev || canonical JSON of the entry without its hash and signature)`, hex. */
export function hashOf(entry: Omit<AuditEntry, 'hash' | 'signature'>, tools: ChainTools): string {
  const { seq, at, clockBack, by, what, prev } = entry;
  return tools.sha256(prev + tools.canonical({ seq, at, ...(clockBack ? { clockBack } : {}), by, what, prev }));
}

export type ChainProblem =
  | 'not-an-entry'
  | 'gap'
  | 'altered'
  | 'broken-link'
  | 'unknown-person'
  | 'bad-signature'
  | 'not-allowed'
  | 'closed'
  | 'cut-tail'
  | 'rewritten'
  | 'other-vault'
  | 'bad-checkpoint'
  | 'out-of-course'
  | 'empty';

export type ChainVerdict =
  | {
      readonly ok: true;
      readonly entries: readonly AuditEntry[];
      readonly vault: string;
      readonly keys: ReadonlyMap<string, string>;
    }
  | { readonly ok: false; readonly problem: ChainProblem; readonly line: number };

/**
 * Holds a log against itself, and against checkpoints that were kept elsewhere. Keys come from the log:
 * the first entry names the vault's first person, each further one is named by an entry of a known one.
 * @param lines without line ends
 */
export function verifyChain(
  lines: readonly string[],
  checkpoints: readonly Checkpoint[],
  tools: ChainTools,
): ChainVerdict {
  const keys = new Map<string, string>();
  const roles = new Map<string, Role>();
  const entries: AuditEntry[] = [];
  const closed = new Set<string>();
  let vault = '';
  const bad = (problem: ChainProblem, line: number): ChainVerdict => ({ ok: false, problem, line });
  for (const [index, text] of lines.entries()) {
    const line = index + 1;
    const entry = parse(text, tools);
    if (!entry) return bad('not-an-entry', line);
    if (entry.seq !== line) return bad('gap', line);
    if (entry.prev !== (entries.at(-1)?.hash ?? START)) return bad('broken-link', line);
    if (hashOf(entry, tools) !== entry.hash) return bad('altered', line);
    const { what } = entry;
    if ((line === 1) !== (what.event === 'vault-created')) return bad('not-an-entry', line);
    if (what.event === 'vault-created') {
      vault = what.vault;
      keys.set(entry.by, what.verifyKey);
      roles.set(entry.by, what.role);
    }
    const key = keys.get(entry.by);
    const role = roles.get(entry.by);
    if (key === undefined || role === undefined) return bad('unknown-person', line);
    if (!tools.verify(key, entry.hash, entry.signature)) return bad('bad-signature', line);
    if (!mayWrite(role, what)) return bad('not-allowed', line);
    const about = closedOutBy(what);
    if (about !== undefined && closed.has(about)) return bad('closed', line);
    if (what.event === 'dossier-closed') closed.add(what.dossier);
    if (what.event === 'person-added') {
      // Nobody may come to stand for somebody else later on.
      if (keys.has(what.person)) return bad('not-an-entry', line);
      keys.set(what.person, what.verifyKey);
      roles.set(what.person, what.role);
    }
    entries.push(entry);
  }
  if (entries.length === 0) return bad('empty', 0);
  for (const checkpoint of checkpoints) {
    const problem = against(checkpoint, vault, entries, keys, tools);
    if (problem) return bad(problem, checkpoint.seq);
  }
  return { ok: true, entries, vault, keys };
}

function against(
  checkpoint: Checkpoint,
  vault: string,
  entries: readonly AuditEntry[],
  keys: ReadonlyMap<string, string>,
  tools: ChainTools,
): ChainProblem | undefined {
  if (checkpoint.vault !== vault) return 'other-vault';
  const entry = entries[checkpoint.seq - 1];
  if (!entry) return 'cut-tail';
  if (entry.hash !== checkpoint.hash) return 'rewritten';
  const key = keys.get(checkpoint.by);
  return key !== undefined && tools.verify(key, checkpoint.hash, checkpoint.signature) ? undefined : 'bad-checkpoint';
}

/** Only the canonical form counts: else the same entry could stand there in two ways. */
function parse(text: string, tools: ChainTools): AuditEntry | undefined {
  try {
    const parsed = AuditEntry.safeParse(JSON.parse(text));
    return parsed.success && tools.canonical(parsed.data) === text ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

export function checkpointOf(vault: string, entry: AuditEntry): Checkpoint {
  return { vault, seq: entry.seq, hash: entry.hash, by: entry.by, signature: entry.signature };
}

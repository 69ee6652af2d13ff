import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkpointOf, hashOf, START, verifyChain } from '../../core/audit/chain.ts';
import type { AuditEntry, AuditEvent } from '../../core/audit/entry.ts';
import { canonical, CHAIN_TOOLS, newSigningPair, signText } from '../../native/vault/signing.ts';

const VAULT = '00112233445566aa';
const ROOT = { id: 'aaaaaaaaaaaaaaaa', ...newSigningPair() };
const OTHER = { id: 'bbbbbbbbbbbbbbbb', ...newSigningPair() };
const STRANGER = { id: 'cccccccccccccccc', ...newSigningPair() };
type Person = typeof ROOT;
const AT = '2026-11-22T12:00:00.000Z';

function chainOf(events: readonly (readonly [Person, AuditEvent])[]): AuditEntry[] {
  const entries: AuditEntry[] = [];
  for (const [by, what] of events) {
    const at = new Date(1_790_000_000_000 + entries.length * 1000).toISOString();
    const bare = { seq: entries.length + 1, at, by: by.id, what, prev: entries.at(-1)?.hash ?? START };
    const hash = hashOf(bare, CHAIN_TOOLS);
    entries.push({ ...bare, hash, signature: signText(by.privateKey, Buffer.from(hash, 'hex')) });
  }
  return entries;
}

const beginning: readonly (readonly [Person, AuditEvent])[] = [
  [ROOT, { event: 'vault-created', vault: VAULT, verifyKey: ROOT.verifyKey, role: 'administrator' }],
  [ROOT, { event: 'person-added', person: OTHER.id, role: 'trainee', verifyKey: OTHER.verifyKey }],
];
const intents = (count: number) =>
  Array.from({ length: count }, (_, index): readonly [Person, AuditEvent] => [
    index % 2 ? ROOT : OTHER,
    { event: 'wipe-begun', dossier: VAULT, rule: `R${index + 1}` },
  ]);
const LOG = chainOf([...beginning, ...intents(20)]);
const LINES = LOG.map((entry) => canonical(entry));
const check = (lines: readonly string[], checkpoints = [checkpointOf(VAULT, LOG[15]!)]) =>
  verifyChain(lines, checkpoints, CHAIN_TOOLS);

describe('the log', () => {
  it('that nobody touched is right, with any place in it as a checkpoint', () => {
    for (const entry of LOG) expect(check(LINES, [checkpointOf(VAULT, entry)]).ok).toBe(true);
  });

  it('shows any single character that was changed', () => {
    fc.assert(
      fc.property(fc.nat(LINES.length - 1), fc.nat(10_000), fc.integer({ min: 32, max: 126 }), (line, place, code) => {
        const text = LINES[line]!;
        const at = place % text.length;
        const changed = text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1);
        fc.pre(changed !== text);
        expect(check(LINES.with(line, changed), []).ok).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('shows lines that were left out, doubled or moved', () => {
    fc.assert(
      fc.property(fc.nat(LINES.length - 2), fc.nat(LINES.length - 1), (from, to) => {
        const without = LINES.toSpliced(from, 1);
        expect(check(without, []).ok).toBe(false);
        expect(check(LINES.toSpliced(to, 0, LINES[from]!), []).ok).toBe(false);
        if (from !== to) expect(check(without.toSpliced(to, 0, LINES[from]!), []).ok).toBe(false);
      }),
    );
  });

  it('shows a tail that was cut off, by a checkpoint kept elsewhere', () => {
    for (let length = 1; length < 16; length++)
      expect(check(LINES.slice(0, length))).toMatchObject({ ok: false, problem: 'cut-tail' });
    expect(check(LINES.slice(0, 16)).ok).toBe(true);
  });

  it('shows a log that was written anew by someone who has every key', () => {
    const forged = chainOf([
      ...beginning,
      ...intents(20).map(([by], index) => [by, intents(index + 2).at(-1)![1]] as const),
    ]);
    expect(
      check(
        forged.map((entry) => canonical(entry)),
        [],
      ).ok,
    ).toBe(true);
    expect(check(forged.map((entry) => canonical(entry)))).toMatchObject({ ok: false, problem: 'rewritten' });
  });

  it('takes no entry of a stranger, nor one who names somebody anew', () => {
    const stranger = chainOf([...beginning, [STRANGER, intents(1)[0]![1]]]);
    expect(
      check(
        stranger.map((entry) => canonical(entry)),
        [],
      ),
    ).toMatchObject({ problem: 'unknown-person', line: 3 });
    const renamed: AuditEvent = {
      event: 'person-added',
      person: OTHER.id,
      role: 'trainee',
      verifyKey: STRANGER.verifyKey,
    };
    const twice = chainOf([...beginning, [ROOT, renamed]]);
    expect(
      check(
        twice.map((entry) => canonical(entry)),
        [],
      ),
    ).toMatchObject({ problem: 'not-an-entry', line: 3 });
  });

  it('takes nothing from someone who may not do it', () => {
    const lifted: AuditEvent = { event: 'hold-lifted', dossier: VAULT };
    const added: AuditEvent = {
      event: 'person-added',
      person: STRANGER.id,
      role: 'administrator',
      verifyKey: STRANGER.verifyKey,
    };
    for (const what of [lifted, added]) {
      const chain = chainOf([...beginning, [OTHER, what]]).map((entry) => canonical(entry));
      expect(check(chain, [])).toMatchObject({ problem: 'not-allowed', line: 3 });
    }
  });

  it('takes nothing of a dossier after it was closed, but what was left to people and what protects them (G6)', () => {
    const trainer: AuditEvent = {
      ...{ event: 'person-added', person: STRANGER.id, role: 'school-trainer', verifyKey: STRANGER.verifyKey },
    };
    const closed: AuditEvent = { event: 'dossier-closed', dossier: VAULT };
    const after = (what: AuditEvent) =>
      check(
        chainOf([...beginning, [ROOT, trainer], [STRANGER, closed], [STRANGER, what]]).map((entry) => canonical(entry)),
        [],
      );
    const sha256 = '0'.repeat(64);
    const task = { dossier: VAULT, task: OTHER.id };
    const refused: AuditEvent[] = [
      closed,
      { event: 'rejected', dossier: VAULT, sha256 },
      { event: 'rendered', dossier: VAULT, sha256, passed: true, findings: 0 },
      { event: 'exported', dossier: VAULT, sha256, approval: sha256, target: 'hva', delivery: VAULT },
    ];
    for (const what of refused) expect(after(what)).toMatchObject({ ok: false, problem: 'closed', line: 5 });
    const taken: AuditEvent[] = [
      { event: 'task-opened', ...task, kind: 'recall', owner: OTHER.id, due: '2026-12-01' },
      { event: 'task-done', ...task },
      { event: 'taken-back', dossier: VAULT, delivery: VAULT, how: 'attested' },
      { event: 'wipe-begun', dossier: VAULT, rule: 'R4' },
      { event: 'wiped', dossier: VAULT, complete: true, certificate: sha256 },
      { event: 'incident-opened', incident: VAULT, frozen: 1, noticedAt: AT, reportBy: AT },
      { event: 'rejected', dossier: OTHER.id, sha256 },
    ];
    for (const what of taken) expect(after(what).ok, what.event).toBe(true);
  });

  it('takes no checkpoint of another vault, and none that was made up', () => {
    const real = checkpointOf(VAULT, LOG[4]!);
    expect(check(LINES, [{ ...real, vault: OTHER.id }])).toMatchObject({ problem: 'other-vault' });
    expect(check(LINES, [{ ...real, signature: LOG[5]!.signature }])).toMatchObject({ problem: 'bad-checkpoint' });
  });

  it('has no room for names or paths', () => {
    const named = { event: 'wipe-begun', dossier: VAULT, rule: 'R4', name: 'Jan' } as unknown as AuditEvent;
    const entries = chainOf([...beginning, [ROOT, named]]);
    expect(
      check(
        entries.map((entry) => canonical(entry)),
        [],
      ),
    ).toMatchObject({ problem: 'not-an-entry' });
  });
});

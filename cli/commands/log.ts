import { existsSync } from 'node:fs';
import { verifyChain } from '../../core/audit/chain.ts';
import { outOfCourse } from '../../core/dossier/course.ts';
import { fail } from '../../core/errors.ts';
import { Certificate } from '../../core/vault/certificate.ts';
import { readJson } from '../../native/store/atomic.ts';
import { logLines } from '../../native/vault/audit-log.ts';
import { canonical, CHAIN_TOOLS, sha256 } from '../../native/vault/signing.ts';
import { certificateHolds } from '../../native/wipe/certificate.ts';
import type { Context } from '../context.ts';
import { vaultTexts } from '../words/vault-texts.ts';

const EXIT_NOT_RIGHT = 4;

/** Holds a log against itself and against certificates kept elsewhere; needs neither vault nor passphrase. */
export function verifyLog(file: string, certificates: readonly string[], context: Context): void {
  const words = vaultTexts(context.language);
  const { output } = context;
  if (!existsSync(file)) fail({ code: 'input-missing' });
  const read = certificates.map((path) => readJson(path, Certificate) ?? fail({ code: 'input-unreadable' }));
  const { lines, torn } = logLines(file);
  const verdict = torn
    ? ({ ok: false, problem: 'not-an-entry', line: lines.length + 1 } as const)
    : verifyChain(
        lines,
        read.map(({ checkpoint }) => checkpoint),
        CHAIN_TOOLS,
      );
  const refuse = (problem: keyof typeof words.problem, line: number) => {
    process.exitCode = EXIT_NOT_RIGHT;
    if (context.asJson) output.json({ event: 'log', right: false, problem, line });
    else output.say(words.logBad(line, words.problem[problem]));
  };
  if (!verdict.ok) return refuse(verdict.problem, verdict.line);
  const [past] = outOfCourse(verdict.entries);
  if (past) return refuse('out-of-course', past.seq);
  for (const certificate of read) {
    const { checkpoint, body } = certificate;
    const what = verdict.entries[checkpoint.seq - 1]?.what;
    const key = verdict.keys.get(body.by.id);
    const belongs = what?.event === 'wiped' && what.certificate === sha256(canonical(body));
    if (!belongs || key === undefined || !certificateHolds(certificate, key))
      return refuse('bad-checkpoint', checkpoint.seq);
  }
  if (context.asJson) output.json({ event: 'log', right: true, lines: verdict.entries.length });
  else {
    output.say(words.logGood(verdict.entries.length));
    if (read.length > 0) output.say(words.certificateGood);
  }
}

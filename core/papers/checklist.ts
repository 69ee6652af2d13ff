import { outOfCourse } from '../dossier/course.ts';
import { openObjections } from '../dossier/hand-in.ts';
import { intakeRefusals, type IntakeRule } from '../dossier/intake.ts';
import { dueOf, keepingFacts } from '../retention/terms.ts';
import { DossierLog, type Line } from './dossier-log.ts';
import type { Mark } from './paper.ts';
import { sealedPart, type RecordSource, type SealedPart } from './record-source.ts';
import { standingApproval } from './standing-approval.ts';

/** The measures of the Trinitas guide, a to f, as far as something can be shown of them (M6). */
export const CHECKS = [
  'a-necessary',
  'a-not-proof-only',
  'a-evaluated',
  'b-informed',
  'c-hidden',
  'c-approved',
  'c-objections',
  'c-from-behind',
  'd-vault',
  'd-source',
  'd-institute',
  'e-wiped',
  'e-copies',
  'e-taken-back',
  'f-exports',
  'f-public',
] as const;
export type CheckId = (typeof CHECKS)[number];

/** Why there is no tick, or what is to be known of one. */
export type CheckNote =
  | { readonly code: 'not-logged' | 'differs-from-log' | 'late' | 'proof-only' | 'not-recorded' | 'not-answered' }
  | { readonly code: 'words-gone' | 'key-lacking' | 'despite-findings' | 'stands-no-more' | 'nobody-objects' }
  | { readonly code: 'reopened' | 'partly' | 'nothing-left' | 'unapproved' | 'no-clip' | 'not-yet' }
  | { readonly code: 'met'; readonly count: number }
  | { readonly code: 'open'; readonly count: number }
  | { readonly code: 'on' | 'due'; readonly day: string };

export interface Check {
  readonly id: CheckId;
  readonly mark: Mark;
  /** Of the log: who, and when. Every tick has one. */
  readonly line?: Line;
  readonly note?: CheckNote;
}

type Found = Omit<Check, 'id'>;
type Finder = (log: DossierLog, source: RecordSource) => Found;

const shown = (line: Line, note?: CheckNote): Found => ({ mark: 'shown', line, ...(note ? { note } : {}) });
const open = (code: Exclude<CheckNote['code'], 'met' | 'open' | 'on' | 'due'>, line?: Line): Found => ({
  mark: 'open',
  note: { code },
  ...(line ? { line } : {}),
});
const left = (count: number): Found => ({ mark: 'open', note: { code: 'open', count } });

/** Each measure with its evidence. Without evidence there is no tick, whatever is likely. */
export function checklistOf(source: RecordSource): Check[] {
  const log = new DossierLog(source.entries, source.dossier);
  return CHECKS.map((id) => ({ id, ...FINDERS[id](log, source) }));
}

/** Answers of gate G0: given by whoever opened the dossier, then. */
function answered(rules: readonly IntakeRule[], against: Partial<Record<IntakeRule, CheckNote>>): Finder {
  return (log, source) => {
    const line = log.of('dossier-opened')[0];
    if (!line) return open('not-logged');
    const sealed = sealedPart(source);
    // The log takes in this line only when every answer was there; which words they were went with the key.
    if (!sealed) return shown(line, { code: source.sealed === 'gone' ? 'words-gone' : 'key-lacking' });
    const { intake, recordedOn } = sealed.state;
    if (!intake) return open('not-answered');
    const { purpose, ground, material } = line.what;
    const same = intake.purpose === purpose && intake.ground === ground && intake.material === material;
    if (!same) return { mark: 'against', line, note: { code: 'differs-from-log' } };
    const refusals = intakeRefusals({ ...intake, recordedOn: earlier(intake.recordedOn, recordedOn) });
    const found = refusals.map(({ rule }) => rule).filter((rule) => rules.includes(rule));
    const [worst] = found.flatMap((rule) => against[rule] ?? []);
    if (worst) return { mark: 'against', line, note: worst };
    return found.length > 0 ? open('not-answered', line) : shown(line);
  };
}

function earlier(one: string, other: string): string {
  return one === '' || other < one ? other : one;
}

const hidden: Finder = (log, source) => {
  const line = log.last('rendered');
  const clip = sealedPart(source)?.state.clip;
  const present = sealedPart(source) ? clip : line?.what.sha256;
  if (!line || present === undefined || present !== line.what.sha256 || log.since(line, ['decided']))
    return open('no-clip');
  return line.what.passed ? shown(line) : open('despite-findings', line);
};

const approved: Finder = (log, source) => {
  const line = log.last('approved');
  if (!line) return open('not-yet');
  return standingApproval(log, source) ? shown(line) : open('stands-no-more', line);
};

const objections: Finder = (log, source) => {
  const sealed = sealedPart(source);
  const line = log.last('resolved');
  if (line && log.since(line, ['reopened'])) return open('reopened', line);
  if (!sealed) {
    if (line) return shown(line, { code: 'met', count: line.what.pupils });
    return open(source.sealed === 'gone' ? 'words-gone' : 'key-lacking');
  }
  return met(sealed, line, log);
};

function met({ state, resolutions }: SealedPart, line: Line<'resolved'> | undefined, log: DossierLog): Found {
  const { intake } = state;
  const opened = log.of('dossier-opened')[0];
  if (!intake?.objectionsChecked || !opened) return open('not-answered');
  if (log.since(opened, ['reopened']) && !line) return open('reopened');
  if (intake.objections.length === 0) return shown(line ?? opened, { code: 'nobody-objects' });
  const unmet = openObjections(state).length;
  if (unmet > 0) return left(unmet);
  // What the dossier says alone, whoever works in it could have written at any time.
  if (!line || line.what.resolutions !== resolutions) return open('not-logged');
  return shown(line, { code: 'met', count: intake.objections.length });
}

const wiped: Finder = (log, { entries, dossier }) => {
  const line = log.last('wiped');
  if (line) return line.what.complete ? shown(line) : open('partly', line);
  const facts = keepingFacts(entries).get(dossier);
  return facts ? { mark: 'open', note: { code: 'due', day: dueOf(facts).on } } : open('not-logged');
};

const copies: Finder = (log) => {
  const tasks = new Set(log.of('task-opened').map(({ what }) => what.task));
  const done = log.of('task-done').filter(({ what }) => tasks.has(what.task));
  const unfinished = tasks.size - new Set(done.map(({ what }) => what.task)).size;
  const last = done.at(-1);
  if (!last || tasks.size === 0) return tasks.size === 0 ? open('not-recorded') : left(unfinished);
  return unfinished > 0 ? left(unfinished) : shown(last);
};

const takenBack: Finder = (log) => {
  const given = new Set([...log.of('exported'), ...log.of('export-begun')].map(({ what }) => what.delivery));
  if (given.size === 0) return { mark: 'none', note: { code: 'nothing-left' } };
  const back = log.of('taken-back').filter(({ what }) => given.has(what.delivery));
  const unfinished = given.size - new Set(back.map(({ what }) => what.delivery)).size;
  const last = back.at(-1);
  return last && unfinished === 0 ? shown(last) : left(unfinished);
};

const exported: Finder = (log) => {
  const all = log.of('exported');
  const last = all.at(-1);
  if (!last) return { mark: 'none', note: { code: 'nothing-left' } };
  // Those very bytes, under that very approval, with nothing in between that voids it (G4).
  const past = new Set(outOfCourse(log.lines).map(({ seq }) => seq));
  const wild = all.find(({ seq }) => past.has(seq));
  return wild ? { mark: 'against', line: wild, note: { code: 'unapproved' } } : shown(last);
};

const FINDERS: Record<CheckId, Finder> = {
  'a-necessary': answered(['P4'], {}),
  'a-not-proof-only': answered(['P5', 'P5-unanswered'], { P5: { code: 'proof-only' } }),
  'a-evaluated': (log) => {
    const line = log.last('assessed');
    return line ? shown(line, { code: 'on', day: line.what.on }) : open('not-yet');
  },
  'b-informed': answered(['I1', 'I1-late'], { 'I1-late': { code: 'late' } }),
  'c-hidden': hidden,
  'c-approved': approved,
  'c-objections': objections,
  'c-from-behind': () => open('not-recorded'),
  'd-vault': (log) => {
    const line = log.last('imported');
    return line ? shown(line) : open('not-logged');
  },
  'd-source': (log) => {
    const line = log.last('source-wiped');
    if (!line) return open('not-recorded');
    return line.what.complete ? shown(line) : open('partly', line);
  },
  'd-institute': (log) =>
    log.last('exported') ? open('not-recorded') : { mark: 'none', note: { code: 'nothing-left' } },
  'e-wiped': wiped,
  'e-copies': copies,
  'e-taken-back': takenBack,
  'f-exports': exported,
  'f-public': () => open('not-recorded'),
};

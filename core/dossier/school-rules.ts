import type { Ground, Purpose } from './kinds.ts';

/** What the school decided and its register says, as far as the answers of gate G0 are held against it. */
export interface SchoolRules {
  /** Closed list, each with its ground (P1, P10, P11, P13). */
  readonly purposes: readonly { readonly purpose: Purpose; readonly ground: Ground }[];
  /** Whether a recording may serve as proof and nothing else (P5). */
  readonly proofOnly: 'deny' | 'allow';
  /** What leaves the school: nothing, what tests a competence alone, or whatever its purpose lets go (P7, P14). */
  readonly sharing: 'never' | 'assessment-only' | 'to-institute';
  /** How long a recording of a lesson is kept (R3: questions, letter and timer say the same). */
  readonly lessonTerms: { readonly daysAfterAssessment: number; readonly daysAfterImport: number };
  /** How an objection may be met here (B4 to B6). */
  readonly resolutions: readonly ('out-of-view' | 'cut' | 'masked')[];
  /** Pupils of the class who must not be in view, by the register: they object, or did not consent (B1, P13). */
  readonly toHide: readonly { readonly pupil: string; readonly seat: string }[];
}

/** Answers, as far as they name who objects. */
interface Objections {
  readonly objections: readonly { readonly pupil: string; readonly seat: string }[];
}

/** Pupils of whom the answers say nothing though they must not be in view: they may have come in later (B2). */
export function missingObjections(intake: Objections | undefined, { toHide }: SchoolRules): SchoolRules['toHide'] {
  const known = new Set((intake?.objections ?? []).map(({ pupil }) => pupil.trim()));
  return toHide.filter(({ pupil }) => !known.has(pupil));
}

/** The answers with everybody in them whom the register knows. */
export function withObjections<T extends Objections>(intake: T, rules: SchoolRules): T {
  const added = missingObjections(intake, rules).map(({ pupil, seat }) => ({ pupil, seat }));
  return added.length === 0 ? intake : { ...intake, objections: [...intake.objections, ...added] };
}

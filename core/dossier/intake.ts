import { z } from 'zod';
import { SourceKind } from '../audit/entry.ts';
import { Ground, Material, Purpose } from './kinds.ts';
import { missingObjections, type SchoolRules } from './school-rules.ts';

/** Who held the camera (I8, I12). */
export const FilmedBy = z.enum(['trainee', 'colleague', 'external', 'pupil-or-parent']);
/** Camera surveillance is another processing altogether (P9). */
export const IntakeSource = z.enum([...SourceKind.options, 'surveillance']);

const text = (most: number) => z.string().max(most).default('');
const day = z.union([z.iso.date(), z.literal('')]).default('');

export const StaffConsent = z.strictObject({ name: z.string().min(1).max(80), consentOn: day });

/** A pupil who objects, by pseudonym and place in the class; never a name or a picture (B1). */
export const Objection = z.strictObject({
  pupil: z.string().min(1).max(40),
  seat: z.string().max(80).default(''),
});
export type Objection = z.infer<typeof Objection>;

/** The answers of gate G0. A draft may lack any of them. */
export const Intake = z.strictObject({
  /** The user's own words for the lesson. */
  label: text(80),
  group: text(40),
  recordedOn: day,
  source: IntakeSource.optional(),
  filmedBy: FilmedBy.optional(),
  purpose: Purpose.optional(),
  ground: Ground.optional(),
  /** What kind of material it is; some schools let one kind alone leave (P7). */
  material: Material.optional(),
  /** Why a video is needed, and not something else (P4). */
  necessity: text(600),
  /** Also used for evaluation and analysis, not as proof alone (P5, P6). */
  forEvaluation: z.boolean().optional(),
  staff: z.array(StaffConsent).max(12).default([]),
  /** What the pupils were told beforehand (I1). */
  informed: z
    .strictObject({
      on: day,
      why: z.boolean().default(false),
      who: z.boolean().default(false),
      howLong: z.boolean().default(false),
    })
    .default({ on: '', why: false, who: false, howLong: false }),
  /** The class's register was looked at, also when nobody objects (B1). */
  objectionsChecked: z.boolean().default(false),
  objections: z.array(Objection).max(40).default([]),
  /** Of an online lesson or livestream: said at the start that it is recorded, and why (I10, I11). */
  announced: z.boolean().default(false),
});
export type Intake = z.infer<typeof Intake>;

export const EMPTY_INTAKE: Intake = Intake.parse({});

/** An answer that is missing or forbids the recording. `stop`: no other answer will do, this way is closed. */
export interface IntakeRefusal {
  readonly rule: IntakeRule;
  readonly field: keyof Intake;
  readonly stop: boolean;
}

export type IntakeRule =
  | 'label'
  | 'group'
  | 'recorded-on'
  | 'P1'
  | 'P1-school'
  | 'P4'
  | 'P5'
  | 'P5-unanswered'
  | 'P7'
  | 'P9'
  | 'P9-unanswered'
  | 'P10'
  | 'P10-school'
  | 'I1'
  | 'I1-late'
  | 'I3'
  | 'I3-late'
  | 'I8'
  | 'I10'
  | 'I11'
  | 'I12'
  | 'I12-unanswered'
  | 'B1'
  | 'B1-register'
  | 'B1-double';

/** Shorter than this says nothing about why a video is needed. */
const LEAST_NECESSITY = 20;

/**
 * All that still stands between these answers and an import, in the order of the questions.
 * @param school undefined: what holds in every school
 */
export function intakeRefusals(intake: Intake, school?: SchoolRules): IntakeRefusal[] {
  const found: IntakeRefusal[] = [];
  const refuse = (unless: boolean, rule: IntakeRule, field: keyof Intake, stop = false) => {
    if (!unless) found.push({ rule, field, stop });
  };
  const { informed, staff } = intake;
  refuse(intake.label.trim() !== '', 'label', 'label');
  refuse(intake.group.trim() !== '', 'group', 'group');
  refuse(intake.recordedOn !== '', 'recorded-on', 'recordedOn');
  refuse(intake.source !== undefined, 'P9-unanswered', 'source');
  refuse(intake.source !== 'surveillance', 'P9', 'source', true);
  refuse(intake.filmedBy !== undefined, 'I12-unanswered', 'filmedBy');
  refuse(intake.filmedBy !== 'pupil-or-parent', 'I12', 'filmedBy', true);
  refuse(intake.filmedBy !== 'external', 'I8', 'filmedBy', true);
  refuse(intake.purpose !== undefined, 'P1', 'purpose');
  const chosen = school?.purposes.find(({ purpose }) => purpose === intake.purpose);
  refuse(!school || intake.purpose === undefined || chosen !== undefined, 'P1-school', 'purpose', true);
  refuse(intake.ground !== undefined, 'P10', 'ground');
  refuse(!chosen || intake.ground === undefined || chosen.ground === intake.ground, 'P10-school', 'ground');
  refuse(intake.material !== undefined, 'P7', 'material');
  refuse(intake.necessity.trim().length >= LEAST_NECESSITY, 'P4', 'necessity');
  refuse(intake.forEvaluation !== undefined, 'P5-unanswered', 'forEvaluation');
  refuse(intake.forEvaluation !== false || school?.proofOnly === 'allow', 'P5', 'forEvaluation', true);
  refuse(staff.length > 0 && staff.every(({ consentOn }) => consentOn !== ''), 'I3', 'staff');
  const before = staff.every(({ consentOn }) => consentOn === '' || consentOn <= intake.recordedOn);
  refuse(intake.recordedOn === '' || before, 'I3-late', 'staff');
  refuse(informed.on !== '' && informed.why && informed.who && informed.howLong, 'I1', 'informed');
  const late = informed.on !== '' && intake.recordedOn !== '' && informed.on > intake.recordedOn;
  refuse(!late, 'I1-late', 'informed');
  refuse(intake.source !== 'online-lesson' || intake.announced, 'I10', 'announced');
  refuse(intake.source !== 'livestream' || intake.announced, 'I11', 'announced');
  refuse(intake.objectionsChecked, 'B1', 'objectionsChecked');
  refuse(!school || missingObjections(intake, school).length === 0, 'B1-register', 'objections');
  // How an objection was met goes by the pseudonym.
  const pupils = intake.objections.map(({ pupil }) => pupil.trim());
  refuse(new Set(pupils).size === pupils.length, 'B1-double', 'objections');
  return found;
}

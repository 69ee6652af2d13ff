import type { CaseLine } from '../../core/dossier/case-line.ts';
import type { ItemState } from '../../core/delivery/item-state.ts';
import type { DeliveryState } from '../../core/delivery/journal.ts';
import type { Draft } from '../../core/dossier/draft.ts';
import type { TaskKind } from '../../core/dossier/tasks.ts';
import type { Portal } from '../../core/profile/profile.ts';
import type { DossierState } from '../../core/dossier/events.ts';
import type { HandInRefusal } from '../../core/dossier/hand-in.ts';
import type { IntakeRefusal } from '../../core/dossier/intake.ts';
import type { SchoolRules } from '../../core/dossier/school-rules.ts';
import type { AppError } from '../../core/errors.ts';
import type { FrameRate } from '../../core/media/frame-rate.ts';
import type { Stage } from '../../core/pipeline/progress.ts';
import type { SoundMode } from '../../core/sound/sound-plan.ts';
import type { HeardSound } from '../../core/sound/speech.ts';
import type { FollowEnd } from '../../core/track/follow-area.ts';
import type { Track } from '../../core/track/track.ts';
import type { ReviewView } from '../../core/review/assessment.ts';
import type { ClassRegister } from '../../core/register/class-register.ts';
import type { PlanProblem } from '../../core/register/import-plan.ts';
import type { Role } from '../../core/vault/person.ts';
import type { Showing } from '../../core/vault/showing.ts';
import type { VerificationReport } from '../../core/verify/report.ts';

export interface ShellState {
  readonly language: 'nl' | 'en';
  readonly version: string;
  /** Set when a vault was used before; `failure` when it can't be opened now. */
  readonly vault:
    { readonly name: string; readonly people: readonly Person[]; readonly failure?: AppError } | undefined;
  readonly unlocked: Person | undefined;
}

/** A folder or file that the user chose; only its name is shown. */
export interface Found {
  readonly token: string;
  readonly name: string;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
}

export interface MadePerson {
  readonly person: Person;
  readonly recoveryCode: string;
}

export interface StorageView {
  readonly medium: string;
  readonly fileSystem: string;
  readonly snapshots: string;
  readonly overwriteReliable: string;
}

export interface MadeVault extends MadePerson {
  readonly storage: StorageView;
}

export interface Overview {
  readonly cases: readonly CaseLine[];
  readonly drafts: readonly Draft[];
}

/** Answers of gate G0, held against what the school decided and its register says of the class. */
export interface AnswersView {
  readonly school: SchoolRules;
  readonly refusals: readonly IntakeRefusal[];
}

export interface SourceView {
  readonly name: string;
  readonly bytes: number;
  readonly seconds: number;
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  readonly codec: string;
  readonly sound: boolean;
  /** Names of tags that point at a person or place; they are left behind. */
  readonly personalTags: readonly string[];
  readonly medium: string;
}

export interface AnalysisView {
  readonly id: string;
  readonly frameCount: number;
  readonly cuts: readonly number[];
  readonly damaged: boolean;
  readonly tracks: readonly Track[];
  /** Where somebody speaks; undefined where there is no sound, or nobody listened. */
  readonly heard: HeardSound | undefined;
}

export interface FollowedArea {
  /** `frame, x, y, w, h` a row, in pixels of the recording; rising frames. */
  readonly keyframes: Float32Array;
  /** Why it went no further, towards the beginning and towards the end. */
  readonly backward: FollowEnd;
  readonly forward: FollowEnd;
}

export interface CaseView {
  readonly id: string;
  readonly state: DossierState;
  readonly width: number;
  readonly height: number;
  readonly rate: FrameRate;
  readonly frames: number;
  readonly analysis: AnalysisView | undefined;
  readonly report: VerificationReport | undefined;
  /** Paths below the app's own origin; undefined where there is nothing to look at. */
  readonly media: { readonly proxy: string | undefined; readonly clip: string | undefined };
  readonly handInRefusals: readonly HandInRefusal[];
  readonly trainers: readonly Person[];
  /** The most that this school lets be heard; undefined where the recording has no sound. */
  readonly sound: SoundMode | undefined;
  /** What the school decided and its register says, now. */
  readonly school: SchoolRules;
  /** Set when whoever sits here may judge the clip. */
  readonly review: ReviewView | undefined;
  /** A clip of it lies outside the school. */
  readonly outside: boolean;
  /** To how many it was shown (M7, S7). */
  readonly showings: {
    /** Whoever sits here may show it under supervision. */
    readonly supervised: boolean;
    readonly noted: readonly Showing[];
  };
  /** Of the present clip, with the name of who signed. */
  readonly approval: { readonly by: string; readonly at: string } | undefined;
}

/** What can be done with a dossier whose clip was approved. */
export interface AfterView {
  readonly targets: readonly Portal[];
  readonly deliveries: readonly DeliveryLine[];
  /** `YYYY-MM-DD` */
  readonly assessedOn: string | undefined;
  readonly due: string;
}

export interface DeliveryLine {
  readonly delivery: string;
  readonly target: string;
  readonly begunAt: string;
  readonly state: DeliveryState['state'];
  /** Receipt number that the portal gave to a person. */
  readonly receipt: string | undefined;
  readonly takenBack: DeliveryState['takenBack'];
}

export interface Delivered {
  /** Name of the folder and of the clip in it. */
  readonly folder: string;
  readonly name: string;
}

export interface Wiped {
  readonly complete: boolean;
  /** What is left to people. */
  readonly tasks: readonly TaskKind[];
}

export interface RegisterView {
  /** `YYYY-MM-DD`, by which entries are judged. */
  readonly today: string;
  readonly registers: readonly ClassRegister[];
}

export interface AddedEntry {
  readonly pupil: string;
  /** Dossiers of that class that were reopened; `unseen` could not be opened from here. */
  readonly reopened: number;
  readonly unseen: number;
}

/** What a list would do or did; `rows` names what keeps it out, and then nothing was taken in. */
export interface ListOutcome {
  readonly rows: readonly { readonly line: number; readonly problem: PlanProblem }[];
  readonly objections: number;
  readonly consents: number;
  readonly unanswered: number;
  readonly unchanged: number;
  readonly droppedColumns: number;
  readonly renamed: readonly { readonly line: number; readonly pupil: string }[];
}

export interface JobStep {
  readonly job: string;
  readonly stage: Stage | 'copy' | 'read-back';
  readonly done: number;
  readonly total: number;
  readonly round: number;
  readonly speed: number;
  readonly secondsLeft: number;
}

export interface JobEnd {
  readonly job: string;
  readonly what: 'import' | 'analyse' | 'render';
  readonly outcome: 'done' | 'cancelled' | { readonly error: AppError };
  /** Name of the dossier it led to. */
  readonly dossier: string | undefined;
}

export interface BatchOffer {
  /** Approved, and mine to hand in. */
  readonly clips: readonly {
    readonly dossier: string;
    readonly label: string;
    readonly milliseconds: number | undefined;
  }[];
  readonly targets: readonly (Pick<Portal, 'id' | 'name' | 'platform' | 'host' | 'rulesPage'> & {
    readonly signedIn: boolean;
  })[];
}

/** A place at a target, as it is written and as the target calls it. */
export interface PlaceView {
  readonly place: string;
  readonly label: string;
}

export interface BatchView {
  readonly running: boolean;
  readonly items: readonly ItemState[];
}

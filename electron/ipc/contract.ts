import { z } from 'zod';
import { Decisions } from '../../core/decision/decisions.ts';
import { Resolution } from '../../core/dossier/events.ts';
import { Intake } from '../../core/dossier/intake.ts';
import type { AppError } from '../../core/errors.ts';
import { Comment, ResidualAnswers, type ReviewView } from '../../core/review/assessment.ts';
import type { Cue } from '../../core/subtitles/cue.ts';
import { Id, StaffRole } from '../../core/vault/person.ts';
import { AFTER_CALLS } from './after-calls.ts';
import { BATCH_CALLS } from './batch-calls.ts';
import { call, nothing, Token, type Call } from './call.ts';
import { OFFICER_CALLS } from './officer-calls.ts';
import { SCHOOL_CALLS } from './school-calls.ts';
import type {
  AnswersView,
  CaseView,
  FollowedArea,
  Found,
  JobEnd,
  JobStep,
  MadePerson,
  MadeVault,
  Overview,
  Person,
  ShellState,
  SourceView,
} from './views.ts';

const Passphrase = z.string().max(200);
const Name = z.string().min(1).max(80);
/** Pixels of the recording. */
const pixels = z.number().min(-100_000).max(100_000);
const Area = z.strictObject({ x: pixels, y: pixels, w: pixels.positive(), h: pixels.positive() });
const seconds = z.number().min(0).max(360_000);
const Fragment = z.strictObject({ from: seconds, to: seconds });
const Reason = z.string().min(1).max(600);
const QualityName = z.enum(['fast', 'careful']);

/** Every call that a screen can make. Router, client and test doubles are derived from it. */
export const CONTRACT = {
  'shell.state': call<ShellState>()('shell', nothing),
  /** Lets the user choose a folder; undefined when they don't. */
  'shell.chooseFolder': call<Found | undefined>()('shell', nothing),
  /** Lets the user choose a file with subtitles; undefined when they don't. */
  'shell.chooseSubtitles': call<readonly Cue[] | undefined>()('shell', nothing),
  /** Lets the user choose a recording. */
  'shell.chooseSource': call<Found | undefined>()('shell', nothing),
  /** What the screen shows for printing, as a PDF where the user wants it; false when they don't. */
  'shell.savePdf': call<boolean>()('shell', z.strictObject({ name: z.string().regex(/^[\w-]{1,60}$/) })),
  'shell.language': call<void>()('shell', z.strictObject({ language: z.enum(['nl', 'en']) })),
  'vault.choose': call<Person[]>()('shell', z.strictObject({ folder: Token })),
  'vault.people': call<Person[]>()('host', nothing),
  'vault.make': call<MadeVault>()(
    'shell',
    z.strictObject({ folder: Token, name: Name, passphrase: Passphrase, allowLocal: z.boolean() }),
  ),
  'vault.unlock': call<Person>()('host', z.strictObject({ person: Id, passphrase: Passphrase })),
  'vault.lock': call<void>()('host', nothing),
  'vault.addPerson': call<MadePerson>()(
    'host',
    z.strictObject({ role: StaffRole, name: Name, passphrase: Passphrase }),
  ),
  'cases.overview': call<Overview>()('host', nothing),
  'draft.begin': call<string>()('host', nothing),
  'draft.read': call<{ intake: Intake } & AnswersView>()('host', z.strictObject({ id: Id })),
  'draft.save': call<AnswersView>()('host', z.strictObject({ id: Id, intake: Intake })),
  'draft.remove': call<void>()('host', z.strictObject({ id: Id })),
  'source.look': call<SourceView>()('shell', z.strictObject({ source: Token })),
  'source.import': call<string>()('shell', z.strictObject({ source: Token, draft: Id, fragment: Fragment.optional() })),
  'source.wipe': call<{ complete: boolean; unsure: boolean }>()(
    'shell',
    z.strictObject({ source: Token, dossier: Id }),
  ),
  'case.open': call<CaseView>()('host', z.strictObject({ id: Id })),
  'case.analyse': call<string>()('host', z.strictObject({ quality: QualityName })),
  'case.decide': call<void>()('host', z.strictObject({ decisions: Decisions })),
  /** Goes after what a drawn area shows, both ways. */
  'case.follow': call<FollowedArea>()(
    'host',
    z.strictObject({ area: Area, frame: z.number().int().nonnegative().max(10_000_000) }),
  ),
  'case.resolve': call<void>()('host', z.strictObject({ pupil: z.string().max(40), resolution: Resolution })),
  'case.render': call<string>()('host', z.strictObject({ quality: QualityName })),
  'case.handIn': call<void>()('host', z.strictObject({ to: Id })),
  'review.state': call<ReviewView>()('host', nothing),
  /** What the screen played just now, in seconds of the clip. */
  'review.watched': call<ReviewView>()('host', z.strictObject({ from: seconds, to: seconds })),
  'review.answer': call<ReviewView>()('host', z.strictObject({ residual: ResidualAnswers })),
  'review.comment': call<ReviewView>()('host', z.strictObject({ comments: z.array(Comment).max(200) })),
  'review.approve': call<void>()('host', nothing),
  'review.sendBack': call<void>()('host', z.strictObject({ reason: Reason })),
  'review.reject': call<void>()('host', z.strictObject({ reason: Reason })),
  'job.cancel': call<void>()('host', nothing),
  ...SCHOOL_CALLS,
  ...AFTER_CALLS,
  ...BATCH_CALLS,
  ...OFFICER_CALLS,
} as const;

export type CallName = keyof typeof CONTRACT;
type NamesBy<By> = { [N in CallName]: (typeof CONTRACT)[N]['by'] extends By ? N : never }[CallName];
export type HostCallName = NamesBy<'host'>;
export type ShellCallName = NamesBy<'shell'>;
export type Input<N extends CallName> = z.input<(typeof CONTRACT)[N]['in']>;
export type Output<N extends CallName> =
  (typeof CONTRACT)[N] extends Call<'shell' | 'host', z.ZodType, infer Out> ? Out : never;

/** Failures cross as values, so that what went wrong is never told by the text of an exception. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: AppError };

/** What is told without being asked. */
export type Told =
  | ({ readonly kind: 'progress' } & JobStep)
  | ({ readonly kind: 'ended' } & JobEnd)
  | { readonly kind: 'locked'; readonly why: 'idle' | 'asleep' | 'host-gone' }
  | { readonly kind: 'media-damaged' };

export function isCallName(name: unknown): name is CallName {
  return typeof name === 'string' && Object.hasOwn(CONTRACT, name);
}

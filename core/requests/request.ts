import { z } from 'zod';
import { Group, Pseudonym } from '../register/entry.ts';
import { Id } from '../vault/person.ts';

/** Inzage, verwijdering, beperking, bezwaar (V1; AVG art. 15, 17, 18 and 21). */
export const RequestKind = z.enum(['access', 'erasure', 'restriction', 'objection']);
export type RequestKind = z.infer<typeof RequestKind>;

/** Who asks. Which pupil it is about is told by pseudonym alone. */
export const RequestBy = z.enum(['pupil', 'parent', 'staff']);
export type RequestBy = z.infer<typeof RequestBy>;

const day = z.iso.date();
const dossiers = z.array(Id).max(2000);

/** What someone asks of the school; sealed. There is no field for a name, an address or a picture. */
export const DataRequest = z.strictObject({
  id: Id,
  kind: RequestKind,
  group: Group,
  /** First and last day of the lessons it is about; one day is both. */
  from: day,
  to: day,
  pupil: Pseudonym.optional(),
  by: RequestBy,
  /** Day on which the school received it. */
  received: day,
});
export type DataRequest = z.infer<typeof DataRequest>;

export const RequestOutcome = z.enum(['granted', 'partly', 'refused']);
export type RequestOutcome = z.infer<typeof RequestOutcome>;

/** The articles by which a request may be met in part or not at all; nothing else is a reason. */
export const RefusalRule = z.enum([
  'art-11-2',
  'art-12-5',
  'art-12-6',
  'art-15-4',
  'art-17-1',
  'art-17-3',
  'art-18-1',
  'art-21-1',
  'uavg-41',
]);
export type RefusalRule = z.infer<typeof RefusalRule>;

/** Who asks can't be told apart, asks too often, does not say who they are, or a law stands in the way: for every kind. */
const ALWAYS: readonly RefusalRule[] = ['art-11-2', 'art-12-5', 'art-12-6', 'uavg-41'];
const OWN: Record<RequestKind, readonly RefusalRule[]> = {
  access: ['art-15-4'],
  erasure: ['art-17-1', 'art-17-3'],
  restriction: ['art-18-1'],
  objection: ['art-21-1'],
};

export function rulesFor(kind: RequestKind): readonly RefusalRule[] {
  return [...OWN[kind], ...ALWAYS];
}

/** What can happen to a request; nothing in it is ever altered. */
export const RequestEvent = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('received'), request: DataRequest }),
  /**
   * Someone looked for the dossiers it is about, by class and date, with the keys that they have.
   * `cleared`: of another class; `unseen`: of these days, and of which class could not be read.
   */
  z.strictObject({
    event: z.literal('handled'),
    on: day,
    concerned: dossiers,
    cleared: dossiers,
    unseen: dossiers,
  }),
  /** Once, by two months, and the person is told why (art. 12(3)). */
  z.strictObject({ event: z.literal('extended'), on: day, reason: z.string().max(400) }),
  z.strictObject({
    event: z.literal('answered'),
    on: day,
    outcome: RequestOutcome,
    reason: z.string().max(600),
    rule: RefusalRule.optional(),
  }),
]);
export type RequestEvent = z.infer<typeof RequestEvent>;
export type RequestStep = Exclude<RequestEvent, { event: 'received' }>;
export type RequestAnswer = Extract<RequestEvent, { event: 'answered' }>;

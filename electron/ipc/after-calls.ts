import { z } from 'zod';
import { IncidentFacts } from '../../core/incidents/incident.ts';
import { Id } from '../../core/vault/person.ts';
import { call } from './call.ts';
import type { AfterView, Delivered, Wiped } from './views.ts';

const dossier = z.strictObject({ dossier: Id });

/** What comes after an approval: handing over, taking back, assessing, wiping; and what the school writes down. */
export const AFTER_CALLS = {
  'after.read': call<AfterView>()('host', dossier),
  /** Puts the approved clip into a folder that the user chooses; undefined when they don't. */
  'after.deliver': call<Delivered | undefined>()(
    'shell',
    z.strictObject({ dossier: Id, target: z.string().max(24), pageRead: z.boolean() }),
  ),
  'after.receipt': call<void>()('host', z.strictObject({ delivery: Id, number: z.string().max(40) })),
  /** `attest`: whoever asks says that no copy is left at the institute (R2). */
  'after.takeBack': call<void>()('host', z.strictObject({ delivery: Id, attest: z.boolean() })),
  'after.assess': call<void>()('host', z.strictObject({ dossier: Id, on: z.iso.date() })),
  'after.wipe': call<Wiped>()('host', dossier),
  /** The record of a dossier, or what was measured of its clip, as PDF; false when the user does not want it. */
  'papers.write': call<boolean>()('shell', z.strictObject({ kind: z.enum(['dossier', 'honesty']), dossier: Id })),
  /** Anybody may; nothing is sent to anybody (V2). @returns by when the authority must be told */
  'incident.open': call<{ reportBy: string }>()(
    'host',
    z.strictObject({ noticedAt: z.iso.datetime(), facts: IncidentFacts }),
  ),
} as const;

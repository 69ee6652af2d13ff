import { z } from 'zod';
import type { OfferedView, ProfileView } from '../../core/profile/view.ts';
import { AgeBand, Channel, EntryKind, GivenBy, RegisterResolution } from '../../core/register/entry.ts';
import { LetterKind } from '../../core/register/letters.ts';
import { Id } from '../../core/vault/person.ts';
import { call, nothing, Token } from './call.ts';
import type { AddedEntry, Found, ListOutcome, RegisterView } from './views.ts';

const day = z.iso.date();
const Fingerprint = z.string().max(80);
const Group = z.string().min(1).max(40);
const List = z.strictObject({ list: Token, group: Group.optional(), band: AgeBand, dryRun: z.boolean() });

/** What the school itself keeps: its rules, its register, and what everyone promises. */
export const SCHOOL_CALLS = {
  /** Whether the rules of conduct still have to be signed by whoever sits here (I9, S6). */
  'rules.open': call<boolean>()('host', nothing),
  'rules.sign': call<void>()('host', nothing),
  'profile.read': call<ProfileView>()('host', nothing),
  /** Held against the schema by the engine, which names the field that is wrong. */
  'profile.sign': call<ProfileView>()('host', z.strictObject({ profile: z.unknown() })),
  'profile.confirm': call<ProfileView>()('host', nothing),
  /** Writes it where the user wants it; false when they don't. */
  'profile.export': call<boolean>()('shell', nothing),
  'profile.choose': call<(Found & OfferedView) | undefined>()('shell', nothing),
  'profile.import': call<ProfileView>()('shell', z.strictObject({ file: Token, fingerprint: Fingerprint })),
  'register.read': call<RegisterView>()('host', nothing),
  'register.add': call<AddedEntry>()(
    'host',
    z.strictObject({
      group: Group,
      pupil: z.string().max(40).optional(),
      kind: EntryKind,
      by: GivenBy,
      band: AgeBand,
      channel: Channel,
      seat: z.string().max(80),
      received: day.optional(),
      deadline: day.optional(),
    }),
  ),
  'register.move': call<void>()(
    'host',
    z.strictObject({
      entry: Id,
      to: z.enum(['consulting', 'resolved', 'carried-out', 'confirmed']),
      dossier: Id.optional(),
      resolution: RegisterResolution.optional(),
      reason: z.string().max(400).default(''),
    }),
  ),
  'register.withdraw': call<void>()('host', z.strictObject({ entry: Id })),
  'register.chooseList': call<Found | undefined>()('shell', nothing),
  'register.import': call<ListOutcome>()('shell', List),
  /** Writes a letter, handout or door sign from the profile; false when the user does not want it. */
  'register.letter': call<boolean>()(
    'shell',
    z.strictObject({
      kind: LetterKind,
      place: z.string().min(1).max(80),
      deadline: day,
      pupil: z.enum(['leerling', 'kind']),
    }),
  ),
} as const;

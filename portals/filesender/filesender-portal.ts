import { z } from 'zod';
import type { Memory } from '../../core/delivery/carrier.ts';
import type { DeliveryPlan } from '../../core/delivery/journal.ts';
import type { Place } from '../../core/delivery/place.ts';
import { DeliveryFailure, type Parcel, type Portal, type Sending } from '../../core/delivery/portal.ts';
import { Slices } from '../net/slices.ts';
import type { FilesenderApi } from './filesender-api.ts';
import { aeadOf, encryptChunk, KEY_VERSION, keyOf, newFileIv, newPassword } from './filesender-crypto.ts';

const DAYS_VALID = 14;
const DAY_SECONDS = 86_400;

const id = z.union([z.number().int().positive(), z.string().regex(/^[0-9]+$/)]).transform(Number);
const size = z.union([z.number().int(), z.string().regex(/^[0-9]+$/)]).transform(Number);
/** A server that wants more at once would have it all in memory, and less never ends. */
const Info = z.object({
  upload_chunk_size: size.pipe(
    z
      .number()
      .min(4 << 10)
      .max(64 << 20),
  ),
});
/** Fewer would make a password that was overheard the only guard; more would take hours. */
const ROUNDS = { least: 10_000, most: 5_000_000 };
const StoredFile = z.object({ id, name: z.string(), size });
const Transfer = z.object({ id, files: z.array(StoredFile) });
const NewTransfer = z.object({
  id,
  salt: z.string().min(1),
  roundtriptoken: z.string(),
  files: z.array(StoredFile.extend({ puid: z.string() })).length(1),
});

/** What going on with a transfer takes, and what its receiver needs. Nobody else may read it. */
const Remembered = z.strictObject({
  transfer: z.number(),
  file: z.number(),
  puid: z.string(),
  roundtriptoken: z.string(),
  salt: z.string(),
  iv: z.string(),
  chunk: z.number(),
  rounds: z.number(),
  base64: z.boolean(),
  /** For the receiver, by another channel. */
  password: z.string(),
});
type Remembered = z.infer<typeof Remembered>;

type FilesenderPlace = Extract<Place, { kind: 'filesender' }>;

/** A transfer by SURFfilesender, encrypted before it leaves: a link by mail, the password by another channel. */
export function filesenderPortal(api: FilesenderApi, { recipients }: FilesenderPlace, memory: Memory): Portal {
  const available = async (plan: DeliveryPlan, signal?: AbortSignal) => {
    // This list names only what was made available to its recipients.
    const all = await (await api.call({ method: 'get', path: '/transfer', signal })).json(z.array(Transfer));
    return all.find(({ files }) => files.some(({ name }) => name === plan.name));
  };
  const remembered = async (session: string | undefined) => {
    const text = await memory.read();
    const known = text === undefined ? undefined : Remembered.parse(JSON.parse(text));
    return known !== undefined && String(known.transfer) === session ? known : undefined;
  };
  return {
    async prepare(parcel, signal) {
      const known = await begin(api, parcel, recipients, signal);
      await memory.write(JSON.stringify(known));
      return String(known.transfer);
    },
    async find(plan, { session, sent }, signal) {
      const found = await available(plan, signal);
      if (found) return { there: 'whole', receipt: String(found.id) };
      const known = session === undefined ? undefined : await remembered(session);
      if (session === undefined || !known) return { there: 'nothing' };
      // The server does not say what it has; what it answered for is in the journal.
      return { there: 'part', session, bytes: sent };
    },
    async send(parcel, sending) {
      const known = await remembered(sending.session);
      if (!known) throw new DeliveryFailure('refused', true);
      await sendChunks(api, parcel, sending, known);
      const { puid: key, roundtriptoken } = known;
      const { signal } = sending;
      const done = { complete: true };
      const put = { method: 'put', json: done, signal } as const;
      await (await api.call({ ...put, path: `/file/${known.file}`, args: { key, roundtriptoken } })).done();
      await (await api.call({ ...put, path: `/transfer/${known.transfer}`, args: { key } })).done();
      return String(known.transfer);
    },
    async readBack(plan, _receipt, signal) {
      // The server holds the length against what it has on its disk, and can't see more of what is encrypted.
      const found = (await available(plan, signal))?.files.find(({ name }) => name === plan.name);
      return { size: found?.size ?? 0, sha256: undefined };
    },
    async takeBack(plan) {
      const found = await available(plan);
      if (!found) return 'not-there';
      await (await api.call({ method: 'delete', path: `/transfer/${found.id}` })).done();
      return 'gone';
    },
  };
}

/** The password of a delivery, for whoever has to pass it on. */
export function passwordOf(remembered: string): string | undefined {
  return Remembered.safeParse(JSON.parse(remembered)).data?.password;
}

async function begin(
  api: FilesenderApi,
  parcel: Parcel,
  recipients: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Remembered> {
  const { upload_chunk_size: chunk } = await (await api.open('/rest.php/info', signal)).json(Info);
  const { rounds, base64 } = await wishesOf(api, signal);
  const iv = newFileIv();
  const aead = Buffer.from(aeadOf(parcel.size, chunk, iv)).toString('base64');
  const file = { name: parcel.name, size: parcel.size, mime_type: 'video/mp4', iv, aead };
  const json = {
    ...{ from: api.user, files: [file], recipients, subject: '', message: '', aup_checked: 1 },
    expires: Math.round(Date.now() / 1000) + DAYS_VALID * DAY_SECONDS,
    options: { get_a_link: 0 },
    ...{ encryption: true, encryption_key_version: KEY_VERSION, encryption_password_version: 1 },
    ...{ encryption_password_encoding: 'none', encryption_password_hash_iterations: rounds },
  };
  const made = await (await api.call({ method: 'post', path: '/transfer', json, signal })).json(NewTransfer);
  const [{ id: stored, puid }] = made.files as [z.infer<typeof NewTransfer>['files'][number]];
  const { id: transfer, salt, roundtriptoken } = made;
  return { transfer, file: stored, puid, roundtriptoken, salt, iv, chunk, rounds, base64, password: newPassword() };
}

/** How this server wants passwords hashed and chunks sent; only its page for browsers says so. */
async function wishesOf(api: FilesenderApi, signal: AbortSignal | undefined) {
  const page = await (await api.open('/filesender-config.js.php', signal)).text();
  const rounds = /encryption_password_hash_iterations_new_files\D+(\d+)/.exec(page)?.[1];
  const base64 = /encryption_encode_encrypted_chunks_in_base64_during_upload:\s*(\w+)/.exec(page)?.[1];
  if (rounds === undefined || Number(rounds) < ROUNDS.least || Number(rounds) > ROUNDS.most)
    throw new DeliveryFailure('not-understood', false);
  return { rounds: Number(rounds), base64: base64 === 'true' };
}

async function sendChunks(api: FilesenderApi, parcel: Parcel, sending: Sending, known: Remembered): Promise<void> {
  const { from, onTaken, signal } = sending;
  const { chunk, iv, base64, puid: key, roundtriptoken } = known;
  const secret = await keyOf(known.password, known.salt, known.rounds);
  const aead = aeadOf(parcel.size, chunk, iv);
  const content = new Slices(parcel.content(from));
  try {
    for (let at = from; at < parcel.size;) {
      const plain = await content.collect(Math.min(chunk, parcel.size - at));
      const crypted = encryptChunk(secret, Math.round(at / chunk), iv, aead, plain);
      const bytes = base64 ? Buffer.from(crypted.toString('base64')) : crypted;
      const headers = {
        'x-filesender-file-size': String(parcel.size),
        'x-filesender-chunk-offset': String(at),
        'x-filesender-chunk-size': String(plain.length),
        'x-filesender-encrypted': '1',
      };
      const path = `/file/${known.file}/chunk/${at}`;
      const put = { method: 'put', path, args: { key, roundtriptoken }, bytes, headers, signal } as const;
      await (await api.call(put)).done();
      onTaken((at += plain.length));
    }
    await content.finish();
  } finally {
    await content.close();
  }
}

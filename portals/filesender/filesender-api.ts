import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Credentials } from '../../core/delivery/credentials.ts';
import type { DeliveryReason } from '../../core/delivery/journal.ts';
import { DeliveryFailure } from '../../core/delivery/portal.ts';
import { failureOf } from '../net/failures.ts';
import type { Answer, Line } from '../net/line.ts';

const ROOT = '/rest.php';
/**
 * A signature is refused when it is older than 15 s on arrival, and a chunk may take longer than that; one from the
 * future is taken (AuthRemote.class.php).
 */
const AHEAD_SECONDS = 120;

/** By the word in the answer: several refusals carry the wrong status. */
const SAID: Readonly<Record<string, readonly [DeliveryReason, boolean]>> = {
  rest_authentication_required: ['signed-out', false],
  rest_unknown_principal: ['signed-out', false],
  auth_remote_user_rejected: ['signed-out', false],
  auth_remote_signature_check_failed: ['signed-out', false],
  auth_remote_too_late: ['unreachable', true],
  rest_ownership_required: ['not-allowed', false],
  rest_roundtrip_token_invalid: ['refused', true],
  cannot_add_data_to_complete_transfer: ['refused', true],
  transfer_not_found: ['place-missing', false],
  file_not_found: ['place-missing', false],
  transfer_maximum_encrypted_file_size_exceeded: ['too-large', false],
  transfer_maximum_size_exceeded: ['too-large', false],
  user_quota_exceeded: ['disk-full', false],
  host_quota_exceeded: ['disk-full', false],
};
const Refusal = z.object({ message: z.string() });

export interface Call {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** Below the API's root. */
  readonly path: string;
  readonly args?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly bytes?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** FileSender's signed REST API, as one person (docs/v3.0/rest). */
export class FilesenderApi {
  readonly user: string;
  private readonly secret: string;

  constructor(
    readonly line: Line,
    credentials: Credentials | undefined,
    private readonly now: () => Date = () => new Date(),
  ) {
    if (credentials?.kind !== 'password') throw new DeliveryFailure('signed-out', false);
    this.user = credentials.user;
    this.secret = credentials.password;
  }

  /** @throws DeliveryFailure unless it went well */
  async call({ method, path, args = {}, json, bytes, headers = {}, signal }: Call): Promise<Answer> {
    const timestamp = String(Math.round(this.now().getTime() / 1000) + AHEAD_SECONDS);
    const known: Record<string, string> = { ...args, remote_user: this.user, timestamp };
    const query = Object.keys(known)
      .sort()
      .map((name) => `${name}=${known[name]}`)
      .join('&');
    const body = bytes ?? (json === undefined ? undefined : Buffer.from(JSON.stringify(json)));
    const signed = createHmac('sha1', this.secret);
    // The server knows itself by its name, without a port.
    signed.update(`${method}&${this.line.target.host}${ROOT}${path}?${query}`);
    if (body) signed.update('&').update(body);
    const asked = new URLSearchParams({ ...known, signature: signed.digest('hex') });
    const type = bytes ? 'application/octet-stream' : 'application/json';
    const answer = await this.line.ask({
      ...{ method: method.toUpperCase(), to: `${ROOT}${path}?${asked.toString()}`, signal },
      headers: { accept: 'application/json', 'content-type': type, ...headers },
      ...(body ? { body } : {}),
    });
    if (answer.status === 200 || answer.status === 201) return answer;
    throw failed(answer.status, await answer.text());
  }

  /** What a page of the server says of itself, without signing in. */
  open(path: string, signal: AbortSignal | undefined): Promise<Answer> {
    return this.line.expect([200], { method: 'GET', to: path, signal });
  }
}

function failed(status: number, text: string): DeliveryFailure {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    return failureOf(status);
  }
  const known = SAID[Refusal.safeParse(said).data?.message ?? ''];
  return known ? new DeliveryFailure(known[0], known[1]) : failureOf(status);
}

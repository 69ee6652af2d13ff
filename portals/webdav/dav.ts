import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import type { Credentials } from '../../core/delivery/credentials.ts';
import { DeliveryFailure } from '../../core/delivery/portal.ts';
import { failureOf } from '../net/failures.ts';
import type { Answer, Ask, Line } from '../net/line.ts';

type Signal = AbortSignal | undefined;

/** What a listing says of one thing. */
export interface Listed {
  readonly name: string;
  /** In bytes; undefined for a folder. */
  readonly size: number | undefined;
}

const MultiStatus = z.object({
  multistatus: z.object({
    response: z.array(
      z.object({
        href: z.string(),
        propstat: z.array(z.object({ prop: z.object({ getcontentlength: z.string().optional() }).or(z.literal('')) })),
      }),
    ),
  }),
});
const LISTING =
  '<?xml version="1.0"?><propfind xmlns="DAV:"><prop><getcontentlength/><resourcetype/></prop></propfind>';
const parser = new XMLParser({
  removeNSPrefix: true,
  parseTagValue: false,
  processEntities: false,
  isArray: (name) => name === 'response' || name === 'propstat',
});

/** WebDAV (RFC 4918) as far as it is needed; paths are plain, and escaped here. */
export class Dav {
  private readonly authorization: string;

  constructor(
    readonly line: Line,
    credentials: Credentials | undefined,
  ) {
    if (credentials?.kind !== 'password') throw new DeliveryFailure('signed-out', false);
    const { user, password } = credentials;
    this.authorization = `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
  }

  ask(ask: Ask): Promise<Answer> {
    const headers = { authorization: this.authorization, 'accept-encoding': 'identity', ...ask.headers };
    return this.line.ask({ ...ask, to: escaped(ask.to), headers });
  }

  /** @returns status, when it is one of these @throws DeliveryFailure for any other */
  async run(statuses: readonly number[], ask: Ask): Promise<number> {
    const answer = await this.ask(ask);
    await answer.done();
    if (statuses.includes(answer.status)) return answer.status;
    throw failureOf(answer.status, answer.header('retry-after'));
  }

  /** For headers that name another thing on the same server. */
  address(path: string): string {
    return this.line.address(escaped(path)).href;
  }

  /** What lies in a folder; undefined when it is not there, or the server lists nothing. */
  async list(folder: string, signal: Signal): Promise<Listed[] | undefined> {
    const headers = { depth: '1', 'content-type': 'application/xml' };
    const answer = await this.ask({ method: 'PROPFIND', to: `${folder}/`, headers, body: LISTING, signal });
    const text = await answer.text();
    if ([404, 405, 501].includes(answer.status)) return undefined;
    if (answer.status !== 207) throw failureOf(answer.status, answer.header('retry-after'));
    const parsed = MultiStatus.safeParse(parsedXml(text));
    if (!parsed.success) throw new DeliveryFailure('not-understood', false);
    const own = decoded(this.line.address(escaped(`${folder}/`)).pathname);
    return parsed.data.multistatus.response.flatMap(({ href, propstat }) => {
      const path = decoded(this.line.allowed(href).pathname);
      if (path.replace(/\/$/, '') === own.replace(/\/$/, '')) return [];
      const length = propstat.map(({ prop }) => (prop === '' ? undefined : prop.getcontentlength)).find(Boolean);
      const name = path.replace(/\/$/, '').split('/').at(-1) ?? '';
      return [{ name, size: length === undefined ? undefined : Number(length) }];
    });
  }
}

function parsedXml(text: string): unknown {
  try {
    return parser.parse(text);
  } catch {
    return undefined;
  }
}

function escaped(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

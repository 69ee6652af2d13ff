import { z } from 'zod';
import type { Credentials } from '../../core/delivery/credentials.ts';
import { DeliveryFailure } from '../../core/delivery/portal.ts';
import { failureOf } from '../net/failures.ts';
import type { Answer, Ask, Line } from '../net/line.ts';

const MOST_PAGES = 20;
const id = z.number().int().positive();

const Attachment = z.object({
  id,
  filename: z.string().default(''),
  display_name: z.string().default(''),
  size: z.number().int().nonnegative(),
  url: z.string().default(''),
});
export type Attachment = z.infer<typeof Attachment>;
const Attempt = z.object({ attachments: z.array(Attachment).default([]) });
export const Submission = Attempt.extend({ submission_history: z.array(Attempt).default([]) });
export const Assignment = z.object({
  id,
  name: z.string().default(''),
  submission_types: z.array(z.string()).default([]),
  /** Absent or empty: any kind of file. */
  allowed_extensions: z.array(z.string()).nullish(),
  locked_for_user: z.boolean().default(false),
});
export const Course = z.object({ id, name: z.string().default('') });
export const UploadTicket = z.object({
  upload_url: z.string(),
  /** To be handed back unchanged and in this order. */
  upload_params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export const StoredFile = z.object({ id });

/** Canvas' REST API (developerdocs.instructure.com), as one person. */
export class CanvasApi {
  readonly authorization: string;

  constructor(
    readonly line: Line,
    credentials: Credentials | undefined,
  ) {
    if (credentials?.kind !== 'token') throw new DeliveryFailure('signed-out', false);
    this.authorization = `Bearer ${credentials.token}`;
  }

  /** @throws DeliveryFailure for every status but these */
  async call(statuses: readonly number[], ask: Ask): Promise<Answer> {
    const headers = { authorization: this.authorization, accept: 'application/json', ...ask.headers };
    const answer = await this.line.ask({ ...ask, headers });
    if (statuses.includes(answer.status)) return answer;
    throw failed(answer, await answer.text());
  }

  async get<S extends z.ZodType>(to: string, schema: S, signal?: AbortSignal): Promise<z.infer<S>> {
    return (await this.call([200], { method: 'GET', to, signal })).json(schema);
  }

  /** All pages of a list. */
  async all<S extends z.ZodType>(first: string, schema: S): Promise<z.infer<S>[]> {
    const found: z.infer<S>[] = [];
    let next: string | undefined = first;
    for (let page = 0; next !== undefined && page < MOST_PAGES; page++) {
      const answer: Answer = await this.call([200], { method: 'GET', to: next });
      next = nextOf(answer.header('link'));
      found.push(...(await answer.json(z.array(schema))));
    }
    return found;
  }
}

/** Canvas says "too fast" with the same status as "you may not"; and a full quota as a bad request. */
function failed({ status, header }: Answer, text: string): DeliveryFailure {
  if (status === 403 && /rate limit exceeded/i.test(text)) return new DeliveryFailure('busy', true);
  if (status === 400 && /quota/i.test(text)) return new DeliveryFailure('disk-full', false);
  return failureOf(status, header('retry-after'));
}

/** The address marked `rel="next"` (RFC 8288). */
function nextOf(link: string | undefined): string | undefined {
  return link?.split(',').flatMap((each) => /<([^>]+)>;\s*rel="next"/.exec(each)?.[1] ?? [])[0];
}

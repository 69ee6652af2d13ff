import type { DeliveryPlan } from '../../core/delivery/journal.ts';
import type { PlaceOffer } from '../../core/delivery/carrier.ts';
import type { Place } from '../../core/delivery/place.ts';
import { DeliveryFailure, type Parcel, type Portal, type Sending } from '../../core/delivery/portal.ts';
import { unlessClosed } from '../net/closed.ts';
import { fetchDigest } from '../net/fetch-digest.ts';
import { field, multipart } from '../net/multipart.ts';
import {
  Assignment,
  Course,
  StoredFile,
  Submission,
  UploadTicket,
  type Attachment,
  type CanvasApi,
} from './canvas-api.ts';

/** Nothing is kept between tries: an upload is one piece, and its ticket lives for half an hour. */
const SESSION = 'canvas';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

type CanvasPlace = Extract<Place, { kind: 'canvas' }>;
type Signal = AbortSignal | undefined;

/** Hands in at an assignment of Canvas (UvA, VU): ticket, bytes, confirmation, submission. */
export function canvasPortal(api: CanvasApi, { course, assignment }: CanvasPlace): Portal {
  const base = `/api/v1/courses/${course}/assignments/${assignment}`;
  const submitted = async (plan: DeliveryPlan, signal: Signal) => {
    const address = `${base}/submissions/self?include[]=submission_history`;
    const { attachments, submission_history } = await api.get(address, Submission, signal);
    return [...attachments, ...submission_history.flatMap((each) => each.attachments)].find(named(plan));
  };
  return {
    async prepare(_parcel, signal) {
      const { submission_types, allowed_extensions, locked_for_user } = await api.get(base, Assignment, signal);
      const any = !allowed_extensions || allowed_extensions.length === 0;
      const takes = any || allowed_extensions.some((each) => each.toLowerCase() === 'mp4');
      if (locked_for_user || !submission_types.includes('online_upload') || !takes)
        throw new DeliveryFailure('not-allowed', false);
      return SESSION;
    },
    async find(plan, _earlier, signal) {
      const found = await submitted(plan, signal);
      return found ? { there: 'whole', receipt: String(found.id) } : { there: 'nothing' };
    },
    async send(parcel, sending) {
      const file = await upload(api, base, parcel, sending);
      const form = new URLSearchParams({ 'submission[submission_type]': 'online_upload' });
      form.append('submission[file_ids][]', String(file));
      const ask = { method: 'POST', to: `${base}/submissions`, headers: FORM, body: form.toString() };
      await (await api.call([200, 201], { ...ask, signal: sending.signal })).done();
      return String(file);
    },
    async readBack(plan, _receipt, signal) {
      const found = await submitted(plan, signal);
      if (!found) return { size: 0, sha256: undefined };
      const read = await fetchDigest(api.line, found.url, api.authorization, signal);
      return read ?? { size: found.size, sha256: undefined };
    },
    // What was handed in only the institute can remove.
    takeBack: async (plan) => ((await submitted(plan, undefined)) ? 'cannot' : 'not-there'),
  };
}

/** A second upload of the same name gets a number behind it. */
function named({ name }: DeliveryPlan): (file: Attachment) => boolean {
  const stem = name.replace(/\.mp4$/, '');
  return ({ filename, display_name }) => filename.startsWith(stem) || display_name.startsWith(stem);
}

/** @returns Canvas' number of the file; it is no submission yet */
async function upload(api: CanvasApi, base: string, parcel: Parcel, { signal }: Sending): Promise<number> {
  const { name, size } = parcel;
  const wish = new URLSearchParams({ name, size: String(size), content_type: 'video/mp4', on_duplicate: 'rename' });
  const asked = { method: 'POST', to: `${base}/submissions/self/files`, headers: FORM, body: wish.toString(), signal };
  const ticket = await (await api.call([200, 201], asked)).json(UploadTicket);
  const target = api.line.allowed(ticket.upload_url);
  const fields = Object.entries(ticket.upload_params).flatMap(([key, value]) =>
    value === null ? [] : [field(key, String(value))],
  );
  const file = {
    headers: { 'Content-Disposition': `form-data; name="file"; filename="${name}"`, 'Content-Type': 'video/mp4' },
    body: { size, pieces: () => parcel.content(0) },
  };
  const { boundary, length, body } = multipart([...fields, file]);
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
  // The ticket is what is shown here; the person's token is not for this host.
  const answer = await api.line.ask({ method: 'POST', to: target.href, headers, body, length, signal });
  const confirm = answer.header('location');
  if (answer.status === 201 || (answer.status >= 300 && answer.status < 400)) {
    if (confirm === undefined) return (await answer.json(StoredFile)).id;
    await answer.done();
    const url = api.line.allowed(confirm, target);
    if (!api.line.isTarget(url)) throw new DeliveryFailure('host-refused', false);
    return (await api.get(url.href, StoredFile, signal)).id;
  }
  await answer.done();
  if (answer.status === 413) throw new DeliveryFailure('too-large', false);
  // An expired ticket looks like this, and a new one helps.
  throw new DeliveryFailure(answer.status >= 500 ? 'unreachable' : 'refused', true);
}

/** Assignments that take a file, of the courses that this person is in. */
export async function canvasPlaces(api: CanvasApi): Promise<PlaceOffer[]> {
  const offers: PlaceOffer[] = [];
  for (const course of await api.all('/api/v1/courses?enrollment_state=active&per_page=100', Course))
    for (const each of await unlessClosed(api.all(`/api/v1/courses/${course.id}/assignments?per_page=100`, Assignment)))
      if (each.submission_types.includes('online_upload'))
        offers.push({
          place: { kind: 'canvas', course: String(course.id), assignment: String(each.id) },
          label: `${course.name} › ${each.name}`,
        });
  return offers;
}

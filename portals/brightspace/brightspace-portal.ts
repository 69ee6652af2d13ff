import { z } from 'zod';
import type { PlaceOffer } from '../../core/delivery/carrier.ts';
import type { Credentials } from '../../core/delivery/credentials.ts';
import type { DeliveryPlan } from '../../core/delivery/journal.ts';
import type { Place } from '../../core/delivery/place.ts';
import { DeliveryFailure, type Portal } from '../../core/delivery/portal.ts';
import { unlessClosed } from '../net/closed.ts';
import { fetchDigest } from '../net/fetch-digest.ts';
import type { Answer, Ask, Line } from '../net/line.ts';
import { multipart } from '../net/multipart.ts';

const SESSION = 'brightspace';
const MOST_PAGES = 20;

const Versions = z.array(z.object({ ProductCode: z.string(), LatestVersion: z.string().regex(/^\d+\.\d+$/) }));
const id = z.number().int().positive();
const File = z.object({ FileId: id, FileName: z.string(), Size: z.number().int().nonnegative() });
const Mine = z.array(z.object({ Submissions: z.array(z.object({ Id: id, Files: z.array(File) })) }));
const Folder = z.object({ Id: id, Name: z.string() });
const Enrolments = z.object({
  PagingInfo: z.object({ Bookmark: z.string().nullish(), HasMoreItems: z.boolean() }),
  Items: z.array(z.object({ OrgUnit: z.object({ Id: id, Name: z.string(), Type: z.object({ Code: z.string() }) }) })),
});

type BrightspacePlace = Extract<Place, { kind: 'brightspace' }>;

/** Brightspace' API (docs.valence.desire2learn.com), as one person. */
export class BrightspaceApi {
  readonly authorization: string;
  private versions: Map<string, string> | undefined;

  constructor(
    readonly line: Line,
    credentials: Credentials | undefined,
  ) {
    if (credentials?.kind !== 'token') throw new DeliveryFailure('signed-out', false);
    this.authorization = `Bearer ${credentials.token}`;
  }

  call(statuses: readonly number[], ask: Ask): Promise<Answer> {
    const headers = { authorization: this.authorization, accept: 'application/json', ...ask.headers };
    return this.line.expect(statuses, { ...ask, headers });
  }

  async get<S extends z.ZodType>(to: string, schema: S, signal?: AbortSignal): Promise<z.infer<S>> {
    return (await this.call([200], { method: 'GET', to, signal })).json(schema);
  }

  /** Below it is what one product offers, in the newest version that this server has. */
  async root(product: 'le' | 'lp', signal?: AbortSignal): Promise<string> {
    this.versions ??= new Map(
      (await this.get('/d2l/api/versions/', Versions, signal)).map((each) => [each.ProductCode, each.LatestVersion]),
    );
    const version = this.versions.get(product);
    if (version === undefined) throw new DeliveryFailure('not-understood', false);
    return `/d2l/api/${product}/${version}`;
  }
}

/** Hands in at a folder of Brightspace (HvA): one piece, and then read back what it has. */
export function brightspacePortal(api: BrightspaceApi, { orgUnit, folder }: BrightspacePlace): Portal {
  const base = async (signal?: AbortSignal) => `${await api.root('le', signal)}/${orgUnit}/dropbox/folders/${folder}`;
  const mine = async (plan: DeliveryPlan, signal?: AbortSignal) => {
    const address = `${await base(signal)}/submissions/mysubmissions/`;
    const all = (await api.get(address, Mine, signal)).flatMap(({ Submissions }) => Submissions);
    const found = all.flatMap(({ Id, Files }) => Files.map((file) => ({ ...file, submission: Id })));
    return found.find(({ FileName }) => FileName === plan.name);
  };
  return {
    async prepare(_parcel, signal) {
      await api.get(await base(signal), Folder, signal);
      return SESSION;
    },
    async find(plan, _earlier, signal) {
      const found = await mine(plan, signal);
      return found ? { there: 'whole', receipt: String(found.submission) } : { there: 'nothing' };
    },
    async send(parcel, { signal }) {
      const { name, size } = parcel;
      const { boundary, length, body } = multipart([
        { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ Text: '', Html: null }) },
        {
          headers: { 'Content-Disposition': `form-data; name=""; filename="${name}"`, 'Content-Type': 'video/mp4' },
          body: { size, pieces: () => parcel.content(0) },
        },
      ]);
      const to = `${await base(signal)}/submissions/mysubmissions/`;
      const headers = { 'content-type': `multipart/mixed; boundary=${boundary}` };
      await (await api.call([200, 201, 204], { method: 'POST', to, headers, body, length, signal })).done();
      // It tells no number; its list does.
      const found = await mine(parcel, signal).catch(itMayLieThere);
      if (!found) throw new DeliveryFailure('unreachable', true);
      return String(found.submission);
    },
    async readBack(plan, _receipt, signal) {
      const found = await mine(plan, signal);
      if (!found) return { size: 0, sha256: undefined };
      const address = `${await base(signal)}/submissions/${found.submission}/files/${found.FileId}`;
      const read = await fetchDigest(api.line, api.line.address(address).href, api.authorization, signal);
      return read ?? { size: found.Size, sha256: undefined };
    },
    // There is no call by which a student removes what was handed in.
    takeBack: async (plan) => ((await mine(plan)) ? 'cannot' : 'not-there'),
  };
}

/** Whatever is said after it was taken says nothing of whether it was. */
function itMayLieThere(error: unknown): never {
  throw error instanceof DeliveryFailure && error.reason !== 'cancelled'
    ? new DeliveryFailure(error.reason, true)
    : error;
}

/** Folders of the courses that this person is in. */
export async function brightspacePlaces(api: BrightspaceApi): Promise<PlaceOffer[]> {
  const offers: PlaceOffer[] = [];
  const le = await api.root('le');
  for (const { Id, Name } of await courses(api)) {
    const folders = await unlessClosed(api.get(`${le}/${Id}/dropbox/folders/`, z.array(Folder)));
    for (const folder of folders)
      offers.push({
        place: { kind: 'brightspace', orgUnit: String(Id), folder: String(folder.Id) },
        label: `${Name} › ${folder.Name}`,
      });
  }
  return offers;
}

async function courses(api: BrightspaceApi): Promise<{ Id: number; Name: string }[]> {
  const found: { Id: number; Name: string }[] = [];
  const address = `${await api.root('lp')}/enrollments/myenrollments/`;
  let bookmark = '';
  for (let page = 0; page < MOST_PAGES; page++) {
    const { PagingInfo, Items } = await api.get(`${address}?bookmark=${encodeURIComponent(bookmark)}`, Enrolments);
    found.push(...Items.flatMap(({ OrgUnit }) => (OrgUnit.Type.Code === 'Course Offering' ? [OrgUnit] : [])));
    bookmark = PagingInfo.Bookmark ?? '';
    if (!PagingInfo.HasMoreItems || bookmark === '') break;
  }
  return found;
}

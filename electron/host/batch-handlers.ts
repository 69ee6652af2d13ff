import type { Credentials } from '../../core/delivery/credentials.ts';
import { placeText } from '../../core/delivery/place.ts';
import { fail } from '../../core/errors.ts';
import { dayNow } from '../../native/day.ts';
import { BatchRun, type BatchItem } from '../../native/delivery/batch-run.ts';
import { forgetCredentials, targetNamed, targetsWithCredentials } from '../../native/delivery/credentials.ts';
import { placesOf, signIn } from '../../native/delivery/sign-in.ts';
import { rememberedOf } from '../../native/delivery/way.ts';
import type { Desk } from '../../native/desk/desk.ts';
import { carrier } from '../../portals/carrier.ts';
import { passwordOf } from '../../portals/filesender/filesender-portal.ts';
import type { BatchView } from '../ipc/views.ts';
import type { ScreenHandlers, ShellHandlers } from './handler-types.ts';
import type { MediaOffers } from './media.ts';

type Screen = Pick<
  ScreenHandlers,
  | 'batch.offer'
  | 'batch.start'
  | 'batch.stop'
  | 'batch.state'
  | 'portal.signIn'
  | 'portal.signOut'
  | 'portal.places'
  | 'portal.password'
>;
type Shell = Pick<ShellHandlers, 'host.batch'>;

/** One batch at a time; whoever locks the vault stops it first. */
export class Batches {
  private present: BatchRun | undefined;

  constructor(
    private readonly desk: Desk,
    private readonly media: MediaOffers,
  ) {}

  get running(): boolean {
    return this.present?.running === true;
  }

  async stop(): Promise<void> {
    await this.present?.stop();
    this.present = undefined;
  }

  private view(): BatchView | undefined {
    const { present } = this;
    return present && { running: present.running, items: [...present.snapshot] };
  }

  private get run(): BatchRun {
    return this.present ?? fail({ code: 'desk-no-dossier' });
  }

  private async begin(items: readonly BatchItem[]): Promise<BatchView> {
    if (this.present?.running) fail({ code: 'desk-job-running' });
    await this.media.clear();
    // What lies open could not be taken out; what is being worked on can't be put away.
    await this.desk.cleared(() => Promise.resolve());
    this.present = new BatchRun(this.desk.session, items, carrier, Date.now);
    await this.present.check();
    return { running: false, items: [...this.present.snapshot] };
  }

  handlers(): Screen & Shell {
    const { desk } = this;
    return {
      async 'batch.offer'() {
        const { cases } = await desk.overview();
        const signedIn = new Set(targetsWithCredentials(desk.session));
        const known = desk.session.vault.profile(dayNow());
        const targets = known.state === 'unsigned' ? [] : known.signed.profile.portals;
        return {
          clips: cases.flatMap(({ id, label, milliseconds, step }) =>
            step === 'export' || step === 'assess' ? [{ dossier: id, label: label ?? id, milliseconds }] : [],
          ),
          targets: targets.map(({ id, name, platform, host, rulesPage }) => ({
            ...{ id, name, platform, host, rulesPage, signedIn: signedIn.has(id) },
          })),
        };
      },
      'host.batch': ({ clips, ways }) =>
        this.begin(
          clips.flatMap((dossier) =>
            ways.map(({ target, pageRead, place, path }) => ({
              dossier,
              wish: { target, pageReadOn: pageRead ? dayNow() : undefined, to: path ?? '', place },
            })),
          ),
        ),
      'batch.start': () => this.run.start(),
      'batch.stop': () => this.present?.stop(),
      'batch.state': () => this.view(),
      'portal.signIn': ({ target, user, secret }) =>
        signIn(desk.session, target, credentialsOf(desk, target, user, secret), carrier),
      'portal.signOut': ({ target }) => void forgetCredentials(desk.session, target),
      async 'portal.places'({ target }) {
        const offers = await placesOf(desk.session, target, carrier);
        return offers.map(({ place, label }) => ({ place: placeText(place), label }));
      },
      async 'portal.password'({ delivery }) {
        const remembered = await rememberedOf(desk.session, delivery);
        const password = remembered === undefined ? undefined : passwordOf(remembered);
        return password ?? fail({ code: 'no-password', delivery });
      },
    };
  }
}

/** A key begins as OpenSSH writes it; everything else that is typed is a password or a token. */
function credentialsOf(desk: Desk, target: string, user: string, secret: string): Credentials {
  const platform = (targetNamed(desk.session, target) ?? fail({ code: 'target-unknown', target })).platform;
  if (platform === 'canvas' || platform === 'brightspace') return { kind: 'token', token: secret.trim() };
  if (secret.startsWith('-----BEGIN')) return { kind: 'key', user, privateKey: secret };
  return { kind: 'password', user, password: secret };
}

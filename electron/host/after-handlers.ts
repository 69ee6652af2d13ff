import { afterOf, wipeAtDesk } from '../../native/desk/after.ts';
import type { Desk } from '../../native/desk/desk.ts';
import { exportClip } from '../../native/delivery/export.ts';
import { noteReceipt, takeBack } from '../../native/delivery/take-back.ts';
import { openIncident } from '../../native/incidents/incidents.ts';
import { locateFfmpeg } from '../../native/ffmpeg/locate.ts';
import { writeHonesty } from '../../native/papers/honesty-paper.ts';
import { writeRecord } from '../../native/papers/record-paper.ts';
import { noteAssessment } from '../../native/vault/keeping.ts';
import { carrier } from '../../portals/carrier.ts';
import type { MediaOffers } from './media.ts';
import { dayNow } from '../../native/day.ts';
import type { ScreenHandlers, ShellHandlers } from './handler-types.ts';

type Screen = Pick<
  ScreenHandlers,
  'after.read' | 'after.receipt' | 'after.takeBack' | 'after.assess' | 'after.wipe' | 'incident.open'
>;
type Shell = Pick<ShellHandlers, 'host.deliver' | 'host.paper'>;

/** What comes after an approval. A dossier is taken whole for it: what a player could still ask for goes first. */
export function afterHandlers(desk: Desk, media: MediaOffers): Screen & Shell {
  return {
    'after.read'({ dossier }) {
      const { deliveries, ...rest } = afterOf(desk.session, dossier);
      return {
        ...rest,
        deliveries: deliveries.map(({ plan, begunAt, state, handedIn, takenBack }) => ({
          ...{ delivery: plan.delivery, target: plan.target, begunAt, state, takenBack },
          receipt: handedIn?.number,
        })),
      };
    },
    async 'host.deliver'({ dossier, target, pageRead, path }) {
      await media.clear();
      const wish = { target, pageReadOn: pageRead ? dayNow() : undefined, to: path };
      const { name } = await desk.cleared((session) => exportClip(session, dossier, wish, carrier));
      return { name };
    },
    'after.receipt': ({ delivery, number }) => noteReceipt(desk.session, delivery, number, dayNow()),
    'after.takeBack': async ({ delivery, attest }) => void (await takeBack(desk.session, delivery, attest, carrier)),
    'after.assess': async ({ dossier, on }) => void (await noteAssessment(desk.session, dossier, on)),
    async 'after.wipe'({ dossier }) {
      await media.clear();
      return desk.cleared((session) => wipeAtDesk(session, dossier));
    },
    async 'host.paper'({ kind, dossier, path, language }) {
      await media.clear();
      const wish = { file: path, language, overwrite: true };
      await desk.cleared(async (session) =>
        kind === 'dossier'
          ? writeRecord(session, dossier, wish)
          : writeHonesty(session, dossier, wish, await locateFfmpeg()),
      );
    },
    async 'incident.open'({ noticedAt, facts }) {
      const { known } = await openIncident(desk.session, { noticedAt, facts, hold: false });
      return { reportBy: known.reportBy };
    },
  };
}

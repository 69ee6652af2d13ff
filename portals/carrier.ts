import type { Carrier, PlaceOffer, Way } from '../core/delivery/carrier.ts';
import type { Credentials } from '../core/delivery/credentials.ts';
import { DeliveryFailure, type Portal } from '../core/delivery/portal.ts';
import type { Portal as Target } from '../core/profile/profile.ts';
import { BrightspaceApi, brightspacePlaces, brightspacePortal } from './brightspace/brightspace-portal.ts';
import { CanvasApi } from './canvas/canvas-api.ts';
import { canvasPlaces, canvasPortal } from './canvas/canvas-portal.ts';
import { FilesenderApi } from './filesender/filesender-api.ts';
import { filesenderPortal } from './filesender/filesender-portal.ts';
import { folderPortal } from './folder/folder-portal.ts';
import { deliver } from './job.ts';
import { laidPortal } from './laid/laid-portal.ts';
import { Line } from './net/line.ts';
import { machineSettings, type NetworkSettings } from './net/settings.ts';
import { connect } from './sftp/connection.ts';
import { SftpFolder } from './sftp/sftp-folder.ts';
import { Dav } from './webdav/dav.ts';
import { WebdavFolder } from './webdav/webdav-folder.ts';

/** By whichever way there is to a target. */
export function networkCarrier(settings: () => NetworkSettings): Carrier {
  return {
    async deliver(parcel, way, ports) {
      const { portal, close } = opened(way, settings);
      try {
        return await deliver(parcel, portal, ports);
      } finally {
        await close();
      }
    },
    find: (plan, way) => through(way, settings, (portal) => portal.find(plan, NOTHING, undefined)),
    takeBack: (plan, receipt, way) => through(way, settings, (portal) => portal.takeBack(plan, receipt)),
    places: (target, credentials) => placesAt(target, credentials, settings),
  };
}

/** As this machine is set up. */
export const carrier: Carrier = networkCarrier(() => machineSettings(process.env));

const NOTHING = { session: undefined, sent: 0 };

async function through<T>(way: Way, settings: () => NetworkSettings, use: (portal: Portal) => Promise<T>): Promise<T> {
  const { portal, close } = opened(way, settings);
  try {
    return await use(portal);
  } finally {
    await close();
  }
}

interface Opened {
  readonly portal: Portal;
  readonly close: () => Promise<void>;
}

/** What stands in the way from the beginning is said where everything else is: in the journal. */
function opened(way: Way, settings: () => NetworkSettings): Opened {
  try {
    return portalOf(way, settings);
  } catch (error) {
    const no = () => Promise.reject<never>(error as Error);
    const portal = { prepare: no, find: no, send: no, readBack: no, takeBack: no };
    return { portal, close: () => Promise.resolve() };
  }
}

/** @throws DeliveryFailure `signed-out` when the credentials are not of the kind that is needed */
function portalOf({ target, place, credentials, memory }: Way, settings: () => NetworkSettings): Opened {
  if (place.kind === 'folder') return { portal: folderPortal(place.path), close: () => Promise.resolve() };
  // What the profile says now decides, not what a delivery was begun with.
  if (!target) throw new DeliveryFailure('host-refused', false);
  if (place.kind !== target.platform) throw new DeliveryFailure('place-missing', false);
  if (place.kind === 'sftp') {
    const far = new SftpFolder(() => connect(target, credentials, settings()));
    return { portal: laidPortal(far, place.path), close: () => far.close() };
  }
  const line = new Line(target, settings());
  const close = () => line.close();
  switch (place.kind) {
    case 'webdav':
      return { portal: laidPortal(new WebdavFolder(new Dav(line, credentials)), place.path), close };
    case 'canvas':
      return { portal: canvasPortal(new CanvasApi(line, credentials), place), close };
    case 'brightspace':
      return { portal: brightspacePortal(new BrightspaceApi(line, credentials), place), close };
    case 'filesender':
      return { portal: filesenderPortal(new FilesenderApi(line, credentials), place, memory), close };
  }
}

async function placesAt(target: Target, credentials: Credentials, settings: () => NetworkSettings) {
  if (target.platform === 'sftp') {
    const far = new SftpFolder(() => connect(target, credentials, settings()));
    try {
      await far.namesIn('.', undefined);
      return [];
    } finally {
      await far.close();
    }
  }
  const line = new Line(target, settings());
  try {
    return await offersOf(target, credentials, line);
  } finally {
    await line.close();
  }
}

/** Also tells whether the credentials are taken, where there is nothing to choose from. */
async function offersOf(target: Target, credentials: Credentials, line: Line): Promise<readonly PlaceOffer[]> {
  switch (target.platform) {
    case 'canvas':
      return canvasPlaces(new CanvasApi(line, credentials));
    case 'brightspace':
      return brightspacePlaces(new BrightspaceApi(line, credentials));
    case 'filesender':
      await (await new FilesenderApi(line, credentials).call({ method: 'get', path: '/transfer' })).done();
      return [];
    case 'webdav':
      await new Dav(line, credentials).run([200, 204, 207, 404, 405], { method: 'OPTIONS', to: '/' });
      return [];
    case 'sftp':
    case 'by-hand':
      return [];
  }
}

import type { Box } from '../geometry/box.ts';
import type { Follower } from './follower.ts';
import { advance, moved, visibleShare, type Head } from './live-track.ts';
import type { TrackerTuning } from './tuning.ts';

/** Why an area was followed no further: not found again, out of the picture, the end of what was to be followed. */
export type FollowEnd = 'lost' | 'left' | 'end';

export interface FollowedArea {
  /** In follow pixels, one a picture, the first as it was drawn. */
  readonly boxes: readonly Box[];
  readonly end: FollowEnd;
}

/** Less than this share of the area is left in the picture: it has gone. */
const GONE = 0.2;

/** From the last picture to this one beside what the camera did, in follow pixels. */
interface Way {
  readonly dx: number;
  readonly dy: number;
}

const STILL: Way = { dx: 0, dy: 0 };

function wayOf(from: Box, to: Box): Way {
  return { dx: to.x + to.w / 2 - from.x - from.w / 2, dy: to.y + to.h / 2 - from.y - from.h / 2 };
}

function shifted(box: Box, { dx, dy }: Way): Box {
  return { ...box, x: box.x + dx, y: box.y + dy };
}

/**
 * Goes after what an area shows, picture by picture, in whatever direction the pictures come.
 * @param pictures the first is the one that the area was drawn on; none lies behind a scene cut
 * @param area in follow pixels
 * @param discard takes back a picture that is not looked at any more
 */
export async function followArea<Frame, Template>(
  pictures: AsyncIterable<Frame>,
  area: Box,
  follower: Follower<Frame, Template>,
  framesPerSecond: number,
  tuning: TrackerTuning,
  discard?: (picture: Frame) => void,
): Promise<FollowedArea> {
  const boxes: Box[] = [];
  const coast = tuning.coastSeconds * framesPerSecond;
  let head: Head<Template> | undefined;
  let before: Frame | undefined;
  let way = STILL;
  for await (const picture of pictures) {
    if (!head || before === undefined) {
      const anchor = follower.template(picture, area);
      head = { box: area, size: area.h, anchor, recent: anchor, unsupported: 0, support: 1 };
    } else {
      const motion = follower.motion(before, picture);
      const { box } = head;
      head.box = shifted(box, way);
      // A wall or a table has nothing to hold on to; with the camera it moves all the same.
      if (head.anchor) advance(head, motion, picture, follower, tuning);
      else head.box = moved(box, motion, follower.width, follower.height);
      // What goes on goes on as before; what can't be seen is not sent further on its way.
      way = head.unsupported > 0 ? STILL : wayOf(moved(box, motion, follower.width, follower.height), head.box);
      if (head.unsupported > 0) head.box = moved(box, motion, follower.width, follower.height);
      discard?.(before);
    }
    before = picture;
    boxes.push(head.box);
    if (visibleShare(head.box, follower.width, follower.height) < GONE) return { boxes, end: 'left' };
    if (head.unsupported > coast) return { boxes: boxes.slice(0, -head.unsupported), end: 'lost' };
  }
  const supported = head ? boxes.slice(0, boxes.length - head.unsupported) : boxes;
  return { boxes: supported, end: 'end' };
}

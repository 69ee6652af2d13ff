import { clip, area, type Box } from '../geometry/box.ts';
import type { Follower, Motion } from './follower.ts';
import type { TrackerTuning } from './tuning.ts';

/** A box under way, in follow pixels, with what is needed to find it on the next picture. */
export interface Head<Template> {
  box: Box;
  /** Height by the last detection and the camera's motion since; what is followed may not stray far from it. */
  size: number;
  /** From the last trusted look; kept while it matches, so that errors do not add up. */
  anchor: Template | undefined;
  /** From the previous picture; used when the anchor no longer matches (a turning head). */
  recent: Template | undefined;
  /** Frames since the picture last supported the position. */
  unsupported: number;
  support: number;
}

export function moved(box: Box, motion: Motion, width: number, height: number): Box {
  const cx = box.x + box.w / 2 - width / 2;
  const cy = box.y + box.h / 2 - height / 2;
  const w = box.w * motion.scale;
  const h = box.h * motion.scale;
  return {
    x: width / 2 + cx * motion.scale + motion.dx - w / 2,
    y: height / 2 + cy * motion.scale + motion.dy - h / 2,
    w,
    h,
  };
}

/** The motion that undoes `motion`. */
export function inverse(motion: Motion): Motion {
  const scale = 1 / motion.scale;
  return { scale, dx: -motion.dx * scale, dy: -motion.dy * scale, agreement: motion.agreement };
}

/** Support above which the last picture is not worth remembering besides the anchor. */
const CERTAIN = 0.92;

/** Followed size against {@link Head.size}: beyond this it is the background that is being followed. */
const MAX_DRIFT = 1.3;

function plausible(found: Box, guess: Box, expected: number): boolean {
  const drift = found.h / expected;
  if (drift > MAX_DRIFT || drift < 1 / MAX_DRIFT) return false;
  const shift = Math.hypot(
    found.x + found.w / 2 - guess.x - guess.w / 2,
    found.y + found.h / 2 - guess.y - guess.h / 2,
  );
  const size = found.h / guess.h;
  return shift < 0.6 * Math.max(guess.w, guess.h) && size > 0.8 && size < 1.25;
}

/**
 * Moves a head one picture on: camera motion first, then the picture itself decides. Without support
 * the head is carried along by the camera motion alone.
 */
export function advance<Frame, Template>(
  head: Head<Template>,
  motion: Motion,
  frame: Frame,
  follower: Follower<Frame, Template>,
  tuning: TrackerTuning,
): void {
  const guess = moved(head.box, motion, follower.width, follower.height);
  head.size *= motion.scale;
  const visible = visibleShare(guess, follower.width, follower.height);
  let best = head.anchor && follower.follow(head.anchor, frame, guess);
  let renew = false;
  if (!best || best.support < tuning.goodSupport || !plausible(best.box, guess, head.size)) {
    const step = head.recent && follower.follow(head.recent, frame, guess);
    if (
      step &&
      plausible(step.box, guess, head.size) &&
      (!best || !plausible(best.box, guess, head.size) || step.support > best.support)
    ) {
      best = step;
      renew = true;
    }
  }
  if (best && best.support >= tuning.weakSupport && plausible(best.box, guess, head.size)) {
    // At the border half of what is compared is missing and its size means nothing.
    head.box = visible > 0.85 ? best.box : resized(best.box, guess);
    head.support = best.support;
    head.unsupported = 0;
    // Half a face at the border is not worth keeping as the picture of the whole; and while the
    // anchor fits this well there is nothing to learn.
    if (visible > 0.7 && (renew || best.support < CERTAIN)) {
      head.recent = follower.template(frame, head.box) ?? head.recent;
      if (renew) head.anchor = head.recent;
    }
  } else {
    head.box = guess;
    head.support = best?.support ?? 0;
    head.unsupported++;
  }
}

/** `box` in its place, with the size of `like`. */
export function resized(box: Box, like: Box): Box {
  return { x: box.x + (box.w - like.w) / 2, y: box.y + (box.h - like.h) / 2, w: like.w, h: like.h };
}

/** Share of the box inside the follow picture. */
export function visibleShare(box: Box, width: number, height: number): number {
  const own = area(box);
  return own > 0 ? area(clip(box, width, height)) / own : 0;
}

import type { FrameRate } from './frame-rate.ts';

/**
 * What was found in a recording and how it will be normalised. All sizes are pixels after rotation
 * and square-pixel correction; `width` and `height` are even, as yuv420p asks.
 */
export interface Recording {
  readonly container: string;
  readonly bytes: number;
  readonly durationSeconds: number;
  readonly video: VideoFacts;
  readonly audio: AudioFacts | undefined;
  /** Streams that will not be carried over: attached pictures, subtitles, data, further video. */
  readonly dropped: readonly string[];
  /** Names of tags that can point at a person or place; their values are never kept. */
  readonly personalTags: readonly string[];
}

export interface VideoFacts {
  readonly streamIndex: number;
  readonly codec: string;
  readonly codedWidth: number;
  readonly codedHeight: number;
  readonly width: number;
  readonly height: number;
  readonly rotationDegrees: number;
  readonly rate: FrameRate;
  readonly sourceRate: FrameRate | undefined;
  readonly variableRate: boolean;
  readonly interlaced: boolean;
  readonly hdr: boolean;
  /** How the coded colours are meant; decides whether they must be converted. */
  readonly colour: ColourFacts;
  readonly estimatedFrames: number;
}

export interface ColourFacts {
  /** As ffmpeg's scale filter names it; untagged HD is BT.709, untagged SD is BT.601, as players take it. */
  readonly matrix: 'bt709' | 'bt601' | 'tagged';
  /** Planar 8-bit 4:2:0, limited range, BT.709: what the engine works on, so nothing needs converting. */
  readonly canonical: boolean;
}

export interface AudioFacts {
  readonly streamIndex: number;
  readonly codec: string;
  readonly channels: number;
}

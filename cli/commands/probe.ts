import { formatRate } from '../../core/media/frame-rate.ts';
import { locateFfmpeg } from '../../native/ffmpeg/locate.ts';
import { probe } from '../../native/ffmpeg/probe.ts';
import { requireToneMapping } from '../../native/engine.ts';
import { type Context } from '../context.ts';

/** Says what is in a file and what will happen to it; nothing is written. */
export async function showProbe(file: string, context: Context): Promise<void> {
  const tools = await locateFfmpeg();
  const recording = await probe(file, tools, context.signal);
  const { video, audio } = recording;
  requireToneMapping(tools, video.hdr);
  if (context.asJson) {
    context.output.json({ event: 'probe', ...recording });
    return;
  }
  const { probe: words } = context.texts;
  const coded = `${video.codedWidth}×${video.codedHeight}`;
  const shown = `${video.width}×${video.height}`;
  const source = video.sourceRate ? formatRate(video.sourceRate) : '?';
  const lines = [
    `${words.picture}: ${video.codec} ${coded}, ${source}/s`,
    `${words.sound}: ${audio ? `${audio.codec}, ${audio.channels} ch` : words.none}`,
    `${words.length}: ${recording.durationSeconds.toFixed(2)} s`,
    ...(recording.dropped.length > 0 ? [`${words.dropped}: ${recording.dropped.join(', ')}`] : []),
    ...(recording.personalTags.length > 0 ? [`${words.tags}: ${recording.personalTags.join(', ')}`] : []),
    `${words.happens}:`,
    ...(video.rotationDegrees !== 0 ? [`  ${words.rotate(video.rotationDegrees)}`] : []),
    ...(coded !== shown ? [`  ${words.size(coded, shown)}`] : []),
    ...(video.variableRate || source !== formatRate(video.rate)
      ? [`  ${words.rate(source, formatRate(video.rate))}`]
      : []),
    ...(video.interlaced ? [`  ${words.deinterlace}`] : []),
    ...(video.hdr ? [`  ${words.tonemap}`] : []),
    `  ${words.hide}`,
    `  ${words.metadata}`,
  ];
  for (const line of lines) context.output.say(line);
}

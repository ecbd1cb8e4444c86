/** The two streams of a run that is asked for: the city with what is done in it, and the same without. */
import type { Side } from '../loop/loopMessages.ts'
import type { ScenarioFrame } from '../loop/scenarios.ts'
import type { Hub } from './hub.ts'
import type { Cut, Stream } from './stream.ts'

const sides: readonly Side[] = ['edited', 'base']

export interface RunStreams {
  readonly opened: (id: string) => void
  readonly frame: (id: string, side: Side, frame: ScenarioFrame) => void
  readonly keyframe: (id: string, side: Side, frame: ScenarioFrame) => void
  readonly closed: (id: string) => void
}

export function makeRunStreams(hub: () => Hub): RunStreams {
  const streams = new Map<string, Stream>()
  return {
    opened(id) {
      for (const side of sides) streams.set(streamName(id, side), hub().openStream(streamName(id, side)))
    },
    frame: (id, side, frame) => pass(streams.get(streamName(id, side)), frame),
    keyframe: (id, side, frame) => streams.get(streamName(id, side))?.keyframe(frame),
    closed(id) {
      for (const side of sides) {
        streams.delete(streamName(id, side))
        hub().closeStream(streamName(id, side))
      }
    },
  }
}

/** A source's first frame is all of it, and begins its stream anew. */
export function pass(stream: Stream | undefined, frame: Cut & { readonly isKeyframe: boolean }): void {
  if (frame.isKeyframe) stream?.restart(frame)
  else stream?.frame(frame)
}

function streamName(id: string, side: Side): string {
  return side === 'base' ? `${id}.base` : id
}

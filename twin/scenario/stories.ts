/** The scenarios that are told to everyone, as runs: how long each goes on and how fast. */
import type { PlayStory, StartScenario } from '../protocol/messages.ts'

// Half an hour after the failure, told in a minute.
const BLACKOUT = { horizonS: 1800, speed: 30 }
// Another hour is shown at the city's own pace, for so long at most.
const HOUR = { horizonS: 3600, speed: 1 }

export function runOfStory(story: PlayStory): StartScenario {
  if (story.kind === 'hour') return { ...HOUR, edits: [], atS: story.atS }
  const { substation, atS } = story
  const edits = [{ kind: 'substationOut' as const, id: 'blackout', substation }]
  return { ...BLACKOUT, edits, ...(atS !== undefined && { atS }) }
}

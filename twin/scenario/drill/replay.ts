/** Plays a file again, act by act at its second, and compares what comes with what it claims. */
import type { Drill } from './document.ts'
import type { DrillGame } from './game.ts'
import { isSameScore, type DrillScore } from './score.ts'
import { wordsOfRefusal } from '../refusals.ts'

export interface Verdict {
  readonly isTrue: boolean
  readonly claimed: DrillScore
  readonly came: DrillScore
  /** Acts that cannot be done where the file does them, and why; in English. */
  readonly refused: readonly string[]
}

export interface Replay {
  step(): void
  verdict(): Verdict
}

/** `game` stands at its beginning; it is over after as many steps as it has seconds. */
export function replayDrill(game: DrillGame, { acts, score }: Drill): Replay {
  const refused: string[] = []
  let next = 0
  return {
    step() {
      for (; next < acts.length && acts[next].atS <= game.doneS(); next++) {
        const act = acts[next]
        const fault = 'undo' in act ? game.undo(act.undo) : game.act(act.edit)
        if (fault !== undefined) refused.push(`act ${next + 1}: ${wordsOfRefusal(fault)}`)
      }
      game.step()
    },
    verdict() {
      const came = game.score()
      return { isTrue: refused.length === 0 && isSameScore(score, came), claimed: score, came, refused }
    },
  }
}

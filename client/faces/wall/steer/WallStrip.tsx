/** Below the map of a wall: what the view that runs by itself shows, when the next comes, and what holds it; or the story's words. */
import type { WallProgramme } from '../../../../twin/protocol/wallMessages.ts'
import { sayWall } from '../../../language/wallWords.ts'
import { useHostSeconds } from './useHostSeconds.ts'

export function WallStrip({ programme }: { programme: WallProgramme }) {
  const { kind, language, text, index, count, held, nextMs } = programme
  const leftS = useHostSeconds(nextMs)
  const place = sayWall('count', { at: index + 1, of: count }, language)
  const next = leftS === undefined ? '' : sayWall('next', { s: leftS }, language)
  return (
    <section
      className="wall-strip"
      data-kind={kind}
      lang={language}
      aria-label={sayWall(kind === 'story' ? 'offer.title' : 'director', {}, language)}
    >
      <p className="wall-strip-text">{text}</p>
      <p className="wall-strip-count">
        {held === undefined
          ? [place, next].filter((words) => words !== '').join(' · ')
          : sayWall(held === 'alarm' ? 'alarmHolds' : 'handHolds')}
      </p>
    </section>
  )
}

/** Where the scenario begins: now, at one of a few hours, or as its document says. */
import { formatDay } from '../../language/format.ts'
import { sayDocument } from '../../language/documentWords.ts'
import { say } from '../../language/language.ts'
import { clockOf } from '../../shell/lateHour.ts'
import { now, type Begin } from './begin.ts'
import type { Scenario } from './useScenario.ts'

// Hours with a life of their own: both peaks, noon and night.
const HOURS_S = [3, 8, 13, 18].map((hour) => hour * 3600)

export function BeginChoice({ scenario }: { scenario: Scenario }) {
  const { begin } = scenario
  const isOffered = begin.kind === 'now' || (begin.kind === 'hour' && begin.date === undefined)
  return (
    <label className="row begin-choice">
      <span className="unseen">{say('scenario.begin')}</span>
      <select
        value={begin.kind === 'hour' && isOffered ? begin.atS : isOffered ? '' : 'kept'}
        onChange={({ target: { value } }) => {
          if (value === 'kept') return
          scenario.setBegin(value === '' ? now : { kind: 'hour', atS: Number(value), date: undefined })
        }}
      >
        {!isOffered && <option value="kept">{wordsOfBegin(begin)}</option>}
        <option value="">{say('scenario.beginNow')}</option>
        {HOURS_S.map((atS) => (
          <option key={atS} value={atS}>
            {say('scenario.beginAt', { time: clockOf(atS) })}
          </option>
        ))}
      </select>
    </label>
  )
}

/** «a typical 18:00 on Friday, 27 November», «the moment of 18:04 on …». */
export function wordsOfBegin(begin: Begin): string {
  if (begin.kind === 'now') return say('scenario.beginNow')
  if (begin.kind === 'moment')
    return sayDocument('begin.moment', { time: begin.at.slice(11, 16), day: dayOf(begin.at.slice(0, 10)) })
  const time = clockOf(begin.atS)
  return begin.date === undefined
    ? say('scenario.beginAt', { time })
    : sayDocument('begin.typical', { time, day: dayOf(begin.date) })
}

function dayOf(isoDate: string): string {
  return formatDay(Date.parse(`${isoDate}T12:00:00Z`), 'UTC')
}

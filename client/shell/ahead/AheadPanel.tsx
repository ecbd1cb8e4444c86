/** Below the strip: how the standing forecast was made, what it says of a chosen moment, and the way to its scores. */
import { useState } from 'react'
import { indicators, type Indicator } from '../../../twin/objectives/indicators.ts'
import { expectedAt, type Expected } from '../../charts/fan.ts'
import { formatClock, formatDuration, formatNumber, formatUnit } from '../../language/format.ts'
import { say } from '../../language/language.ts'
import { useStore } from '../../state/store.ts'
import { Dialog } from '../Dialog.tsx'
import { playbackOf } from '../past/usePast.ts'
import { useShell } from '../shellContext.ts'
import './ahead.css'
import { fanOf, getPictures, useAhead, type AheadForecast } from './forecastFeed.ts'
import { Scoreboard } from './Scoreboard.tsx'
import { useAheadMoment, type AheadMoment } from './useAheadMoment.ts'

export function AheadPanel() {
  const { live } = useShell()
  const ahead = useAhead()
  const moment = useAheadMoment(live)
  const [isScoring, setScoring] = useState(false)
  if (!ahead || ahead.state === 'off') return null
  return (
    <section className="ahead" aria-label={say('ahead.word')}>
      <p className="ahead-origin">
        {ahead.forecast ? (
          <AheadOrigin forecast={ahead.forecast} />
        ) : (
          say(ahead.state === 'making' ? 'ahead.making' : 'ahead.none')
        )}{' '}
        <button type="button" className="link" onClick={() => setScoring(true)}>
          {say('ahead.scores')}
        </button>
      </p>
      {moment && <Expectations {...moment} canShow={ahead.hasPictures === true} />}
      {isScoring && (
        <Dialog title={say('ahead.scoresTitle')} onClose={() => setScoring(false)}>
          <Scoreboard />
        </Dialog>
      )}
    </section>
  )
}

/** Where a forecast comes from, in a sentence; its age to the minute. */
export function AheadOrigin({ forecast }: { forecast: AheadForecast }) {
  return <>{useOrigin(forecast)}</>
}

export function useOrigin(forecast: AheadForecast | undefined): string {
  const { live } = useShell()
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone)
  const minutes = useStore(
    live.store,
    ({ clock }) => clock && forecast && Math.floor((clock.timeMs - forecast.madeMs) / 60_000),
  )
  if (!forecast || !timeZone || minutes === undefined) return ''
  return say('ahead.origin', {
    time: formatClock(forecast.madeMs, timeZone),
    age: formatDuration(Math.max(0, minutes) * 60),
    members: forecast.members,
  })
}

function Expectations({ timeMs, forecast, canShow }: AheadMoment & { canShow: boolean }) {
  const { live } = useShell()
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone)
  if (!timeZone) return null
  return (
    <>
      <div className="ahead-head">
        <h3>{say('ahead.at', { time: formatClock(timeMs, timeZone) })}</h3>
        {canShow && <ShowOnMap timeMs={timeMs} forecast={forecast} />}
      </div>
      <dl className="ahead-values" aria-live="polite">
        {forecast.series.map(({ id }) => {
          const fan = fanOf(forecast, id)
          const expected = fan && expectedAt(fan, timeMs)
          if (!expected) return null
          const { unit }: Indicator = indicators.find((indicator) => indicator.id === id)!
          return (
            <div key={id}>
              <dt>{say(`indicator.${id}`)}</dt>
              <dd>
                <b>{formatUnit(expected.median, unit)}</b> <span>{bandOf(expected, unit)}</span>
              </dd>
            </div>
          )
        })}
      </dl>
    </>
  )
}

/** Fetched only when it is asked for: some megabytes. */
function ShowOnMap({ timeMs, forecast }: AheadMoment) {
  const { live } = useShell()
  const [fault, setFault] = useState<string>()
  const [isFetching, setFetching] = useState(false)
  const show = () => {
    setFault(undefined)
    setFetching(true)
    const { madeMs, members } = forecast
    getPictures(forecast)
      .then(async (file) => {
        const playback = playbackOf(live)
        await playback?.open(say('ahead.word'), file, { madeMs, members })
        playback?.seek(timeMs)
      })
      .catch((error: Error) => {
        setFault(say('past.failed', { why: error.message }))
        setFetching(false)
      })
  }
  return (
    <>
      <button type="button" disabled={isFetching} onClick={show}>
        {say(isFetching ? 'ahead.fetching' : 'ahead.showOnMap')}
      </button>
      {fault !== undefined && <p role="alert">{fault}</p>}
    </>
  )
}

/** Without the word for what is counted, which stands before it; with its unit where that changes with size. */
function bandOf({ low, high }: Expected, unit: string): string {
  const isCount = !['ratio', 'W', 's', 'pu'].includes(unit)
  const format = (value: number) => (isCount ? formatNumber(value) : formatUnit(value, unit))
  const [from, to] = [format(low), format(high)]
  const [number, mark] = from.split(' ')
  const isSame = unit !== 's' && to.split(' ')[1] === mark
  return say('ahead.band', { low: isSame ? number : from, high: to })
}

/** One domain on the wall: one number, what is normal or usual, the hour that led to it, and what is expected next. */
import type { DomainId } from '../../../twin/domains.ts'
import { indicators, type Indicator, type IndicatorId } from '../../../twin/objectives/indicators.ts'
import { summarise, usualBand, type Series } from '../../charts/series.ts'
import { Trend } from '../../charts/Trend.tsx'
import { sayDesk } from '../../language/deskWords.ts'
import {
  formatClock,
  formatDuration,
  formatNumber,
  formatUnit,
  toThreeDigits,
} from '../../language/format.ts'
import { say } from '../../language/language.ts'
import { useFan, useForecast } from '../../shell/ahead/forecastFeed.ts'
import { indicatorOrigin, troubleWith } from '../../shell/indicatorProvenance.ts'
import { useShell } from '../../shell/shellContext.ts'
import { useCourse, useIndicators } from '../../shell/useIndicators.ts'
import { useStore } from '../../state/store.ts'
import { ageWords } from './age.ts'
import { WallKey } from './WallKey.tsx'
import './numbers.css'

const shown: Readonly<Record<DomainId, IndicatorId>> = {
  traffic: 'speedRatio',
  power: 'loadW',
  transit: 'meanDelayS',
  reports: 'openRequests',
}

const HOUR_MS = 3_600_000
/** Of what is lost nothing is shown that could be taken for a value. */
const LOST = '—'

export function DomainNumber({ domain }: { domain: DomainId }) {
  const { live } = useShell()
  const id = shown[domain]
  const value = useIndicators(live)[id]
  const state = useStore(live.store, ({ connection }) => connection.state)
  const isLost = state === 'lost' || state === 'outdated'
  const trouble = useTrouble(id)
  const { series, yesterday } = useCourse(live, id)
  const ahead = useFan(id)
  const aheadWords = useAheadWords()
  const { unit, limit, worseWhen }: Indicator = indicators.find((candidate) => candidate.id === id)!
  return (
    <section className="wall-number" aria-label={say(`layer.${domain}`)} data-state={state}>
      <header>
        <h2>{say(`layer.${domain}`)}</h2>
        <WallKey domain={domain} />
        <Age />
      </header>
      <p>
        <b>{value === undefined || isLost ? LOST : worded(value, unit)}</b>
        <span className="quiet">{say(`wall.about.${domain}`)}</span>
      </p>
      <Trend
        label={`${say('wall.trend', { title: say(`indicator.${id}`) })} ${ahead ? aheadWords : ''}`}
        series={series}
        yesterday={yesterday}
        limit={limit}
        withUsual={limit === undefined}
        worseWhen={worseWhen}
        spanMs={HOUR_MS}
        ahead={ahead}
        heightPx={trendHeightPx()}
      />
      {trouble !== undefined && <p className="wall-trouble">{trouble}</p>}
      <small>
        {[hourWords(series, unit), normalWords({ unit, limit, worseWhen }, yesterday), ahead && aheadWords]
          .filter(Boolean)
          .join(' ')}
      </small>
    </section>
  )
}

/** On a wide wall four numbers stand one below the other. */
function trendHeightPx(): number {
  return Math.round(innerHeight / (innerWidth >= 2.5 * innerHeight ? 24 : 18))
}

/** Of a value that is new; what is not new says so where nobody overlooks it. */
function Age() {
  const { live } = useShell()
  const age = useStore(live.store, (page) => (page.connection.state === 'live' ? ageWords(page) : undefined))
  return age && <span className="quiet push">{age}</span>
}

/** How old the value is when it is not new, and what else is not as it should be. */
function useTrouble(id: IndicatorId): string | undefined {
  const { live } = useShell()
  return useStore(live.store, ({ clock, connection }) => {
    if (connection.state !== 'live' && connection.ageS !== undefined)
      return sayDesk('wall.lostSince', { age: formatDuration(Math.floor(connection.ageS)) })
    const origin = indicatorOrigin(live, [id])
    return origin && troubleWith(origin, clock?.speed ?? 1)
  })
}

function hourWords(series: Series, unit: Indicator['unit']): string {
  const course = summarise(series)
  if (!course) return ''
  const [min, max] = [worded(course.min, unit), worded(course.max, unit)]
  return min === max ? '' : say('wall.hour', { min, max })
}

/** By its limit; what has none is held against the same hour of the day before. */
function normalWords(
  { unit, limit, worseWhen }: Pick<Indicator, 'unit' | 'limit' | 'worseWhen'>,
  yesterday: Series | undefined,
): string {
  if (limit !== undefined && worseWhen)
    return say(worseWhen === 'higher' ? 'wall.normalBelow' : 'wall.normalAbove', {
      limit: worded(limit, unit),
    })
  const usual = usualBand(yesterday?.values.findLast(Number.isFinite))
  return usual ? sayDesk('wall.usual', { low: worded(usual.low, unit), high: worded(usual.high, unit) }) : ''
}

/** Of what the dotted line is, and how old. */
function useAheadWords(): string {
  const { live } = useShell()
  const forecast = useForecast()
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone)
  if (!forecast || !timeZone) return ''
  return say('ahead.wall', { time: formatClock(forecast.madeMs, timeZone), members: forecast.members })
}

/** The heading says already what is counted. Number and unit stay on one line. */
function worded(value: number, unit: string): string {
  const read = toThreeDigits(value)
  return (unit === 'requests' ? formatNumber(read) : formatUnit(read, unit)).replaceAll(' ', '\u00a0')
}

/** One domain on the wall: one number, its band of normal, the hour that led to it, and what is expected next. */
import type { DomainId } from '../../../twin/domains.ts'
import { indicators, type Indicator, type IndicatorId } from '../../../twin/objectives/indicators.ts'
import { summarise } from '../../charts/series.ts'
import { Trend } from '../../charts/Trend.tsx'
import { formatClock, formatNumber, formatUnit } from '../../language/format.ts'
import { say } from '../../language/language.ts'
import { useFan, useForecast } from '../../shell/ahead/forecastFeed.ts'
import { indicatorOrigin, troubleWith } from '../../shell/indicatorProvenance.ts'
import { useShell } from '../../shell/shellContext.ts'
import { useCourse, useIndicators } from '../../shell/useIndicators.ts'
import { useStore } from '../../state/store.ts'

const shown: Readonly<Record<DomainId, IndicatorId>> = {
  traffic: 'speedRatio',
  power: 'loadW',
  transit: 'meanDelayS',
  reports: 'openRequests',
}

const HOUR_MS = 3_600_000

export function DomainNumber({ domain }: { domain: DomainId }) {
  const { live } = useShell()
  const id = shown[domain]
  const value = useIndicators(live)[id]
  const trouble = useStore(live.store, ({ clock }) => {
    const origin = indicatorOrigin(live, [id])
    return origin && troubleWith(origin, clock?.speed ?? 1)
  })
  const { series, yesterday } = useCourse(live, id)
  const ahead = useFan(id)
  const aheadWords = useAheadWords()
  const course = summarise(series)
  const { unit, limit, worseWhen }: Indicator = indicators.find((candidate) => candidate.id === id)!
  const [min, max] = course ? [worded(course.min, unit), worded(course.max, unit)] : ['', '']
  return (
    <section className="wall-number" aria-label={say(`layer.${domain}`)}>
      <h2>{say(`layer.${domain}`)}</h2>
      <p>
        <b>{value === undefined ? '–' : worded(value, unit)}</b>
        <span className="quiet">{say(`wall.about.${domain}`)}</span>
      </p>
      <Trend
        label={`${say('wall.trend', { title: say(`indicator.${id}`) })} ${ahead ? aheadWords : ''}`}
        series={series}
        yesterday={yesterday}
        limit={limit}
        worseWhen={worseWhen}
        spanMs={HOUR_MS}
        ahead={ahead}
        heightPx={Math.round(innerHeight / 18)}
      />
      {trouble !== undefined && <p className="wall-trouble">{trouble}</p>}
      <small>
        {min !== max && `${say('wall.hour', { min, max })} `}
        {limit !== undefined &&
          worseWhen &&
          say(worseWhen === 'higher' ? 'wall.normalBelow' : 'wall.normalAbove', {
            limit: formatUnit(limit, unit),
          })}
        {ahead && ` ${aheadWords}`}
      </small>
    </section>
  )
}

/** Of what the dotted line is, and how old. */
function useAheadWords(): string {
  const { live } = useShell()
  const forecast = useForecast()
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone)
  if (!forecast || !timeZone) return ''
  return say('ahead.wall', { time: formatClock(forecast.madeMs, timeZone), members: forecast.members })
}

/** The heading says already what is counted. */
function worded(value: number, unit: string): string {
  return unit === 'requests' ? formatNumber(value) : formatUnit(value, unit)
}

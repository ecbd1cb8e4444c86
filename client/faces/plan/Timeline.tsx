/** The strip of time: the live city's past hour of one number a domain, yesterday behind it, then now and the hour ahead, whatever else is shown. */
import { domainIds, type DomainId } from '../../../twin/domains.ts'
import { indicators, type Indicator, type IndicatorId } from '../../../twin/objectives/indicators.ts'
import { LIVE } from '../../../twin/protocol/names.ts'
import { TimeSeries } from '../../charts/TimeSeries.tsx'
import { formatUnit } from '../../language/format.ts'
import { say } from '../../language/language.ts'
import { useOrigin } from '../../shell/ahead/AheadPanel.tsx'
import { useFan, useForecast } from '../../shell/ahead/forecastFeed.ts'
import { useShell } from '../../shell/shellContext.ts'
import { IndicatorProvenance } from '../../shell/IndicatorProvenance.tsx'
import { usePastCourse } from '../../shell/past/usePastCourse.ts'
import { useCourse } from '../../shell/useIndicators.ts'
import { useStore } from '../../state/store.ts'

const shown: Readonly<Record<DomainId, IndicatorId>> = {
  traffic: 'speedRatio',
  power: 'loadW',
  transit: 'meanDelayS',
  reports: 'openRequests',
}
const HOUR_MS = 3_600_000
const CHART_PX = 92

export function Timeline() {
  return (
    <section className="timeline" aria-label={say('timeline.title')}>
      {domainIds.map((id) => (
        <PastHour key={id} id={shown[id]} />
      ))}
    </section>
  )
}

function PastHour({ id }: { id: IndicatorId }) {
  const { live } = useShell()
  const past = usePastCourse(live, id)
  const { series, yesterday } = useCourse(live, id)
  const fan = useFan(id)
  const aheadOrigin = useOrigin(useForecast())
  const isForecast = useStore(live.store, ({ replay }) => replay?.forecast !== undefined)
  const isLive = useStore(live.store, ({ stream }) => stream === LIVE)
  const shownMs = useStore(live.store, ({ clock }) => clock && Math.floor(clock.timeMs / 5000) * 5000)
  // another run's clock is not this strip's
  const nowMs = isLive ? shownMs : (series.timesMs.at(-1) ?? shownMs)
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone)
  const indicator: Indicator | undefined = indicators.find((candidate) => candidate.id === id)
  if (!indicator || !timeZone || nowMs === undefined)
    return <p className="quiet">{say('timeline.waiting')}</p>
  if (past)
    return (
      <TimeSeries
        title={say(`indicator.${id}`)}
        format={(value) => formatUnit(value, indicator.unit)}
        {...past}
        limit={indicator.limit}
        origin={
          isForecast ? say('ahead.word') : <IndicatorProvenance ids={[id]} what={say(`indicator.${id}`)} />
        }
        timeZone={timeZone}
        heightPx={CHART_PX}
      />
    )
  return (
    <TimeSeries
      title={say(`indicator.${id}`)}
      format={(value) => formatUnit(value, indicator.unit)}
      series={series}
      yesterday={yesterday}
      limit={indicator.limit}
      origin={isLive ? <IndicatorProvenance ids={[id]} what={say(`indicator.${id}`)} /> : say('status.live')}
      timeZone={timeZone}
      fromMs={nowMs - HOUR_MS}
      toMs={fan ? nowMs + HOUR_MS : nowMs}
      nowMs={nowMs}
      ahead={fan && { fan, origin: aheadOrigin }}
      heightPx={CHART_PX}
    />
  )
}

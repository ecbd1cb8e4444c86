/** What the colours and marks of traffic mean, and how much street is in each class. */
import { linkTable } from '../../../twin/traffic/tables.ts'
import { formatNumber, formatPercent } from '../../language/format.ts'
import { say } from '../../language/language.ts'
import { otherOrigins } from '../drawnOrigin.ts'
import type { LegendProps } from '../layer.ts'
import { LegendMark } from '../LegendMark.tsx'
import { OriginLegend } from '../OriginLegend.tsx'
import { Scale } from '../Scale.tsx'
import { differencePalette, DIFFERENCES } from './differences.ts'
import { HEADS_FROM_ZOOM } from './signalHeads.ts'
import { STEP_BELOW } from './speedSteps.ts'
import { countDifferences, countSignals, countStreets } from './streetCounts.ts'
import { trafficStatic } from './trafficStatic.ts'

export function TrafficLegend({ theme, isCompared, context }: LegendProps) {
  const [free, some, half, slow] = STEP_BELOW.map((ratio) => formatPercent(ratio))
  const [few, many] = DIFFERENCES.map((ratio) => formatPercent(ratio))
  const texts = isCompared
    ? [`> +${many}`, `> +${few}`, `±${few}`, `> −${few}`, `> −${many}`]
    : [`> ${free}`, `> ${some}`, `> ${half}`, `> ${slow}`, `< ${slow}`]
  const palette = isCompared ? differencePalette(theme) : theme.traffic
  const counts =
    context &&
    (isCompared ? countDifferences(context, trafficStatic(context.city).gains) : countStreets(context))
  const signals = context && countSignals(context)
  const isNear = context === undefined || context.zoom >= HEADS_FROM_ZOOM
  return (
    <>
      <Scale
        title={say(isCompared ? 'traffic.differences' : 'traffic.legend')}
        unit={say('traffic.counted')}
        steps={palette.map((color, i) => ({
          color,
          text: texts[i],
          count: counts && formatNumber(counts.stepM[i] / 1000),
        }))}
      />
      {context && (
        <OriginLegend
          theme={theme}
          color={theme.traffic[1]}
          others={otherOrigins(context.mirror, linkTable, 'speedMps')}
          isForecast={context.isForecast}
        />
      )}
      <ul className="legend-marks">
        <LegendMark text={say('traffic.car')}>
          <Dash color={theme.car} />
        </LegendMark>
        <LegendMark text={say('traffic.queue')}>
          <Dash color={theme.traffic[4]} />
        </LegendMark>
        {counts !== undefined && counts.closedM > 0 && (
          <LegendMark text={say('traffic.closedLegend', { km: formatNumber(counts.closedM / 1000, 1) })}>
            <svg width="16" height="6" aria-hidden>
              <path d="M0 3H16" stroke={theme.alarm.high} strokeWidth="4" strokeDasharray="5 4" />
            </svg>
          </LegendMark>
        )}
        {isNear && (
          <LegendMark text={say('traffic.heads')} count={signals && signals.normal}>
            <svg width="28" height="16" aria-hidden strokeWidth="2.5" strokeLinecap="round">
              <path d="M2 8H12" stroke={theme.power[theme.isDark ? 3 : 2]} />
              <path d="M22 3V13" stroke={theme.quietText} />
            </svg>
          </LegendMark>
        )}
        {signals?.dark !== 0 && (
          <LegendMark text={say('traffic.darkSignal')} count={signals && signals.dark}>
            <svg width="16" height="16" aria-hidden>
              <path d="M8 1 15 14H1Z" fill="none" stroke={theme.alarm.critical} strokeWidth="2" />
            </svg>
          </LegendMark>
        )}
      </ul>
    </>
  )
}

function Dash({ color }: { color: string }) {
  return (
    <svg width="16" height="6" aria-hidden>
      <rect width="16" height="4" y="1" rx="2" fill={color} />
    </svg>
  )
}

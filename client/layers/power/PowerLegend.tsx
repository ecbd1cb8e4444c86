/** What the colours and marks of power mean, and how many transformers and substations are in each class. */
import { busTable } from '../../../twin/power/tables.ts'
import { formatNumber } from '../../language/format.ts'
import { say } from '../../language/language.ts'
import { otherOrigins } from '../drawnOrigin.ts'
import type { LegendProps } from '../layer.ts'
import { LegendMark } from '../LegendMark.tsx'
import { OriginLegend } from '../OriginLegend.tsx'
import { Scale } from '../Scale.tsx'
import { countPower, TRANSFORMERS_FROM_ZOOM } from './powerCounts.ts'

const STEPS = ['< 20 %', '< 40 %', '< 60 %', '< 80 %', '> 80 %']

export function PowerLegend({ theme, context }: LegendProps) {
  const counts = context && countPower(context)
  return (
    <>
      <Scale
        title={say('power.legend')}
        unit={say('power.counted')}
        steps={theme.power.map((color, i) => ({
          color,
          text: STEPS[i],
          count: counts && formatNumber(counts.step[i]),
        }))}
      />
      {context && (
        <OriginLegend
          theme={theme}
          color={theme.power[2]}
          others={otherOrigins(context.mirror, busTable, 'loadingRatio')}
          isForecast={context.isForecast}
        />
      )}
      <ul className="legend-marks">
        {context !== undefined && context.zoom >= TRANSFORMERS_FROM_ZOOM && (
          <LegendMark text={say('power.transformer')} count={counts?.step.reduce((all, n) => all + n, 0)}>
            <svg width="16" height="16" aria-hidden>
              <circle cx="8" cy="8" r="4.5" fill={theme.power[2]} />
            </svg>
          </LegendMark>
        )}
        <LegendMark text={say('power.substation')} count={counts?.substations}>
          <svg width="16" height="16" aria-hidden>
            <rect x="3" y="3" width="10" height="10" fill={theme.power[2]} stroke={theme.power[3]} />
          </svg>
        </LegendMark>
        {counts?.substationsOut !== 0 && (
          <LegendMark text={say('power.substationOut')} count={counts?.substationsOut}>
            <svg width="16" height="16" aria-hidden>
              <path
                d="M2 2H14V14H2Z M5 5 11 11 M11 5 5 11"
                fill="none"
                stroke={theme.alarm.critical}
                strokeWidth="2"
              />
            </svg>
          </LegendMark>
        )}
        {counts?.breakersOpen !== 0 && (
          <LegendMark text={say('power.breakerOpen')} count={counts?.breakersOpen}>
            <svg width="16" height="16" aria-hidden>
              <circle cx="8" cy="8" r="6" fill={theme.ground} stroke={theme.alarm.high} strokeWidth="1.5" />
            </svg>
          </LegendMark>
        )}
        {counts?.dark !== 0 && (
          <LegendMark text={say(counts ? 'power.darkCounted' : 'power.darkArea')} count={counts?.dark}>
            <svg width="16" height="16" aria-hidden>
              <circle cx="8" cy="8" r="7" fill="#05070A" stroke={theme.alarm.critical} strokeWidth="1.5" />
            </svg>
          </LegendMark>
        )}
        {theme.name === 'night' && (
          <LegendMark text={say('power.lamp')}>
            <svg width="16" height="16" aria-hidden>
              <circle cx="8" cy="8" r="2.5" fill={theme.lamp} />
            </svg>
          </LegendMark>
        )}
      </ul>
    </>
  )
}

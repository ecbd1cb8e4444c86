/** Says how measured, estimated and forecast look in a layer's lines; only what is drawn now. */
import { say } from '../language/language.ts'
import type { Theme } from '../theme/theme.ts'
import { countOrigins, type DrawnOrigin } from './drawnOrigin.ts'
import { LegendMark } from './LegendMark.tsx'

export interface OriginLegendProps {
  readonly theme: Theme
  readonly color: string
  readonly others: ReadonlyMap<number, DrawnOrigin>
  /** All of the picture is of a time to come. */
  readonly isForecast: boolean
}

export function OriginLegend({ theme, color, others, isForecast }: OriginLegendProps) {
  const { measured, estimated, forecast } = countOrigins(others)
  if (measured + estimated + forecast === 0 && !isForecast) return null
  return (
    <ul className="legend-marks one-column">
      {measured > 0 && (
        <LegendMark text={say('drawn.measured')} count={measured}>
          <svg width="28" height="10" aria-hidden>
            <path d="M0 5H28" stroke={theme.text} strokeWidth="7" />
            <path d="M0 5H28" stroke={color} strokeWidth="4" />
          </svg>
        </LegendMark>
      )}
      {estimated > 0 && (
        <LegendMark text={say('drawn.estimated')} count={estimated}>
          <svg width="28" height="10" aria-hidden>
            <path d="M1 8 6 2M7 8 12 2M13 8 18 2M19 8 24 2" stroke={color} strokeWidth="2.5" />
          </svg>
        </LegendMark>
      )}
      {(forecast > 0 || isForecast) && (
        <LegendMark text={say('drawn.forecast')} count={isForecast ? undefined : forecast}>
          <svg width="28" height="10" aria-hidden>
            <path d="M0 5H28" stroke={color} strokeWidth="4" strokeDasharray="6 5" opacity="0.8" />
          </svg>
        </LegendMark>
      )}
    </ul>
  )
}

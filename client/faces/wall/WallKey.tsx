/** Beside the name of a domain on the wall: how it is drawn on the map above, as far as is seen from across a room. */
import type { DomainId } from '../../../twin/domains.ts'
import { sayDesk } from '../../language/deskWords.ts'
import { formatPercent } from '../../language/format.ts'
import { shapePath } from '../../layers/reports/reportMarks.ts'
import { useShell } from '../../shell/shellContext.ts'
import { useStore } from '../../state/store.ts'

/** Says nothing of a domain that is not drawn. */
export function WallKey({ domain }: { domain: DomainId }) {
  const { live } = useShell()
  const isDrawn = useStore(live.store, ({ view }) => view.layersOn.includes(domain))
  if (!isDrawn) return null
  return (
    <span className="wall-key">
      <Marks domain={domain} />
    </span>
  )
}

function Marks({ domain }: { domain: DomainId }) {
  const { theme } = useShell()
  switch (domain) {
    case 'traffic':
      return <Ramp colors={theme.traffic} from={formatPercent(1)} to={formatPercent(0)} />
    case 'power':
      return (
        <>
          {sayDesk('wall.key.power')}{' '}
          <Ramp colors={theme.power} from={formatPercent(0)} to={formatPercent(1)} />
        </>
      )
    case 'transit':
      return (
        <>
          <svg viewBox="0 0 20 16" aria-hidden="true">
            <rect x="1" y="4.5" width="18" height="7" rx="2" fill={theme.bus} />
          </svg>
          {sayDesk('wall.key.transit')}
        </>
      )
    case 'reports':
      return (
        <>
          {(['square', 'triangle', 'diamond'] as const).map((shape) => (
            <svg key={shape} viewBox="0 0 16 16" aria-hidden="true">
              <path d={shapePath[shape]} fill={theme.report} />
            </svg>
          ))}
          {sayDesk('wall.key.reports')}
        </>
      )
  }
}

interface RampProps {
  readonly colors: readonly string[]
  readonly from: string
  readonly to: string
}

function Ramp({ colors, from, to }: RampProps) {
  return (
    <>
      {from}
      <span className="wall-ramp">
        {colors.map((color) => (
          <i key={color} style={{ background: color }} />
        ))}
      </span>
      {to}
    </>
  )
}

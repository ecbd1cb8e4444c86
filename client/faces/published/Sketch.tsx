/** Where the edits are, without a map below them: for a publication whose planner's page had no picture. */
import type { Publication } from '../../../twin/scenario/publication.ts'
import { sayPublished } from '../../language/publishedWords.ts'

const WIDTH = 640
const HEIGHT = 360
const EDGE = 24
/** No street is drawn larger than this, degrees of latitude across the picture. */
const LEAST_DEGREES = 0.004

export function Sketch({ edits }: { edits: Publication['edits'] }) {
  const places = edits.flatMap(({ lines }) => lines.flat())
  if (places.length === 0) return null
  const lngs = places.map(([lng]) => lng)
  const lats = places.map(([, lat]) => lat)
  const middle = [middleOf(lngs), middleOf(lats)]
  const narrow = Math.cos((middle[1] * Math.PI) / 180)
  const across = Math.max(
    LEAST_DEGREES,
    ((spanOf(lngs) * narrow) / (WIDTH - 2 * EDGE)) * HEIGHT,
    spanOf(lats) * (HEIGHT / (HEIGHT - 2 * EDGE)),
  )
  const scale = HEIGHT / across
  const x = (lng: number) => WIDTH / 2 + (lng - middle[0]) * narrow * scale
  const y = (lat: number) => HEIGHT / 2 - (lat - middle[1]) * scale
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className="published-sketch"
      role="img"
      aria-label={sayPublished('sketch')}
    >
      {edits.map(({ lines }, i) => {
        const [first] = lines
        const at = first?.[Math.floor(first.length / 2)]
        return (
          <g key={i}>
            {lines.map((line, n) => (
              <polyline key={n} points={line.map(([lng, lat]) => `${x(lng)},${y(lat)}`).join(' ')} />
            ))}
            {at && (
              <>
                <circle cx={x(at[0])} cy={y(at[1])} r={10} />
                <text x={x(at[0])} y={y(at[1])} dy="0.35em">
                  {i + 1}
                </text>
              </>
            )}
          </g>
        )
      })}
    </svg>
  )
}

function middleOf(values: readonly number[]): number {
  return (Math.min(...values) + Math.max(...values)) / 2
}

function spanOf(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values)
}

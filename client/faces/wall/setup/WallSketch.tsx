/** The wall as it will hang: its screens by column and row, and what of them the panels take. */
import { PANEL_SHARE, type RoomSize } from '../span/spanLens.ts'

/** Of one screen in the drawing, and between two. */
const SCREEN = { width: 160, height: 90 }
const GAP = 5
const MOST_WIDTH = 720
/** Of a single screen, what its column of panels takes (wall.css, room.css). */
const COLUMN_SHARE: Readonly<Record<RoomSize, number>> = { full: 0.27, narrow: 0.36, scant: 0.55, least: 1 }

/** The same is said in words by the addresses beside it. */
export function WallSketch({ cols, rows, room }: { cols: number; rows: number; room: RoomSize }) {
  const width = cols * (SCREEN.width + GAP) - GAP
  const height = rows * (SCREEN.height + GAP) - GAP
  const places = Array.from({ length: cols * rows }, (_, i) => ({ col: i % cols, row: Math.floor(i / cols) }))
  return (
    <svg
      className="set-up-sketch"
      viewBox={`-1 -1 ${width + 2} ${height + 2}`}
      style={{ maxWidth: `calc(${Math.min(MOST_WIDTH, width * 1.5)} * var(--unit))` }}
      aria-hidden="true"
    >
      {places.map(({ col, row }) => {
        const [x, y] = [col * (SCREEN.width + GAP), row * (SCREEN.height + GAP)]
        const panelWidth = SCREEN.width * (cols * rows === 1 ? COLUMN_SHARE : PANEL_SHARE)[room]
        return (
          <g key={`${col},${row}`}>
            <rect className="sketch-map" x={x} y={y} {...SCREEN} />
            {col === cols - 1 && (
              <rect
                className="sketch-panel"
                x={x + SCREEN.width - panelWidth}
                y={y}
                width={panelWidth}
                height={SCREEN.height}
              />
            )}
            <text x={x + 10} y={y + 24}>
              {col + 1}, {row + 1}
            </text>
          </g>
        )
      })}
    </svg>
  )
}

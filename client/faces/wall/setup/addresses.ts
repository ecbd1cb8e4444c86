/** The addresses of a wall's screens: everything that was said of it, and nothing else, stands in them. */
import type { Language } from '../../../language/language.ts'
import { queryFromSpan, WALL_NAME } from '../../../state/span.ts'
import type { ThemeName } from '../../../theme/theme.ts'
import type { Viewing } from '../../../theme/viewing.ts'

// As `WALL_NAME` has it.
const MOST_LETTERS = 32

export interface WallPlan {
  readonly name: string
  readonly cols: number
  readonly rows: number
  readonly bezelMm: number
  readonly viewing: Viewing
  readonly theme: ThemeName
  readonly language: Language
}

export interface ScreenAddress {
  readonly col: number
  readonly row: number
  readonly query: string
}

/** From left to right, and then from top to bottom. */
export function addressesOf(plan: WallPlan): readonly ScreenAddress[] {
  const { cols, rows } = plan
  return Array.from({ length: cols * rows }, (_, i) => {
    const [col, row] = [i % cols, Math.floor(i / cols)]
    return { col, row, query: queryOf(plan, col, row) }
  })
}

/** What was typed as a name that a wall can have; empty when nothing of it can be. */
export function wallNameFrom(typed: string): string {
  const name = typed.replace(/\s+/g, '-').replace(/[^\p{L}\p{N}_-]/gu, '')
  return [...name].slice(0, MOST_LETTERS).join('')
}

/** How a browser is opened on one of many screens of one machine, which lie side by side and one above the other. */
export function kioskCommand(
  address: string,
  { col, row }: Pick<ScreenAddress, 'col' | 'row'>,
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
): string {
  const place = `--window-position=${col * widthPx},${row * heightPx}`
  // a second window of the same profile would open where the first is
  return `chromium --kiosk --user-data-dir="$HOME/citytwin-${col}-${row}" ${place} "${address}"`
}

function queryOf(
  { name, cols, rows, bezelMm, viewing, theme, language }: WallPlan,
  col: number,
  row: number,
): string {
  const parts = [
    `theme=${theme}`,
    `lang=${language}`,
    `viewing=${viewing.distanceM}`,
    `screen=${viewing.diagonalIn}`,
  ]
  if (cols * rows > 1)
    parts.push(...queryFromSpan({ cols, rows, col, row, bezel: { size: bezelMm, unit: 'mm' } }))
  if (WALL_NAME.test(name)) parts.push(`name=${encodeURIComponent(name)}`)
  return `?${parts.join('&')}`
}

/** One picture over many screens: which part of it this screen is, and what of the picture lies hidden behind the frames between. */

export interface Span {
  readonly cols: number
  readonly rows: number
  /** Of this screen, from the left and from the top, from 0. */
  readonly col: number
  readonly row: number
  /** From the picture of one screen to that of the next, over both frames. */
  readonly bezel: { readonly size: number; readonly unit: 'px' | 'mm' }
}

/** Screens a side. */
const MOST = 12
/** What a name of a wall may be, in the address and on the wire. */
export const WALL_NAME = /^[\p{L}\p{N}_-]{1,32}$/u

/** `?wall=3x2&tile=1,0&bezel=24` or `bezel=9mm`: the middle above of three by two. Undefined when it is none or nonsense. */
export function spanFromQuery(query: string): Span | undefined {
  const q = new URLSearchParams(query)
  const size = /^(\d{1,2})x(\d{1,2})$/.exec(q.get('wall') ?? '')
  const tile = /^(\d{1,2}),(\d{1,2})$/.exec(q.get('tile') ?? '')
  if (size === null || tile === null) return undefined
  const [cols, rows] = [Number(size[1]), Number(size[2])]
  const [col, row] = [Number(tile[1]), Number(tile[2])]
  if (cols < 1 || rows < 1 || cols > MOST || rows > MOST || col >= cols || row >= rows) return undefined
  const bezel = /^(\d{1,3}(?:\.\d{1,2})?)(mm|px)?$/.exec(q.get('bezel') ?? '')
  return {
    cols,
    rows,
    col,
    row,
    bezel: { size: bezel === null ? 0 : Number(bezel[1]), unit: bezel?.[2] === 'mm' ? 'mm' : 'px' },
  }
}

/** The part of a query that `spanFromQuery` reads back. */
export function queryFromSpan({ cols, rows, col, row, bezel }: Span): string[] {
  const parts = [`wall=${cols}x${rows}`, `tile=${col},${row}`]
  if (bezel.size > 0) parts.push(`bezel=${bezel.size}${bezel.unit === 'mm' ? 'mm' : ''}`)
  return parts
}

/** `?name=main`: what a desk calls the wall that this screen is of; undefined when nobody has named it. */
export function wallNameFromQuery(query: string): string | undefined {
  const name = new URLSearchParams(query).get('name') ?? ''
  return WALL_NAME.test(name) ? name : undefined
}

/** Walls that nobody has named are steered together. */
export function wallNameOf({ wallName }: { readonly wallName: string | undefined }): string {
  return wallName ?? 'main'
}

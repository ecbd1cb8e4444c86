/** What keeps a screen that runs for months from burning in: the picture wanders by a few pixels, and is darker at night. */

const STEP_MS = 120_000
const REACH_PX = 4
const STEPS = 24
const DAY_S = 86_400
/** It gets dark, and light again, within this; nobody sees it happen. */
const DUSK_S = 1800
/** Of the light that is taken away at night. */
const NIGHT_DIM = 0.35

/**
 * How far the whole picture is moved at a moment, pixels: along a figure of eight, a pixel or two each two minutes. Of the time
 * alone, so that all screens of a wall move alike.
 */
export function shiftAt(timeMs: number): { readonly xPx: number; readonly yPx: number } {
  const angle = ((Math.floor(timeMs / STEP_MS) % STEPS) / STEPS) * 2 * Math.PI
  return { xPx: Math.round(REACH_PX * Math.sin(angle)), yPx: Math.round(REACH_PX * Math.sin(2 * angle)) }
}

/** Hours between which a wall is darker; it may be over midnight. */
export interface Night {
  readonly fromH: number
  readonly toH: number
}

export const USUAL_NIGHT: Night = { fromH: 22, toH: 6 }

/** The share of light taken away at a second of the day: rises within half an hour from the first hour on, and is none at the last. */
export function dimAt(secondOfDay: number, { fromH, toH }: Night): number {
  const sinceS = (secondOfDay - fromH * 3600 + 2 * DAY_S) % DAY_S
  const lastsS = ((toH - fromH) * 3600 + DAY_S) % DAY_S
  const share = Math.min(sinceS, lastsS - sinceS, DUSK_S) / DUSK_S
  return NIGHT_DIM * Math.max(0, share)
}

/** `dim=22-6`, or `dim=off`; the usual night when it is absent or nonsense. */
export function nightFromText(text: string | null): Night | undefined {
  if (text === 'off') return undefined
  const match = /^(\d{1,2})-(\d{1,2})$/.exec(text ?? '')
  const [fromH, toH] = [Number(match?.[1]), Number(match?.[2])]
  return fromH < 24 && toH < 24 && fromH !== toH ? { fromH, toH } : USUAL_NIGHT
}

/** What `nightFromText` reads back; undefined for the usual. */
export function textFromNight(night: Night | undefined): string | undefined {
  if (night === undefined) return 'off'
  const { fromH, toH } = night
  return fromH === USUAL_NIGHT.fromH && toH === USUAL_NIGHT.toH ? undefined : `${fromH}-${toH}`
}

/** Areas of CAP: polygons as `latitude,longitude` pairs between spaces, circles as a pair and a radius in kilometres. */
import type { LngLat } from '../../content.ts'
import { canBePlace, type Reading } from '../../records.ts'
import { circleAround, closedRing } from '../../rings.ts'
import { childrenOf, type Element } from '../../xml.ts'

/** Half around the globe. */
const LONGEST_RADIUS_KM = 20_016

/** All polygons and circles of an info as rings; those that cannot be are noted and left out. */
export function areasOf(info: Element, where: string, reading: Reading): readonly (readonly LngLat[])[] {
  return childrenOf(info, 'area').flatMap((area) => ringsOf(area, where, reading))
}

/** Of one that has polygon and circle as its children. */
export function ringsOf(area: Element, where: string, reading: Reading): readonly (readonly LngLat[])[] {
  const polygons = childrenOf(area, 'polygon').filter(({ text }) => text !== '')
  const circles = childrenOf(area, 'circle').filter(({ text }) => text !== '')
  return [
    ...polygons.map(({ text }) => polygonOf(text, where, reading)),
    ...circles.map(({ text }) => circleOf(text, where, reading)),
  ].filter((ring) => ring !== undefined)
}

function polygonOf(text: string, where: string, reading: Reading): readonly LngLat[] | undefined {
  const { deviations } = reading
  const ring: LngLat[] = []
  for (const pair of text.split(/\s+/)) {
    const position = pairOf(pair)
    if (!canBePlace(...position, `${where}/polygon`, reading)) return undefined
    ring.push(position)
  }
  const closed = closedRing(ring)
  const came = `${ring.length} pairs`
  if (closed === undefined) deviations.add('polygon', 'error', `${where}/polygon`, came, '4 or more')
  else if (closed !== ring)
    deviations.add('polygon', 'warning', `${where}/polygon`, came, 'the first again at the end')
  return closed
}

function circleOf(text: string, where: string, reading: Reading): readonly LngLat[] | undefined {
  const [pair, radius = ''] = text.split(/\s+/)
  const centre = pairOf(pair)
  const radiusKm = radius === '' ? NaN : Number(radius)
  if (!canBePlace(...centre, `${where}/circle`, reading)) return undefined
  if (radiusKm >= 0 && radiusKm <= LONGEST_RADIUS_KM) return circleAround(centre, radiusKm * 1000)
  reading.deviations.add('circle', 'error', `${where}/circle`, text, 'a radius in kilometres')
  return undefined
}

/** Longitude first, as everywhere here; NaN for what is no number. */
function pairOf(pair: string): LngLat {
  const [lat, lng, ...more] = pair.split(',').map((part) => (part === '' ? NaN : Number(part)))
  return more.length > 0 ? [NaN, NaN] : [lng ?? NaN, lat]
}

/** Marks of the map stand as large as letters do; none is drawn from fewer pixels than it takes, or it is a blur across a room. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { markPixelRatio } from '../../../client/layers/drawMark.ts'
import type { GroundPart } from '../../../client/layers/layer.ts'
import { layers } from '../../../client/layers/layers.ts'
import { mapTextScale, roomOf } from '../../../client/theme/room.ts'
import { night } from '../../../client/theme/theme.ts'

const HD = { widthPx: 1920, heightPx: 1080, pixelRatio: 1 }
const ULTRA_HD = { widthPx: 3840, heightPx: 2160, pixelRatio: 1 }
const scaleOf = (screen: typeof HD, distanceM?: number) =>
  mapTextScale(
    roomOf(distanceM === undefined ? undefined : { distanceM, diagonalIn: 55 }, { ...screen, screen }),
  )

/** Node has no canvas: one that knows its size, and takes whatever is drawn. */
class Canvas {
  getContext(): unknown {
    const getImageData = (_x: number, _y: number, width: number, height: number) => ({ width, height })
    return new Proxy({ getImageData }, { get: (own, name) => Reflect.get(own, name) ?? (() => undefined) })
  }
}

/** The largest number a style's `icon-size` comes to: the stops of a zoom curve, or a number alone. */
function largestOf(size: unknown): number {
  return Array.isArray(size) ? Math.max(...size.slice(3).filter((_, i) => i % 2 === 1)) : Number(size)
}

function iconSizes(part: GroundPart, textScale: number): number[] {
  return Object.values(part.styleLayers(night, textScale))
    .flat()
    .flatMap((layer) =>
      layer.type === 'symbol' && layer.layout?.['icon-size'] !== undefined ? [layer.layout['icon-size']] : [],
    )
    .map(largestOf)
}

beforeAll(() => {
  vi.stubGlobal('OffscreenCanvas', Canvas)
  vi.stubGlobal('Path2D', vi.fn())
})
afterAll(() => void vi.unstubAllGlobals())

describe('a mark is drawn from as many pixels as it takes', () => {
  const parts = Object.values(layers).flatMap(({ ground }) => (ground?.images === undefined ? [] : [ground]))
  test.each([
    ['at a desk', 1],
    ['on a wall of 1920×1080', scaleOf(HD)],
    ['on a wall of 3840×2160', scaleOf(ULTRA_HD)],
    ['on one of 55 inches seen from 4 m', scaleOf(ULTRA_HD, 4)],
    ['on one of 55 inches seen from 10 m', scaleOf(ULTRA_HD, 10)],
  ])('%s', (_, textScale) => {
    const pixelRatio = markPixelRatio(textScale)
    const [atDesk, here] = [2, pixelRatio].map((ratio) =>
      parts.flatMap((part) => Object.values(part.images!(night, ratio)).map(({ width }) => width)),
    )
    const sizes = parts.flatMap((part) => iconSizes(part, textScale))
    expect(sizes.length).toBeGreaterThan(3)
    for (const size of sizes) expect(size).toBeLessThanOrEqual(pixelRatio + 1e-9)
    expect(here).toEqual(atDesk.map((width) => Math.round((width * pixelRatio) / 2)))
  })
})

/** A graphics card that takes its memory back: the picture comes again by itself. */
import { expectThat, type Case } from './case.ts'
import { PATIENCE_MS, untilCity } from './pages.ts'

const ROOM = [700, 440] as const
/** A machine that draws in software and does other things besides; how long it took is printed. */
const BACK_WITHIN_MS = 10_000

export const cases: readonly Case[] = [
  {
    when: 'alone',
    looks: true,
    name: 'when the card takes the memory of the movers or of the map, both are drawn again, without a reload',
    // browser and map say that the context is lost
    mayLog: /WebGL|context|lost/i,
    async run({ open }) {
      const page = await open('/wall?lang=en&movers=100&layers=traffic&z=13', ...ROOM)
      await untilCity(page)
      await page.waitForFunction(() => (window.citytwin?.layers().length ?? 0) > 0, undefined, {
        timeout: PATIENCE_MS,
      })
      // the shaders are compiled, and the map stands still
      await page.waitForTimeout(3000)
      const moversMs = await page.evaluate(loseMovers)
      const mapMs = await page.evaluate(loseMap)
      console.log(`  movers after ${moversMs.toFixed(0)} ms, the map after ${mapMs.toFixed(0)} ms`)
      const canvases = await page.evaluate(() => document.querySelectorAll('canvas').length)
      expectThat(canvases === 2, `one canvas of the map and one of the movers are left (${canvases})`)
      expectThat(Math.max(moversMs, mapMs) <= BACK_WITHIN_MS, `both are back within ${BACK_WITHIN_MS} ms`)
    },
  },
]

/** Runs in the page: milliseconds from the loss of the movers' canvas until a new one has been drawn on. */
function loseMovers(): Promise<number> {
  const { map } = window.citytwin!
  const isMovers = (canvas: HTMLCanvasElement) => canvas !== map.getCanvas()
  const old = [...document.querySelectorAll('canvas')].find(isMovers)!
  const movers = () => window.citytwin!.layers().find(({ id }) => id === 'traffic-movers')
  const oldLayer = movers()
  const fromMs = performance.now()
  old.getContext('webgl2')!.getExtension('WEBGL_lose_context')!.loseContext()
  return new Promise((resolve) => {
    const look = () => {
      const next = [...document.querySelectorAll('canvas')].find(
        (canvas) => isMovers(canvas) && canvas !== old,
      )
      const layer = movers()
      const model = (layer?.state as { model?: object } | undefined)?.model
      const isBuilt = next !== undefined && layer !== oldLayer && model !== undefined
      if (isBuilt) resolve(performance.now() - fromMs)
      else setTimeout(look, 5)
    }
    setTimeout(look, 5)
  })
}

/** Runs in the page: milliseconds from the loss of the map's canvas until it has drawn everything again. */
function loseMap(): Promise<number> {
  const { map } = window.citytwin!
  const lose = map.getCanvas().getContext('webgl2')!.getExtension('WEBGL_lose_context')!
  return new Promise((resolve) => {
    map.getCanvas().addEventListener(
      'webglcontextlost',
      () => {
        // the browser gives a context back when it can; here it can at once
        setTimeout(() => {
          const fromMs = performance.now()
          lose.restoreContext()
          map.once('idle', () => resolve(performance.now() - fromMs))
        })
      },
      { once: true },
    )
    lose.loseContext()
  })
}

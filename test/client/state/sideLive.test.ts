/** Another stream beside the page's: its frames come to it and leave the page's alone, both look at one thing, and it ends without ending the page's. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { FrameSource, SourceListener } from '../../../client/source/frameSource.ts'
import { startLive, type Live } from '../../../client/state/live.ts'
import { makeSide } from '../../../client/state/sideLive.ts'
import { viewFromQuery } from '../../../client/state/view.ts'
import { publishedTables } from '../../../twin/domains.ts'
import { makeTable } from '../../../twin/kernel/table.ts'
import { FrameEncoder } from '../../../twin/protocol/frame.ts'

const RUN = 'scenario-1'
const BASE = `${RUN}.base`
let live: Live
let told: SourceListener
let watched: string[]
let drawn: string[]

beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => {
    draw()
    return 0
  })
  vi.stubGlobal('fetch', () => Promise.reject(new Error('no files here')))
  watched = []
  drawn = []
  const source = {
    open: (listener: SourceListener) => (told = listener),
    watch: (stream: string) => watched.push(stream),
    unwatch: (stream: string) => (watched = watched.filter((one) => one !== stream)),
    drawn: (stream: string) => drawn.push(stream),
    close() {},
  }
  // of a source only what frames need
  live = startLive(source as unknown as FrameSource, viewFromQuery(''))
  live.begin()
})
afterEach(() => {
  live.stop()
  vi.unstubAllGlobals()
})

function begunSide(): Live {
  const side = makeSide(live, BASE)
  side.begin()
  return side
}

/** Sends a keyframe as of `tick`. */
function send(stream: string, tick: number): boolean {
  const encoder = new FrameEncoder(publishedTables.map((spec) => makeTable(spec, 0)))
  encoder.delta(tick)
  const facts = { seq: 1, stateHash: undefined, cutAtMs: 0, wireBytes: 0 }
  return told.frame(stream, encoder.keyframe(), facts)
}

test('its frames come to it alone, and it says that it has drawn them', () => {
  live.watch(RUN)
  const side = begunSide()
  send(RUN, 100)
  send(BASE, 150)
  expect([live.mirror.tick, side.mirror.tick]).toEqual([100, 150])
  expect(drawn).toEqual([RUN, BASE])
  side.stop()
  expect(watched).toEqual([RUN])
  // and may begin again
  side.begin()
  send(BASE, 200)
  expect(side.mirror.tick).toBe(200)
  side.stop()
})

test('the edits that the page marks on its map are not marked on the other', () => {
  live.watch(RUN)
  const side = begunSide()
  live.sketch.draw('edits', [{ kind: 'place', points: [[0, 0]], mark: '×' }])
  expect([live.sketch.get().length, side.sketch.get().length]).toEqual([1, 0])
  side.stop()
})

test('a stream that the page shows too goes to both, and outlives the side', () => {
  live.watch(RUN, BASE)
  const side = begunSide()
  send(BASE, 150)
  expect([live.compared.tick, side.mirror.tick]).toEqual([150, 150])
  side.stop()
  expect(watched).toContain(BASE)
  send(BASE, 200)
  expect([live.compared.tick, side.mirror.tick]).toEqual([200, 150])
})

test('the page goes elsewhere, and the side goes on', () => {
  live.watch(BASE)
  const side = begunSide()
  live.watch(RUN)
  expect(watched).toContain(BASE)
  send(BASE, 150)
  expect(side.mirror.tick).toBe(150)
  side.stop()
})

test('what is selected on one is selected on both', () => {
  const side = begunSide()
  const [one, other] = [4, 7].map((row) => ({ layer: 'traffic', table: 'traffic.links', row }) as const)
  side.store.setView({ selection: one })
  expect(live.store.get().view.selection).toBe(one)
  live.store.setView({ selection: other })
  expect(side.store.get().view.selection).toBe(other)
  side.stop()
})

test('runs are told apart: news of one do not hide another', () => {
  const run = { id: RUN, state: 'running', ahead: 0, doneS: 60, horizonS: 900 } as const
  told.scenario!(run)
  told.scenario!({ ...run, id: 'scenario-2', doneS: 5 })
  expect(live.store.get().runs[RUN].doneS).toBe(60)
  expect(live.store.get().scenario?.id).toBe('scenario-2')
})

/** What walls show: told by a desk, kept for screens that come, stepped by the host, held for alarms and hands. */
import fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { Walls } from '../../../server/hub/walls.ts'
import { keptWallSchema } from '../../../twin/protocol/wallMessages.ts'
import type {
  KeptWall,
  SteerWall,
  TouchWall,
  WallShow,
  WallStop,
} from '../../../twin/protocol/wallMessages.ts'

const screen = { cols: 2, rows: 1, col: 0, row: 0, widthPx: 1920, heightPx: 1080 }
const stopAt = (text: string, lng: number): WallStop => ({
  text,
  camera: { lng, lat: -34.9, zoom: 13, bearing: 0, pitch: 0 },
})
const port = stopAt('The port', -56.21)
const park = stopAt('The park', -56.17)

function makeWalls() {
  const world = { nowMs: 1000, isAlarmUp: false, told: [] as WallShow[], kept: new Map<string, KeptWall>() }
  const walls = new Walls({
    nowMs: () => world.nowMs,
    isAlarmUp: () => world.isAlarmUp,
    tell: (show) => world.told.push(show),
    keep: (kept) => world.kept.set(kept.name, kept),
  })
  const showNow = () => walls.join('looker', { name: 'main', screen })
  /** Lets time pass as the host does, a quarter of a second at a time. */
  const pass = (seconds: number) => {
    for (let i = 0; i < seconds * 4; i++) {
      world.nowMs += 250
      walls.step()
    }
  }
  return { walls, world, showNow, pass }
}

test('a screen that comes later is told what the others show', () => {
  const { walls, showNow } = makeWalls()
  walls.join('a', { name: 'main', screen })
  walls.steer({ name: 'main', act: 'look', camera: port.camera, layers: ['traffic'] })
  walls.steer({ name: 'main', act: 'dress', theme: 'day' })
  walls.steer({ name: 'main', act: 'moment', timeMs: 5 })
  expect(showNow()).toMatchObject({
    moves: [{ to: port.camera }],
    layers: ['traffic'],
    theme: 'day',
    timeMs: 5,
  })
  walls.steer({ name: 'main', act: 'moment' })
  expect(showNow().timeMs).toBeUndefined()
})

test('the past stands still, or runs from one instant on for all screens, until another moment is told', () => {
  const { walls, world, showNow } = makeWalls()
  walls.steer({ name: 'main', act: 'moment', timeMs: 5, speed: 60 })
  expect(showNow().run?.speed).toBe(60)
  expect(showNow().run?.sinceMs).toBeGreaterThan(world.nowMs)
  walls.steer({ name: 'main', act: 'moment', timeMs: 7 })
  expect(showNow()).toMatchObject({ timeMs: 7, run: undefined })
  walls.steer({ name: 'main', act: 'moment', speed: 60 })
  expect(showNow()).toMatchObject({ timeMs: undefined, run: undefined })
})

test('a move begins once all have heard of it', () => {
  const { walls, world } = makeWalls()
  walls.steer({ name: 'main', act: 'look', camera: port.camera })
  expect(world.told[0].moves[0].atMs).toBeGreaterThan(world.nowMs)
})

test('a screen is of one wall, until its line is lost; walls without screens are not listed', () => {
  const { walls } = makeWalls()
  walls.join('a', { name: 'main', screen })
  walls.join('a', { name: 'hall', screen })
  expect(walls.list().map(({ name }) => name)).toEqual(['hall'])
  walls.left('a')
  expect(walls.list()).toEqual([])
})

test('nothing runs by itself until it is asked for', () => {
  const { world, pass } = makeWalls()
  pass(600)
  expect(world.told).toEqual([])
})

test('a director shows each view for its time and begins again; each camera move is at least a dwell after the one before', () => {
  const { walls, world, pass, showNow } = makeWalls()
  walls.steer({ name: 'main', act: 'direct', views: [port, park], dwellS: 20 })
  expect(showNow().programme).toMatchObject({ kind: 'director', index: 0, count: 2, text: 'The port' })
  pass(120)
  const moves = [...new Set(world.told.map(({ moves }) => moves.at(-1)!.atMs))]
  expect(moves).toHaveLength(7)
  for (let i = 1; i < moves.length; i++) expect(moves[i] - moves[i - 1]).toBeGreaterThanOrEqual(20_000)
})

test('any desk is told which views a director goes through, and of none when none runs', () => {
  const { walls } = makeWalls()
  walls.join('a', { name: 'main', screen })
  expect(walls.list()[0].views).toBeUndefined()
  walls.steer({ name: 'main', act: 'direct', views: [port, park], dwellS: 20 })
  expect(walls.list()[0].views).toEqual([port, park])
  walls.steer({ name: 'main', act: 'stop' })
  expect(walls.list()[0].views).toBeUndefined()
})

test('a director is held while an alarm waits, says so, and goes on after it', () => {
  const { walls, world, pass, showNow } = makeWalls()
  walls.steer({ name: 'main', act: 'direct', views: [port, park], dwellS: 20 })
  pass(5)
  world.isAlarmUp = true
  pass(120)
  expect(showNow().programme).toMatchObject({ index: 0, held: 'alarm', nextMs: undefined })
  world.isAlarmUp = false
  pass(19)
  expect(showNow().programme).toMatchObject({ index: 0, held: undefined })
  pass(2)
  expect(showNow().programme).toMatchObject({ index: 1 })
})

test('a hand on the wall holds it for three minutes', () => {
  const { walls, pass, showNow } = makeWalls()
  walls.steer({ name: 'main', act: 'direct', views: [port, park], dwellS: 20 })
  walls.touch({ name: 'main', act: 'hold' })
  pass(179)
  expect(showNow().programme).toMatchObject({ index: 0, held: 'hand' })
  pass(22)
  expect(showNow().programme).toMatchObject({ index: 1, held: undefined })
})

test('a hand does not end that an alarm holds it', () => {
  const { walls, world, pass, showNow } = makeWalls()
  walls.steer({ name: 'main', act: 'direct', views: [port, park], dwellS: 20 })
  world.isAlarmUp = true
  pass(1)
  walls.touch({ name: 'main', act: 'hold' })
  expect(showNow().programme?.held).toBe('alarm')
})

test('a story is told once, and the director goes on where it was', () => {
  const { walls, pass, showNow } = makeWalls()
  walls.steer({ name: 'main', act: 'direct', views: [port, park], dwellS: 60 })
  const stops = [stopAt('Uno', -56.1), stopAt('Dos', -56.2)]
  walls.touch({ name: 'main', act: 'tell', language: 'es', stops, stopS: 15 })
  expect(showNow().programme).toMatchObject({ kind: 'story', language: 'es', index: 0, text: 'Uno' })
  pass(16)
  expect(showNow().programme).toMatchObject({ kind: 'story', index: 1 })
  pass(15)
  const { programme, moves } = showNow()
  expect(programme).toMatchObject({ kind: 'director', index: 0 })
  expect(moves.at(-1)?.to).toEqual(port.camera)
})

test('an alarm ends a story, and so does who listens', () => {
  const { walls, world, pass, showNow } = makeWalls()
  const story: TouchWall = { name: 'main', act: 'tell', language: 'en', stops: [port, park], stopS: 15 }
  walls.touch(story)
  world.isAlarmUp = true
  pass(1)
  expect(showNow().programme).toBeUndefined()
  world.isAlarmUp = false
  walls.touch(story)
  walls.touch({ name: 'main', act: 'stop' })
  expect(showNow().programme).toBeUndefined()
})

test('while an alarm waits no story begins', () => {
  const { walls, world, showNow } = makeWalls()
  world.isAlarmUp = true
  expect(() => walls.touch({ name: 'main', act: 'tell', language: 'en', stops: [port], stopS: 15 })).toThrow(
    'an alarm waits',
  )
  expect(showNow().programme).toBeUndefined()
})

test('looking somewhere by hand ends what runs by itself', () => {
  const { walls, pass, world, showNow } = makeWalls()
  walls.steer({ name: 'main', act: 'direct', views: [port, park], dwellS: 20 })
  walls.steer({ name: 'main', act: 'look', camera: park.camera })
  expect(showNow().programme).toBeUndefined()
  const count = world.told.length
  pass(60)
  expect(world.told).toHaveLength(count)
})

test('keeps no more names than it has room for, and forgets those that are dark first', () => {
  const { walls } = makeWalls()
  for (let i = 0; i < 300; i++) walls.steer({ name: `w${i}`, act: 'dress', theme: 'day' })
  for (let i = 0; i < 100; i++) walls.join(`s${i}`, { name: `on${i}`, screen })
  expect(walls.list()).toHaveLength(100)
  expect(() => walls.join('one more', { name: 'another', screen })).toThrow('walls are on already')
})

test('a wall that a story has left goes back to where it was told to look, and to nothing where it was told nothing', () => {
  const { walls, pass, showNow } = makeWalls()
  const story = {
    name: 'main',
    act: 'tell' as const,
    language: 'en' as const,
    stops: [{ ...park, layers: ['power'] }],
    stopS: 15,
  }
  walls.touch(story)
  pass(16)
  expect(showNow()).toMatchObject({ moves: [], layers: undefined, programme: undefined })
  walls.steer({ name: 'main', act: 'look', camera: port.camera, layers: ['traffic'] })
  walls.touch(story)
  expect(showNow().layers).toEqual(['power'])
  pass(16)
  expect(showNow().moves.at(-1)?.to).toEqual(port.camera)
  expect(showNow().layers).toEqual(['traffic'])
})

test('a wall that is released shows what its address says, and nothing runs by itself', () => {
  const { walls, world, showNow } = makeWalls()
  walls.steer({ name: 'main', act: 'direct', views: [port, park], dwellS: 20 })
  walls.steer({ name: 'main', act: 'dress', theme: 'day' })
  walls.steer({ name: 'main', act: 'moment', timeMs: 5, speed: 60 })
  walls.steer({ name: 'main', act: 'release' })
  const { name, ...rest } = showNow()
  expect([
    name,
    Object.values(rest)
      .flat()
      .filter((told) => told !== undefined),
  ]).toEqual(['main', []])
  expect(world.kept.get('main')).toEqual({ name: 'main' })
})

test('whatever a desk told a wall, it shows after the server was started again, but no story and no past', () => {
  const camera = fc.record({
    lng: fc.integer({ min: -180, max: 180 }),
    lat: fc.integer({ min: -85, max: 85 }),
    zoom: fc.integer({ min: 0, max: 22 }),
    bearing: fc.constant(0),
    pitch: fc.constant(0),
  })
  const layers = fc.option(fc.subarray(['traffic', 'power', 'transit']), { nil: undefined })
  const stop = fc.record({ text: fc.constant('Here'), camera, layers })
  const name = fc.constant('main')
  const views = fc.array(stop, { minLength: 1, maxLength: 3 })
  const told = fc.oneof(
    fc.record({ name, act: fc.constant('look' as const), camera, layers }),
    fc.record({
      name,
      act: fc.constant('dress' as const),
      theme: fc.constantFrom('night' as const, 'day' as const),
    }),
    fc.record({ name, act: fc.constant('moment' as const), timeMs: fc.option(fc.nat(), { nil: undefined }) }),
    fc.record({ name, act: fc.constant('direct' as const), views, dwellS: fc.constant(20) }),
    fc.record({ name, act: fc.constant('stop' as const) }),
    fc.record({ name, act: fc.constant('release' as const) }),
    fc.record({
      name,
      act: fc.constant('tell' as const),
      language: fc.constant('es' as const),
      stops: views,
      stopS: fc.constant(15),
    }),
  )
  fc.assert(
    fc.property(fc.array(told, { maxLength: 8 }), (words) => {
      const before = makeWalls()
      for (const word of words) before.walls.steer(word as SteerWall)
      const wasRunning = before.showNow().programme?.kind === 'director'
      before.walls.touch({ name: 'main', act: 'stop' })
      const shown = before.showNow()
      const after = makeWalls()
      after.walls.restore([...before.world.kept.values()].map((kept) => v.parse(keptWallSchema, kept)))
      const again = after.showNow()
      expect(again.theme).toBe(shown.theme)
      expect(again.timeMs).toBeUndefined()
      expect(again.programme?.kind).toBe(shown.programme?.kind)
      // a list of views begins again at its first
      if (!wasRunning && shown.programme === undefined) {
        expect(again.moves.at(-1)?.to).toEqual(shown.moves.at(-1)?.to)
        expect(again.layers).toEqual(shown.layers)
      }
      // and it stands there already
      for (const { atMs, forMs } of again.moves) expect(atMs + forMs).toBeLessThanOrEqual(after.world.nowMs)
    }),
  )
})

/** What may be said about walls: a screen joins one by name, a desk tells it what to show, and the host keeps that for who comes. */
import * as v from 'valibot'
import { LEAST_DWELL_S } from './wallDwell.ts'

/** Of a story, whose reader stands before it, seconds. */
const LEAST_STOP_S = 15
const MOST_DWELL_S = 3600
const MOST_VIEWS = 24
/** Of the city's seconds in one of the viewer's, while a wall plays the past. */
export const WALL_SPEEDS = [1, 10, 60] as const

const name = v.pipe(v.string(), v.regex(/^[\p{L}\p{N}_-]{1,32}$/u))
const within = (low: number, high: number) => v.pipe(v.number(), v.minValue(low), v.maxValue(high))
const whole = (low: number, high: number) => v.pipe(within(low, high), v.integer())
const wordsUpTo = (letters: number) => v.pipe(v.string(), v.maxLength(letters), v.regex(/\S/))
const layers = v.pipe(v.array(v.pipe(v.string(), v.maxLength(32))), v.maxLength(16))
const language = v.picklist(['en', 'es'])

const camera = v.strictObject({
  lng: within(-180, 180),
  lat: within(-85, 85),
  zoom: within(0, 22),
  bearing: within(-360, 360),
  pitch: within(0, 60),
})
/** A view of a programme: where, and what is said of it. */
const stop = v.strictObject({ text: wordsUpTo(300), camera, layers: v.optional(layers) })

/** One screen of a wall; of a wall of one it is the first of one. */
const screen = v.strictObject({
  cols: whole(1, 12),
  rows: whole(1, 12),
  col: whole(0, 11),
  row: whole(0, 11),
  widthPx: whole(0, 32_768),
  heightPx: whole(0, 32_768),
})

export const joinWallSchema = v.strictObject({ name, screen })
const story = v.strictObject({
  name,
  act: v.literal('tell'),
  language,
  stops: v.pipe(v.array(stop), v.minLength(1), v.maxLength(12)),
  stopS: whole(LEAST_STOP_S, 60),
})
/** What a desk tells a wall. Looking somewhere by hand ends what runs by itself. */
export const steerWallSchema = v.variant('act', [
  v.strictObject({ name, act: v.literal('look'), camera, layers: v.optional(layers) }),
  v.strictObject({ name, act: v.literal('dress'), theme: v.picklist(['night', 'day']) }),
  /** A moment of the past, Unix milliseconds, that stands still or runs on from there at a speed; without one the present. */
  v.strictObject({
    name,
    act: v.literal('moment'),
    timeMs: v.optional(whole(0, 8e15)),
    speed: v.optional(v.picklist(WALL_SPEEDS)),
  }),
  v.strictObject({
    name,
    act: v.literal('direct'),
    views: v.pipe(v.array(stop), v.minLength(1), v.maxLength(MOST_VIEWS)),
    dwellS: whole(LEAST_DWELL_S, MOST_DWELL_S),
  }),
  v.strictObject({ name, act: v.literal('stop') }),
  /** All that was told is forgotten: the wall shows what the addresses of its screens say. */
  v.strictObject({ name, act: v.literal('release') }),
  story,
])
/** What a wall was told, as it outlives the server: no story, which was for who stood there, and no moment of the past. */
export const keptWallSchema = v.strictObject({
  name,
  camera: v.optional(camera),
  layers: v.optional(layers),
  theme: v.optional(v.picklist(['night', 'day'])),
  director: v.optional(
    v.strictObject({
      views: v.pipe(v.array(stop), v.minLength(1), v.maxLength(MOST_VIEWS)),
      dwellS: whole(LEAST_DWELL_S, MOST_DWELL_S),
    }),
  ),
})
/** What somebody who stands before a wall may do: hold what runs by itself, hear a story, end it. */
export const touchWallSchema = v.variant('act', [
  v.strictObject({ name, act: v.literal('hold') }),
  v.strictObject({ name, act: v.literal('stop') }),
  story,
])
export const listWallsSchema = v.strictObject({})

export type WallCamera = v.InferOutput<typeof camera>
export type WallStop = v.InferOutput<typeof stop>
export type WallScreen = v.InferOutput<typeof screen>
export type JoinWall = v.InferOutput<typeof joinWallSchema>
export type SteerWall = v.InferOutput<typeof steerWallSchema>
export type TouchWall = v.InferOutput<typeof touchWallSchema>
export type KeptWall = v.InferOutput<typeof keptWallSchema>
export type WallStory = v.InferOutput<typeof story>

/** The camera goes to `to` from wherever it is at `atMs`, and is there `forMs` later; by the host's monotonic clock. */
export interface WallMove {
  readonly to: WallCamera
  readonly atMs: number
  readonly forMs: number
}

/** Views one after another: a director's list goes round, a story is told once, in the language of who asked for it. */
export interface WallProgramme {
  readonly kind: 'director' | 'story'
  readonly language: 'en' | 'es' | undefined
  readonly count: number
  readonly index: number
  readonly text: string
  /** The next view comes then, by the host's monotonic clock; undefined while it is held. */
  readonly nextMs: number | undefined
  readonly held: 'alarm' | 'hand' | undefined
}

export interface WallRun {
  readonly speed: number
  readonly sinceMs: number
}

/** All that a screen must know to be a part of its wall. */
export interface WallShow {
  readonly name: string
  /** The last ones, oldest first: a screen that comes late is where the others are. */
  readonly moves: readonly WallMove[]
  readonly layers: readonly string[] | undefined
  readonly theme: 'night' | 'day' | undefined
  readonly timeMs: number | undefined
  /** The past runs on from `timeMs`, which was shown at `sinceMs` of the host's monotonic clock; undefined while it stands still. */
  readonly run: WallRun | undefined
  readonly programme: WallProgramme | undefined
}

/** A person has filed a report: said to walls at once, before the city's next step takes it in. */
export interface WallReport {
  readonly serviceCode: string
  readonly lng: number
  readonly lat: number
}

/** A wall as a desk sees it. */
export interface WallFacts {
  readonly name: string
  readonly screens: readonly WallScreen[]
  readonly show: WallShow
  /** Of the director that runs, so that any desk can go on with its list. */
  readonly views: readonly WallStop[] | undefined
  /** By the host's monotonic clock, to count down from. */
  readonly nowMs: number
}

/**
 * The walls that are on: which screens each has, and what it is told to show. A screen that dies and comes back asks by the wall's
 * name and is where the others are; what desks tell is given to be kept, so that a wall outlives the server. What runs by itself, a director's list or
 * a story, is stepped here, so that no screen has to agree with another; it is held while an alarm waits for somebody, and for a
 * while after a hand was on the wall.
 */
import type {
  JoinWall,
  KeptWall,
  SteerWall,
  TouchWall,
  WallFacts,
  WallMove,
  WallScreen,
  WallShow,
  WallStop,
} from '../../twin/protocol/wallMessages.ts'

/** All screens have heard of a move before it begins, and how long it takes, milliseconds. */
const AHEAD_MS = 250
const MOVE_MS = 3500
/** As many as may still be under way. */
const MOVES_KEPT = 3
/** After a hand was on the wall it is left alone for so long, milliseconds. */
const HAND_MS = 180_000
/** Names that were ever said; more are refused. */
const MOST_WALLS = 100
const MOST_SCREENS = 200

interface Programme {
  readonly kind: 'director' | 'story'
  readonly language: 'en' | 'es' | undefined
  readonly stops: readonly WallStop[]
  readonly dwellMs: number
  index: number
  nextMs: number
  held: 'alarm' | 'hand' | undefined
  /** The last hand on the wall. */
  handMs: number
}

type Seat = Pick<WallStop, 'camera' | 'layers'>

interface Wall {
  readonly name: string
  readonly screens: Map<string, WallScreen>
  moves: WallMove[]
  layers: readonly string[] | undefined
  /** Where a desk or a director's list had it last: there it goes back after a story. */
  seat: Seat | undefined
  theme: 'night' | 'day' | undefined
  timeMs: number | undefined
  run: WallShow['run']
  director: Programme | undefined
  story: Programme | undefined
}

export interface WallsOptions {
  /** The host's monotonic clock, milliseconds. */
  readonly nowMs: () => number
  /** Whether an alarm waits to be acknowledged. */
  readonly isAlarmUp: () => boolean
  /** Tells every screen of a wall. */
  readonly tell: (show: WallShow) => void
  /** Keeps what a desk has told a wall, beyond the end of the server. */
  readonly keep: (kept: KeptWall) => void
}

export class Walls {
  private readonly options: WallsOptions
  private readonly walls = new Map<string, Wall>()

  constructor(options: WallsOptions) {
    this.options = options
  }

  /** Takes up what was kept, the wall that was told last first; before any screen is on. */
  restore(kept: readonly KeptWall[]): void {
    for (const { name, camera, layers, theme, director } of kept.slice(0, MOST_WALLS)) {
      const wall = this.wallOf(name)
      wall.theme = theme
      if (camera) this.move(wall, { camera, layers })
      if (director) wall.director = this.begin(wall, 'director', undefined, director.views, director.dwellS)
      // it is there already: nobody has seen it anywhere else
      wall.moves = wall.moves.map((move) => ({ ...move, atMs: move.atMs - AHEAD_MS - MOVE_MS }))
    }
  }

  /** A screen is on. Throws when there are too many. */
  join(screenId: string, { name, screen }: JoinWall): WallShow {
    this.left(screenId)
    const wall = this.wallOf(name)
    if (wall.screens.size >= MOST_SCREENS)
      throw new Error(`name: the wall ${name} has ${MOST_SCREENS} screens`)
    wall.screens.set(screenId, screen)
    return showOf(wall)
  }

  /** A screen is off, or of another wall now. */
  left(screenId: string): void {
    for (const wall of this.walls.values()) wall.screens.delete(screenId)
  }

  /** Walls with a screen that is on. */
  list(): WallFacts[] {
    const nowMs = this.options.nowMs()
    return [...this.walls.values()]
      .filter(({ screens }) => screens.size > 0)
      .map((wall) => ({
        name: wall.name,
        screens: [...wall.screens.values()],
        show: showOf(wall),
        views: wall.director?.stops,
        nowMs,
      }))
  }

  steer(told: SteerWall): void {
    const wall = this.wallOf(told.name)
    switch (told.act) {
      case 'look':
        this.stop(wall)
        this.move(wall, told)
        break
      case 'dress':
        wall.theme = told.theme
        break
      case 'moment':
        wall.timeMs = told.timeMs
        wall.run =
          told.timeMs === undefined || told.speed === undefined
            ? undefined
            : { speed: told.speed, sinceMs: this.options.nowMs() + AHEAD_MS }
        break
      case 'direct':
        this.stop(wall)
        wall.director = this.begin(wall, 'director', undefined, told.views, told.dwellS)
        break
      case 'stop':
        wall.director = undefined
        if (wall.story) this.endStory(wall)
        break
      case 'release':
        this.stop(wall)
        this.leave(wall)
        wall.theme = undefined
        wall.timeMs = undefined
        wall.run = undefined
        break
      case 'tell':
        if (this.options.isAlarmUp()) throw new Error('an alarm waits to be acknowledged')
        wall.story = this.begin(wall, 'story', told.language, told.stops, told.stopS)
    }
    this.options.tell(showOf(wall))
    if (told.act !== 'tell' && told.act !== 'moment') this.options.keep(keptOf(wall))
  }

  /** A hand is on the wall. */
  touch(touched: TouchWall): void {
    const wall = this.wallOf(touched.name)
    if (touched.act === 'tell') {
      this.steer(touched)
      return
    }
    const running = wall.story ?? wall.director
    if (running === undefined) return
    if (touched.act === 'stop' && wall.story) this.endStory(wall)
    // who reads a story holds nothing by touching the wall
    else if (wall.director && !wall.story)
      hold(wall.director, wall.director.held ?? 'hand', this.options.nowMs())
    this.options.tell(showOf(wall))
  }

  /** Steps what runs by itself; called several times a second. */
  step(): void {
    for (const wall of this.walls.values()) {
      const running = wall.story ?? wall.director
      if (running !== undefined && this.stepped(wall, running)) this.options.tell(showOf(wall))
    }
  }

  /** Whether anything has changed. */
  private stepped(wall: Wall, running: Programme): boolean {
    const nowMs = this.options.nowMs()
    if (this.options.isAlarmUp()) {
      if (running.held === 'alarm') return false
      // a story is not taken up again: its reader has gone to see
      if (running.kind === 'story') this.endStory(wall)
      if (wall.director) hold(wall.director, 'alarm', wall.director.handMs)
      return true
    }
    if (running.held === 'alarm' || (running.held === 'hand' && nowMs - running.handMs >= HAND_MS)) {
      running.held = undefined
      running.nextMs = nowMs + running.dwellMs
      return true
    }
    if (running.held !== undefined || nowMs < running.nextMs) return false
    const next = running.index + 1
    if (running.kind === 'story' && next === running.stops.length) {
      this.endStory(wall)
      return true
    }
    running.index = next % running.stops.length
    running.nextMs = nowMs + running.dwellMs
    // a list of one view stands still
    if (running.stops.length > 1) this.move(wall, running.stops[running.index], running.kind)
    return true
  }

  private begin(
    wall: Wall,
    kind: Programme['kind'],
    language: Programme['language'],
    stops: readonly WallStop[],
    dwellS: number,
  ): Programme {
    this.move(wall, stops[0], kind)
    const dwellMs = dwellS * 1000
    const nextMs = this.options.nowMs() + dwellMs
    return { kind, language, stops, dwellMs, index: 0, nextMs, held: undefined, handMs: -Infinity }
  }

  /** The wall goes back to what it showed, a director to the view at which it was. */
  private endStory(wall: Wall): void {
    wall.story = undefined
    const { director, seat } = wall
    if (director) director.nextMs = this.options.nowMs() + director.dwellMs
    if (seat) {
      wall.layers = undefined
      this.move(wall, seat)
    } else this.leave(wall)
  }

  /** Nobody has told where to look: the addresses of the screens say it. */
  private leave(wall: Wall): void {
    wall.moves = []
    wall.layers = undefined
    wall.seat = undefined
  }

  private stop(wall: Wall): void {
    wall.director = undefined
    // what a story showed is not what a desk has told
    if (wall.story) wall.layers = wall.seat?.layers
    wall.story = undefined
  }

  private move(wall: Wall, { camera, layers }: Seat, kind?: Programme['kind']): void {
    const move = { to: camera, atMs: this.options.nowMs() + AHEAD_MS, forMs: MOVE_MS }
    wall.moves = [...wall.moves, move].slice(-MOVES_KEPT)
    if (layers !== undefined) wall.layers = layers
    if (kind !== 'story') wall.seat = { camera, layers: layers ? [...layers] : wall.seat?.layers }
  }

  private wallOf(name: string): Wall {
    let wall = this.walls.get(name)
    if (wall === undefined) {
      this.forgetOne()
      wall = {
        name,
        screens: new Map(),
        moves: [],
        layers: undefined,
        seat: undefined,
        theme: undefined,
        timeMs: undefined,
        run: undefined,
        director: undefined,
        story: undefined,
      }
      this.walls.set(name, wall)
    }
    return wall
  }

  /** Makes room: the oldest that has no screen on. Throws when all have. */
  private forgetOne(): void {
    if (this.walls.size < MOST_WALLS) return
    const dark = [...this.walls.values()].find(({ screens }) => screens.size === 0)
    if (dark === undefined) throw new Error(`name: ${MOST_WALLS} walls are on already`)
    this.walls.delete(dark.name)
  }
}

function hold(programme: Programme, held: 'alarm' | 'hand', handMs: number): void {
  programme.held = held
  programme.handMs = handMs
}

function keptOf({ name, seat, theme, director }: Wall): KeptWall {
  return {
    name,
    ...(seat && { camera: seat.camera }),
    ...(seat?.layers && { layers: seat.layers }),
    ...(theme && { theme }),
    ...(director && { director: { views: [...director.stops], dwellS: director.dwellMs / 1000 } }),
  }
}

function showOf({ name, moves, layers, theme, timeMs, run, director, story }: Wall): WallShow {
  const running = story ?? director
  return {
    name,
    moves,
    layers,
    theme,
    timeMs,
    run,
    programme: running && {
      kind: running.kind,
      language: running.language,
      count: running.stops.length,
      index: running.index,
      text: running.stops[running.index].text,
      nextMs: running.held === undefined ? running.nextMs : undefined,
      held: running.held,
    },
  }
}

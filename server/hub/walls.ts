/**
 * The walls that are on: which screens each has, and what it is told to show. Kept in memory for as long as the server runs: a
 * screen that dies and comes back asks by the wall's name and is where the others are. What runs by itself, a director's list or
 * a story, is stepped here, so that no screen has to agree with another; it is held while an alarm waits for somebody, and for a
 * while after a hand was on the wall.
 */
import type {
  JoinWall,
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

interface Wall {
  readonly name: string
  readonly screens: Map<string, WallScreen>
  moves: WallMove[]
  layers: readonly string[] | undefined
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
}

export class Walls {
  private readonly options: WallsOptions
  private readonly walls = new Map<string, Wall>()

  constructor(options: WallsOptions) {
    this.options = options
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
      .map((wall) => ({ name: wall.name, screens: [...wall.screens.values()], show: showOf(wall), nowMs }))
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
        this.stop(wall)
        break
      case 'tell':
        if (this.options.isAlarmUp()) throw new Error('an alarm waits to be acknowledged')
        wall.story = this.begin(wall, 'story', told.language, told.stops, told.stopS)
    }
    this.options.tell(showOf(wall))
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
    if (running.stops.length > 1) this.move(wall, running.stops[running.index])
    return true
  }

  private begin(
    wall: Wall,
    kind: Programme['kind'],
    language: Programme['language'],
    stops: readonly WallStop[],
    dwellS: number,
  ): Programme {
    this.move(wall, stops[0])
    const dwellMs = dwellS * 1000
    const nextMs = this.options.nowMs() + dwellMs
    return { kind, language, stops, dwellMs, index: 0, nextMs, held: undefined, handMs: -Infinity }
  }

  /** The director goes on with the view at which it was. */
  private endStory(wall: Wall): void {
    wall.story = undefined
    const { director } = wall
    if (director === undefined) return
    director.nextMs = this.options.nowMs() + director.dwellMs
    this.move(wall, director.stops[director.index])
  }

  private stop(wall: Wall): void {
    wall.director = undefined
    wall.story = undefined
  }

  private move(wall: Wall, { camera, layers }: Pick<WallStop, 'camera' | 'layers'>): void {
    const move = { to: camera, atMs: this.options.nowMs() + AHEAD_MS, forMs: MOVE_MS }
    wall.moves = [...wall.moves, move].slice(-MOVES_KEPT)
    if (layers !== undefined) wall.layers = layers
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

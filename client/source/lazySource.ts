/** A source whose code is fetched when it is opened: what the map must not wait for. What is said to it before is said to it then. */
import type { FrameSource } from './frameSource.ts'

/** `fetch` gives the source; when it fails the line counts as lost. */
export function lazySource(fetch: () => Promise<FrameSource>): FrameSource {
  let begin: () => void = () => undefined
  let isClosed = false
  let fetched: FrameSource | undefined
  const source = new Promise<void>((resolve) => (begin = resolve)).then(fetch)
  const later = (say: (source: FrameSource) => void) =>
    void source.then((made) => {
      if (!isClosed) say(made)
    }, ignore)
  return {
    open(listener) {
      begin()
      listener.status?.({ state: 'connecting' })
      source.then(
        (made) => {
          fetched = made
          if (!isClosed) made.open(listener)
        },
        () => listener.status?.({ state: 'lost' }),
      )
    },
    watch: (stream) => later((made) => made.watch(stream)),
    unwatch: (stream) => later((made) => made.unwatch(stream)),
    look: (stream, view) => later((made) => made.look?.(stream, view)),
    drawn: (stream, seq) => later((made) => made.drawn(stream, seq)),
    fileRequest: async (request) => (await source).fileRequest(request),
    comment: async (comment) => (await source).comment(comment),
    handleAlarm: async (act) => (await source).handleAlarm(act),
    actAtDesk: async (act) => (await source).actAtDesk(act),
    exercise: async (act) => (await source).exercise(act),
    startScenario: async (scenario) => (await source).startScenario(scenario),
    startEnsemble: async (ensemble) => (await source).startEnsemble(ensemble),
    stopEnsemble: async (id) => (await source).stopEnsemble(id),
    askPreliminary: async (asked) => (await source).askPreliminary(asked),
    ensemblePlaces: async (id) => (await source).ensemblePlaces(id),
    respond: async (message) => (await source).respond(message),
    drill: async (message) => (await source).drill(message),
    playStory: async (story) => (await source).playStory(story),
    stopScenario: async (id) => (await source).stopScenario(id),
    walls: {
      join: (screen, told, reported) => later((made) => made.walls?.join(screen, told, reported)),
      steer: async (told) => (await source).walls?.steer(told) ?? noWalls,
      touch: async (touched) => (await source).walls?.touch(touched) ?? noWalls,
      list: async () => (await source).walls?.list() ?? noWalls,
      hostNowMs: () => fetched?.walls?.hostNowMs(),
    },
    close() {
      source.then((made) => made.close(), ignore)
      isClosed = true
    },
  }
}

const noWalls = { ok: false, error: 'There are no walls where there is no server.' } as const

/** `open` has told of it. */
function ignore(): void {
  // nothing more is known
}
